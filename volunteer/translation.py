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
    """The catalogue of ``language``; English, the source, has none and says what the code says."""
    if language == SOURCE_LANGUAGE:
        return NullTranslations()
    file = resources.files("volunteer") / "translations" / language / "LC_MESSAGES" / "messages.po"
    catalogue = read_po(io.BytesIO(file.read_bytes()), locale=language)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)


def said(language: str, message: str, values: dict[str, object] | None = None) -> str:
    """``message`` in ``language``, with its values filled in."""
    text = translations(language).gettext(message)
    return text % values if values else text
