"""Route cards of a market: one for each who comes, of the size of a postcard, to keep in a hand.

A card says when, where, whom and what, in the person's language with the Dutch beside what helpers read.
What somebody needs stands on none of them. The same drawing makes one card a page, or four on a desk's paper.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from volunteer.documents import pictures
from volunteer.documents import route_words as words
from volunteer.documents.route_facts import CardSize, CardStop, RouteCard, RouteCards
from volunteer.documents.sheet import INK, IRIS, LINE_FIRM, SOFT, PaperSize, Sheet
from volunteer.documents.writing import POINT, Paragraph
from volunteer.translation import is_right_to_left, listed, translations

WIDE, HIGH = 105.0, 148.0
"""A6 (ISO 216), in millimetres."""
_MARGIN = 6.0
_INNER = WIDE - 2 * _MARGIN
_TIME, _MARK, _GAP, _PLATE, _CODE = 17.5, 13.4, 2.6, 10.0, 23.0
_ROW, _PAUSE = 18.7, 11.0
_LOOSE = 1.15
"""How much higher rows are where there is room."""
_HEAD = 18.6
_FOOT = HIGH - 2 * _MARGIN - _CODE - 3.0
"""Where the foot begins, below the top of a card."""
_TRACK = "#C6BEEC"
_LONG_NAME, _LONG_WORDS = 70, 64
_NUMBER = 27.0


_PAPER: Mapping[CardSize, PaperSize | tuple[float, float]] = {
    CardSize.A6: (WIDE, HIGH),
    CardSize.A5: PaperSize.A5,
    CardSize.A4: PaperSize.A4,
}


def route_cards_pdf(printed: RouteCards, size: CardSize, *, compress: bool = True) -> bytes:
    """The cards as one PDF, in the order in which they are given. Raises :class:`ValueError` without any."""
    if not printed.cards:
        raise ValueError("there is nothing to print")
    sheet = _sheet(printed, size, compress=compress)
    for place, card in enumerate(printed.cards):
        theirs = card.tongues.theirs
        across, down = (place % 2, place // 2 % 2) if size is CardSize.A4 else (0, 0)
        if place and (size is not CardSize.A4 or place % 4 == 0):
            sheet.begin_another(theirs, scale=sheet.scale)
        if size is CardSize.A4 and place % 4 == 0:
            _lines_to_cut(sheet)
        sheet.turn(theirs)
        # From right to left the sheet counts from its other side.
        column = 1 - across if size is CardSize.A4 and is_right_to_left(theirs) else across
        _Drawn(sheet, printed, card, column * WIDE, _MARGIN + down * HIGH).draw()
    return sheet.finished()


def _sheet(printed: RouteCards, size: CardSize, *, compress: bool) -> Sheet:
    first = printed.cards[0]
    return Sheet(
        _PAPER[size],
        first.tongues.theirs,
        title=words.title(first, first.tongues.theirs),
        made_at=printed.made_at,
        scale=148.0 / WIDE if size is CardSize.A5 else 1.0,
        margin=_MARGIN,
        compress=compress,
    )


def _lines_to_cut(sheet: Sheet) -> None:
    """One down and one across: of each frame, the other three sides are beside the paper."""
    beside = 5.0
    sheet.frame(start=WIDE - _MARGIN, width=WIDE + beside, top=-beside, height=2 * HIGH + 2 * beside)
    sheet.frame(start=-_MARGIN - beside, width=2 * (WIDE + beside), top=HIGH, height=HIGH + beside)


@dataclass(frozen=True, slots=True)
class _Drawn:
    """One card in the making; ``start`` and ``top`` are where its inside begins."""

    sheet: Sheet
    printed: RouteCards
    card: RouteCard
    start: float
    top: float

    @property
    def _theirs(self) -> str:
        return self.card.tongues.theirs

    def draw(self) -> None:
        """Head, line of stops, foot."""
        tongues = self.card.tongues
        self._head()
        if self.card.stops:
            self._route()
        else:
            self._again(("zones", tongues, self.card.walks_about), self._zones)
        self._again(("foot", tongues), self._foot)
        self.sheet.code(self.card.link, start=self.start, side=_CODE, top=self.top + _FOOT + 3)

    def _again(self, what: Hashable, draw: Callable[[], None], down: float = 0.0) -> None:
        """Most of what stands on a card stands on others: the sheet remembers it."""
        self.sheet.again(what, draw, start=self.start, top=self.top + down)

    def _say(self, said: Sequence[Paragraph], start: float, width: float, top: float, **how: bool) -> None:
        self.sheet.write(
            said, start=self.start + start, width=width, top=self.top + top, language=self._theirs, **how
        )

    def _high(self, said: Sequence[Paragraph], width: float) -> float:
        return self.sheet.height(said, width)

    def _fitting(self, tries: Iterable[list[Paragraph]], width: float, high: float) -> list[Paragraph]:
        """The first that is not higher, or else the last."""
        said: list[Paragraph] = []
        for said in tries:
            if self._high(said, width) <= high:
                break
        return said

    def _head(self) -> None:
        card, theirs = self.card, self._theirs
        self._again(("head", card.tongues, card.title, card.day, bool(card.stops)), self._titles)
        self._again(("whose", card.first_name, theirs), self._whose)
        size = next(size for end, size in ((1_000, 34), (10_000, 28), (10**9, 22)) if card.number < end)
        number = [Paragraph(str(card.number), "en", size, bold=True, colour=IRIS)]
        self._in_the_middle(number, _INNER - _NUMBER, _NUMBER, 11.4, at_end=True)

    def _whose(self) -> None:
        line = [Paragraph("x", self._theirs, 9)]
        tries = (
            [Paragraph(each, self._theirs, 9, colour=SOFT)] for each in words.whose(self.card, self._theirs)
        )
        said = self._fitting(tries, _NUMBER, self._high(line, _NUMBER))
        self._say(said, _INNER - _NUMBER, _NUMBER, 0.8, at_end=True)

    def _titles(self) -> None:
        card, theirs, ours = self.card, self._theirs, self.card.tongues.ours
        wide = _INNER - _NUMBER - 1
        of_market = words.typed(card.title, theirs, most=_LONG_NAME)
        together = listed([of_market, card.day], theirs)

        def tries() -> Iterator[list[Paragraph]]:
            for size, small in ((21, 9), (19, 8), (16, 8), (12, 8), (12, 7)):
                day = Paragraph(card.day, theirs, small, colour=SOFT)
                both = replace(day, text=together)
                is_one_line = self._high([both], wide) == self._high([day], wide)
                yield [
                    Paragraph(words.title(card, theirs), theirs, size, bold=True, colour=IRIS),
                    *([both] if is_one_line else [replace(day, text=of_market), day]),
                    *([Paragraph(words.title(card, ours), ours, small, colour=SOFT)] * card.tongues.are_two),
                ]

        said = self._fitting(tries(), wide, _HEAD)
        self._say(said, 0, wide, (_HEAD - self._high(said, wide)) / 2)
        self.sheet.top = self.top + 19.4
        self.sheet.rule(colour=IRIS, thickness=0.8, start=self.start, width=_INNER)

    def _route(self) -> None:
        stops, room = self.card.stops, _FOOT - 24.0
        whole = sum(_PAUSE if each.is_break else _ROW for each in stops)
        stretch = min(_LOOSE, room / whole)
        down = 22.6
        places = []
        for each in stops:
            high = (_PAUSE if each.is_break else _ROW) * stretch
            places.append((each, down + high / 2, high))
            down += high
        if len(places) > 1:
            self._track(places[0][1], places[-1][1])
        for each, middle, high in places:
            self._again(("hour", each.hour), partial(self._hour, each.hour, middle), middle)
            draw = partial(self._pause if each.is_break else self._meeting, each, middle, high)
            self._again(("stop", replace(each, hour=""), high, self._theirs), draw, middle)

    def _track(self, first: float, last: float) -> None:
        middle = _TIME + _GAP + _MARK / 2
        self.sheet.top = self.top + first
        self.sheet.panel(last - first, start=self.start + middle - 0.65, width=1.3, colour=_TRACK)

    def _meeting(self, stop: CardStop, middle: float, high: float) -> None:
        mark = min(_MARK, high - 1.6)
        if stop.spot:
            self._mark(stop.spot, stop.shape, mark, _TIME + _GAP + (_MARK - mark) / 2, middle)
        else:  # A mark, even an empty one, would send them to a zone.
            self._dot(middle)
        plate = min(_PLATE, mark)
        start = _TIME + 2 * _GAP + _MARK
        wide = _INNER - start - (plate + _GAP if stop.picture else 0)
        said = self._fitting(self._about(stop), wide, high - 1.2)
        self._in_the_middle(said, start, wide, middle)
        if stop.picture:
            self.sheet.plate(
                stop.picture,
                start=self.start + _INNER - plate,
                side=plate,
                tone=pictures.tone_of(stop.picture),
                top=self.top + middle - plate / 2,
            )

    def _about(self, stop: CardStop) -> Iterator[list[Paragraph]]:
        """Who and what, smaller and smaller; then without what, since the drawing says that too."""
        theirs = self._theirs
        name = words.typed(stop.name, theirs, most=_LONG_NAME)
        what = words.typed(stop.what, theirs, most=_LONG_WORDS) if stop.spot else words.no_place(theirs)
        with_you = translations(theirs).gettext("An interpreter comes along") * stop.with_interpreter
        sizes = ((12.5, 9.5), (11.5, 9), (10.5, 8.5), (9.5, 8), (8.5, 7))
        for said in dict.fromkeys((what, "" if stop.spot else what)):
            for size, small in sizes:
                found = [
                    Paragraph(name, theirs, size, bold=True, colour=INK),
                    Paragraph(said, theirs, small, colour=SOFT),
                    Paragraph(with_you, theirs, small, bold=True, colour=IRIS),
                ]
                yield [each for each in found if each.text]
        for shorter in words.cut_short(name, theirs):
            last = [replace(found[0], text=shorter), found[2]]
            yield [each for each in last if each.text]

    def _pause(self, stop: CardStop, middle: float, _high: float) -> None:
        self._dot(middle)
        start = _TIME + 2 * _GAP + _MARK
        said = [Paragraph(stop.name, self._theirs, 11, bold=True, colour=SOFT)]
        self._in_the_middle(said, start, _INNER - start, middle)

    def _dot(self, middle: float) -> None:
        at = self.start + _TIME + _GAP + _MARK / 2
        for side, colour in ((4.6, _TRACK), (2.4, "#FFFFFF")):
            drawn = pictures.dot(side * self.sheet.scale / POINT, colour)
            self.sheet.drawing(drawn, start=at - side / 2, width=side, top=self.top + middle - side / 2)

    def _hour(self, hour: str, middle: float) -> None:
        said = [Paragraph(hour, "en", 12.5, bold=True, colour=IRIS)]
        self._in_the_middle(said, 0, _TIME, middle, at_end=True)

    def _mark(self, letters: str, shape: str, side: float, start: float, middle: float) -> None:
        drawn = pictures.zone_mark(shape, side * self.sheet.scale / POINT)
        top = middle - side / 2
        self.sheet.drawing(drawn, start=self.start + start, width=side, top=self.top + top)
        narrow = shape == "triangle"
        size = (0.9 if narrow else 1.25) * side * (0.8 if len(letters) > 2 else 1)
        said = [Paragraph(letters, "en", size, bold=True, colour="#FFFFFF")]
        centre = middle + (side * 0.17 if narrow else 0)
        self._in_the_middle(said, start - 4, side + 8, centre, is_centred=True)

    def _in_the_middle(
        self, said: Sequence[Paragraph], start: float, width: float, middle: float, **how: bool
    ) -> None:
        self._say(said, start, width, middle - self._high(said, width) / 2, **how)

    def _zones(self) -> None:
        theirs, ours = self._theirs, self.card.tongues.ours
        said = [Paragraph(words.walking(self.card, theirs), theirs, 11)]
        if self.card.tongues.are_two:
            said.append(Paragraph(words.walking(self.card, ours), ours, 8.5, colour=SOFT, gap=1))
        self._say(said, 0, _INNER, 23)
        begin = 26 + self._high(said, _INNER)
        zones = self.printed.zones[theirs]
        lines = max(1, -(-len(zones) // 2))
        high = min(17.0, (_FOOT - 2 - begin) / lines)
        for place, zone in enumerate(zones):
            middle = begin + (place // 2 + 0.5) * high
            start = (place % 2) * _INNER / 2
            side = min(_MARK, high - 1.5)
            self._mark(zone.letter, zone.shape, side, start, middle)
            wide = _INNER / 2 - side - 2 * _GAP
            called = words.typed(zone.name, theirs, most=40)
            sizes = (Paragraph(called, theirs, size, bold=True, colour=INK) for size in (11.5, 10, 9, 8, 7))
            name = self._fitting(([each] for each in sizes), wide, high - 1)
            self._in_the_middle(name, start + side + _GAP, wide, middle)

    def _foot(self) -> None:
        theirs, ours = self._theirs, self.card.tongues.ours
        self.sheet.top = self.top + _FOOT
        self.sheet.rule(colour=LINE_FIRM, start=self.start, width=_INNER)
        said = [Paragraph(words.show(theirs), theirs, 11, bold=True, colour=IRIS)]
        if self.card.tongues.are_two:
            said.append(Paragraph(words.show(ours), ours, 9, colour=SOFT))
        said.append(Paragraph(words.question(self.printed.centre, theirs), theirs, 9.5, gap=3))
        wide = _INNER - _CODE - 4
        self._in_the_middle(said, _CODE + 4, wide, _FOOT + 3 + _CODE / 2)
