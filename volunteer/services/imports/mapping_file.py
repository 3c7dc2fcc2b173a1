"""Reading a mapping from its TOML file, saying everything that is wrong in it at once."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from typing import Any

from volunteer.services.imports.mapping import LIST_SEPARATOR, DerivedId, FileMapping, ValueTable
from volunteer.services.imports.report import ImportImpossible

_PARTS = (
    "delimiter",
    "encoding",
    "ignore",
    "columns",
    "constants",
    "defaults",
    "derive",
    "split",
    "values",
)
_SOURCES = ("columns", "constants", "values", "derive")
"""Parts that say where a column comes from; each column is named in one of them."""


def read(content: bytes, *, own_columns: frozenset[str]) -> FileMapping:
    """Understand a mapping for a file with these columns of ours. Raises :class:`ImportImpossible`."""
    try:
        entries = tomllib.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ImportImpossible("The mapping is not TOML: %(error)s.", values={"error": error}) from None
    reading = _Reading(entries, own_columns)
    mapping = reading.mapping()
    if reading.wrong:
        raise ImportImpossible(
            "The mapping cannot be used:\n%(wrong)s",
            values={"wrong": "\n".join(f"  {each}" for each in reading.wrong)},
        )
    return mapping


class _Reading:
    """Reads part after part, and collects what is wrong in ``wrong``."""

    def __init__(self, entries: Mapping[str, Any], own_columns: frozenset[str]) -> None:
        self._entries = entries
        self._own_columns = own_columns
        self.wrong: list[str] = []

    def mapping(self) -> FileMapping:
        for part in self._entries.keys() - set(_PARTS):
            self.wrong.append(f"“{part}” is not a part of a mapping; those are {', '.join(_PARTS)}")
        read = FileMapping(
            columns=self._texts("columns"),
            constants=self._lists_or_texts("constants"),
            defaults=self._lists_or_texts("defaults"),
            separators=self._texts("split"),
            values=self._values(),
            derived_id=self._derived_id(),
            ignored=frozenset(self._names("ignore", self._entries.get("ignore", []))),
            encoding=self._text("encoding"),
            delimiter=self._delimiter(),
        )
        self._check_sources()
        return read

    def _check_sources(self) -> None:
        for part in (*_SOURCES, "defaults", "split"):
            for own in self._table(part):
                if own not in self._own_columns:
                    self.wrong.append(f"[{part}] {own}: not one of our columns")
        for own in sorted(self._own_columns):
            sources = [part for part in _SOURCES if own in self._table(part)]
            if len(sources) > 1:
                self.wrong.append(f"{own} comes from more than one part: {', '.join(sources)}")

    def _table(self, part: str) -> Mapping[str, Any]:
        table = self._entries.get(part, {})
        if isinstance(table, dict):
            return table
        message = f"[{part}] must be a table"
        if message not in self.wrong:
            self.wrong.append(message)
        return {}

    def _text(self, key: str) -> str | None:
        text = self._entries.get(key)
        if text is None or (isinstance(text, str) and text):
            return text
        self.wrong.append(f"{key} must be a text")
        return None

    def _delimiter(self) -> str | None:
        delimiter = self._text("delimiter")
        if delimiter is not None and (len(delimiter) != 1 or delimiter in '"\r\n'):
            self.wrong.append("delimiter must be one character, such as “;”")
            return None
        return delimiter

    def _texts(self, part: str) -> dict[str, str]:
        texts: dict[str, str] = {}
        for own, text in self._table(part).items():
            if isinstance(text, str) and text:
                texts[own] = text
            else:
                self.wrong.append(f"[{part}] {own}: must be a text")
        return texts

    def _lists_or_texts(self, part: str) -> dict[str, str]:
        return {own: self._joined(f"[{part}] {own}", value) for own, value in self._table(part).items()}

    def _names(self, where: str, value: Any) -> tuple[str, ...]:
        if isinstance(value, list) and all(isinstance(name, str) and name for name in value):
            return tuple(value)
        self.wrong.append(f"{where}: must be a list of column names")
        return ()

    def _joined(self, where: str, value: Any) -> str:
        """Our own way of writing a list, or a text as it is; numbers are written out."""
        pieces = value if isinstance(value, list) else [value]
        if any(isinstance(piece, bool) or not isinstance(piece, str | int | float) for piece in pieces):
            self.wrong.append(f"{where}: must be a text or a list of texts")
            return ""
        return LIST_SEPARATOR.join(str(piece) for piece in pieces)

    def _derived_id(self) -> DerivedId | None:
        derive = self._table("derive")
        if "external_id" not in derive:
            self.wrong.extend(f"[derive] {own}: only external_id can be derived" for own in derive)
            return None
        recipe = derive["external_id"]
        if not isinstance(recipe, dict) or recipe.keys() - {"from", "prefix"}:
            self.wrong.append('[derive] external_id: write { from = ["column"], prefix = "text" }')
            return None
        columns = self._names("[derive] external_id, from", recipe.get("from"))
        prefix = recipe.get("prefix", "")
        if not isinstance(prefix, str):
            self.wrong.append("[derive] external_id, prefix: must be a text")
            prefix = ""
        return DerivedId(columns, prefix)

    def _values(self) -> dict[str, ValueTable]:
        tables = {own: self._value_table(own, entry) for own, entry in self._table("values").items()}
        return {own: table for own, table in tables.items() if table is not None}

    def _value_table(self, own: str, entry: Any) -> ValueTable | None:
        where = f"[values.{own}]"
        if not isinstance(entry, dict) or entry.keys() - {"column", "default", "table"}:
            self.wrong.append(f"{where}: has column, table and perhaps default, and nothing else")
            return None
        column, table = entry.get("column"), entry.get("table")
        if not isinstance(column, str) or not isinstance(table, dict):
            self.wrong.append(f"{where}: needs a column (a text) and a table")
            return None
        words = {
            value.strip().casefold(): self._joined(f"{where} {value}", own_words)
            for value, own_words in table.items()
        }
        default = entry.get("default")
        return ValueTable(
            column, words, None if default is None else self._joined(f"{where} default", default)
        )
