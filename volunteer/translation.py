"""The one gettext loader: pages, messages, explanations and errors all speak through it.

Catalogues are read from their ``.po`` source, so there is no compiled file to forget.
"""

from __future__ import annotations

import io
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from importlib import resources

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

SOURCE_LANGUAGE = "en"


@lru_cache(maxsize=16)
def translations(language: str) -> NullTranslations:
    """The catalogue of ``language``; where there is none (yet), what the code says: English.

    Somebody may ask for a language before our pages speak it; they are told all the same.
    """
    file = resources.files("volunteer") / "translations" / language / "LC_MESSAGES" / "messages.po"
    if not file.is_file():
        return NullTranslations()
    catalogue = read_po(io.BytesIO(file.read_bytes()), locale=language)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)


def said(language: str, message: str, values: dict[str, object] | None = None) -> str:
    """``message`` in ``language``, with its values filled in."""
    text = translations(language).gettext(message)
    return text % values if values else text
