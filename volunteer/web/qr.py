"""QR codes as drawings within the page: nobody else learns of them, and they print sharp at any size."""

from __future__ import annotations

import segno
from markupsafe import Markup

_QUIET_MODULES = 4
"""The white border that ISO/IEC 18004 asks for."""


def qr_code(text: str) -> Markup:
    """A QR code for ``text`` as an SVG element, dark on white in any light; hidden from screen readers.

    Level M: 15 % of a worn card may be unreadable (ISO/IEC 18004).
    """
    code = segno.make(text, error="m", micro=False)
    drawn = code.svg_inline(
        border=_QUIET_MODULES,
        dark="#000",
        light="#fff",
        omitsize=True,
        svgclass="qr",
        lineclass=None,
        draw_transparent=False,
    )
    return Markup(drawn.replace("<svg", '<svg aria-hidden="true" focusable="false"', 1))  # noqa: S704 - drawn here
