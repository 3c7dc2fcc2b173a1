"""Codes in pictures that a camera took: read here, and kept nowhere."""

from __future__ import annotations

from io import BytesIO

import zxingcpp
from PIL import Image, ImageOps, UnidentifiedImageError

from volunteer.domain.errors import InvalidValue

_MOST_PIXELS = 64_000_000
_LONGEST_SIDE = 1600
"""Enough for a code that fills a tenth of the picture."""
_CODES = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
_KINDS = ("JPEG", "PNG", "WEBP")


def code_in(picture: bytes) -> str | None:
    """What the QR code in a picture says; ``None`` where there is none, or more than one says something else.

    Raises :class:`InvalidValue` for what is no picture, or one that is too large to be opened.
    """
    try:
        with Image.open(BytesIO(picture), formats=_KINDS) as opened:
            if opened.width * opened.height > _MOST_PIXELS:
                raise InvalidValue("This picture is too large. Take another one.", field="picture")
            opened.draft("L", (_LONGEST_SIDE, _LONGEST_SIDE))
            grey = ImageOps.grayscale(opened)
            grey.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise InvalidValue("This is not a picture that we can read.", field="picture") from None
    said = {each.text for each in zxingcpp.read_barcodes(grey, formats=_CODES)}
    return said.pop() if len(said) == 1 else None
