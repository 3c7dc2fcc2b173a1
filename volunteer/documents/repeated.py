"""What stands on a document many times: each is worked out once, and moved."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Mapping
from typing import TYPE_CHECKING, Any

from fpdf import FPDF
from fpdf.drawing import GraphicsContext

from volunteer.documents.writing import POINT

if TYPE_CHECKING:
    from fpdf.drawing import Renderable
    from fpdf.drawing_primitives import Point


_BEGIN: Mapping[str, Any] = {"fill_color": "#000000", "draw_color": "#000000", "line_width": 0.2}
"""How everything begins, the first time and again: only what differs from it is written."""


_NAMES = re.compile(r"/([A-Z]+\d+)\b")
_DECIMALS = 4
"""Of the numbers that fpdf writes."""


class Repeated:
    """What was drawn on one document.

    Four hundred route cards say the same few things: words, hours, stands and drawings that repeat took
    most of their time. What was written to the page for one is written again with a shift before it
    (ISO 32000, 8.3.3).
    """

    def __init__(self, pdf: FPDF) -> None:
        self._pdf = pdf
        self._known: dict[Hashable, tuple[float, float, str]] = {}
        self._named: set[tuple[int, str]] = set()
        """What marks on each page name, by its number: fonts, styles."""

    def draw(self, what: Hashable, draw: Callable[[], None], *, x: float, top: float) -> None:
        """Draw it with its corner at these millimetres of the page; ``what`` is all that it depends on."""
        with self._pdf.local_context(**_BEGIN):
            if what not in self._known:
                self._known[what] = (x, top, self._drawn(draw))
                return
            first_x, first_top, stream = self._known[what]
            self.write(stream, across=(x - first_x) / POINT, up=(first_top - top) / POINT)

    def write(self, stream: str, *, across: float = 0.0, up: float = 0.0) -> None:
        """Write marks that count in points from the foot of the page, moved by so many."""
        contents, page = self._pdf.pages[self._pdf.page].contents, self._pdf.page
        named = {(page, name) for name in _NAMES.findall(stream)}
        if named <= self._named and isinstance(contents, bytearray):
            contents.extend(f"q 1 0 0 1 {across:.4f} {up:.4f} cm {stream} Q\n".encode("latin-1"))
            return
        # The page does not know yet which fonts and styles these need: it learns them from a drawing.
        self._named |= named
        with self._pdf.drawing_context() as context:
            context.add_item(_Moved(stream, across, up, self._pdf), clone=False)

    def _drawn(self, draw: Callable[[], None]) -> str:
        # Letters that come first have to name their font, whatever was written before them.
        self._pdf.current_font_is_set_on_page = False
        before = len(self._written())
        draw()
        return self._written()[before:].decode("latin-1")

    def _written(self) -> bytes:
        contents = self._pdf.pages[self._pdf.page].contents
        return bytes(contents) if isinstance(contents, bytearray) else b""


class _Moved(GraphicsContext):
    """Marks that were made already, as a drawing."""

    def __init__(self, stream: str, across: float, up: float, pdf: FPDF) -> None:
        super().__init__()
        # A drawing counts from the top, in millimetres of so many points, as many as are written to the page:
        # this turns it back to points from the foot.
        unit, head = round(pdf.k, _DECIMALS), round(pdf.h * pdf.k, _DECIMALS)
        part = f"{1 / unit:.8f}"
        self._marks = f"q {part} 0 0 -{part} {across / unit:.6f} {(head - up) / unit:.6f} cm {stream} Q"

    def render(self, *given: Any, **_how: Any) -> tuple[str, Renderable, Point]:
        """The marks as they are, and where the pen is: where it was."""
        _catalogue, _style, last_item, initial_point = given
        return self._marks, last_item, initial_point
