"""Drawings that stand on a document many times: each is worked out once, and moved."""

from __future__ import annotations

from fpdf import FPDF
from fpdf.svg import SVGObject

from volunteer.documents.writing import POINT


class Drawings:
    """The drawings of one document.

    Four hundred cards of five drawings each took most of their time in paths that were the same. What was
    written for one is written again with a shift before it (ISO 32000, 8.3.3); our version of fpdf has no
    way of its own to do so.
    """

    def __init__(self, pdf: FPDF) -> None:
        self._pdf = pdf
        self._known: dict[SVGObject, tuple[float, float, str]] = {}

    def draw(self, drawn: SVGObject, x: float, top: float) -> None:
        """Draw it with its corner at these millimetres of the page."""
        pdf = self._pdf
        if drawn not in self._known:
            before = len(self._written())
            drawn.draw_to_page(pdf, x, top)
            self._known[drawn] = (x, top, self._written()[before:].decode("latin-1"))
            return
        first_x, first_top, stream = self._known[drawn]
        across, up = (x - first_x) / POINT, (first_top - top) / POINT
        with pdf.local_context():
            pdf._out(f"1 0 0 1 {across:.4f} {up:.4f} cm {stream}")  # noqa: SLF001 - see above
            pdf._resource_catalog.index_stream_resources(stream, pdf.page)  # noqa: SLF001 - see above

    def _written(self) -> bytes:
        contents = self._pdf.pages[self._pdf.page].contents
        return bytes(contents) if isinstance(contents, bytearray) else b""
