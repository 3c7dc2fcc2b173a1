"""Route cards of a market: one for each who comes, of the size of a postcard, to keep in a hand.

A card says when, where, whom and what, in the person's language with the Dutch beside what helpers read.
What somebody needs stands on none of them. The same drawing makes one card a page, or four on a desk's paper.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from volunteer.config import Centre
from volunteer.documents import pictures
from volunteer.documents.drawn import name_on_paper
from volunteer.documents.route_facts import CardSize, CardStop, RouteCard, RouteCards
from volunteer.documents.sheet import INK, IRIS, LINE_FIRM, SOFT, PaperSize, Sheet
from volunteer.documents.typed import on_one_line, shortened
from volunteer.documents.writing import POINT, Paragraph
from volunteer.translation import is_right_to_left, isolated, listed, translations

WIDE, HIGH = 105.0, 148.0
"""A6 (ISO 216), in millimetres."""
_MARGIN = 6.0
_INNER = WIDE - 2 * _MARGIN
_TIME, _MARK, _GAP, _PLATE, _CODE = 17.5, 13.4, 2.6, 10.0, 23.0
_ROW, _PAUSE = 18.7, 11.0
_HEAD = 18.6
_FOOT = HIGH - 2 * _MARGIN - _CODE - 3.0
"""Where the foot begins, below the top of a card."""
_TRACK = "#C6BEEC"
_HARD_SPACE = "\u00a0"
_LONG_NAME, _LONG_WORDS = 70, 64


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
        title=_title(first, first.tongues.theirs),
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

    def _head(self) -> None:
        card, theirs = self.card, self._theirs
        self._again(("head", card.tongues, card.title, card.day, bool(card.stops)), self._titles)
        _ = translations(theirs).gettext
        name = name_on_paper(on_one_line(card.first_name))
        whose = listed([*filter(None, [name]), _("card")], theirs)
        self._say([Paragraph(whose, theirs, 9, colour=SOFT)], _INNER - 40, 40, 0.8, at_end=True)
        number = Paragraph(str(card.number), "en", 34 if card.number < 10_000 else 26, bold=True, colour=IRIS)
        self._say([number], _INNER - 40, 40, 3.6, at_end=True)

    def _titles(self) -> None:
        card, theirs, ours = self.card, self._theirs, self.card.tongues.ours
        wide = _INNER - 27
        title = shortened(on_one_line(card.title), most=_LONG_NAME)
        for size, small in ((21, 9), (19, 8), (16, 8), (12, 8)):
            both, of_market, day = (
                Paragraph(each, theirs, small, colour=SOFT)
                for each in (listed([title, card.day], theirs), title, card.day)
            )
            is_one_line = self._high([both], wide) == self._high([day], wide)
            said = [
                Paragraph(_title(card, theirs), theirs, size, bold=True, colour=IRIS),
                *([both] if is_one_line else [of_market, day]),
            ]
            if card.tongues.are_two:
                said.append(Paragraph(_title(card, ours), ours, small, colour=SOFT))
            if self._high(said, wide) <= _HEAD:
                break
        self._say(said, 0, wide, (_HEAD - self._high(said, wide)) / 2)
        self.sheet.top = self.top + 19.4
        self.sheet.rule(colour=IRIS, thickness=0.8, start=self.start, width=_INNER)

    def _route(self) -> None:
        stops, room = self.card.stops, _FOOT - 24.0
        whole = sum(_ROW if each.shape else _PAUSE for each in stops)
        shrink = min(1.0, room / whole)
        down = 22.6
        places = []
        for each in stops:
            high = (_ROW if each.shape else _PAUSE) * shrink
            places.append((each, down + high / 2, high))
            down += high
        if len(places) > 1:
            self._track(places[0][1], places[-1][1])
        for each, middle, high in places:
            self._again(("hour", each.hour), partial(self._hour, each.hour, middle), middle)
            draw = partial(self._meeting if each.shape else self._pause, each, middle, high)
            self._again(("stop", replace(each, hour=""), high, self._theirs), draw, middle)

    def _track(self, first: float, last: float) -> None:
        middle = _TIME + _GAP + _MARK / 2
        self.sheet.top = self.top + first
        self.sheet.panel(last - first, start=self.start + middle - 0.65, width=1.3, colour=_TRACK)

    def _meeting(self, stop: CardStop, middle: float, high: float) -> None:
        mark = min(_MARK, high - 1.6)
        self._mark(stop.spot, stop.shape, mark, _TIME + _GAP + (_MARK - mark) / 2, middle)
        plate = min(_PLATE, mark)
        start = _TIME + 2 * _GAP + _MARK
        wide = _INNER - start - (plate + _GAP if stop.picture else 0)
        for size, small in ((12.5, 9.5), (11.5, 9), (10.5, 8.5), (9.5, 8), (8.5, 7)):
            said = self._about(stop, size, small)
            if self._high(said, wide) <= high - 1.2:
                break
        self._in_the_middle(said, start, wide, middle)
        if stop.picture:
            self.sheet.plate(
                stop.picture,
                start=self.start + _INNER - plate,
                side=plate,
                tone=pictures.tone_of(stop.picture),
                top=self.top + middle - plate / 2,
            )

    def _about(self, stop: CardStop, size: float, small: float) -> list[Paragraph]:
        theirs = self._theirs
        name = shortened(on_one_line(stop.name), most=_LONG_NAME)
        found = [Paragraph(name, theirs, size, bold=True, colour=INK)]
        if stop.what:
            what = shortened(on_one_line(stop.what), most=_LONG_WORDS)
            found.append(Paragraph(what, theirs, small, colour=SOFT))
        if stop.with_interpreter:
            with_you = translations(theirs).gettext("An interpreter comes along")
            found.append(Paragraph(with_you, theirs, small, bold=True, colour=IRIS))
        return found

    def _pause(self, stop: CardStop, middle: float, _high: float) -> None:
        at = self.start + _TIME + _GAP + _MARK / 2
        for side, colour in ((4.6, _TRACK), (2.4, "#FFFFFF")):
            drawn = pictures.dot(side * self.sheet.scale / POINT, colour)
            self.sheet.drawing(drawn, start=at - side / 2, width=side, top=self.top + middle - side / 2)
        start = _TIME + 2 * _GAP + _MARK
        said = [Paragraph(stop.name, self._theirs, 11, bold=True, colour=SOFT)]
        self._in_the_middle(said, start, _INNER - start, middle)

    def _hour(self, hour: str, middle: float) -> None:
        said = [Paragraph(hour, "en", 12.5, bold=True, colour=IRIS)]
        self._in_the_middle(said, 0, _TIME, middle, at_end=True)

    def _mark(self, words: str, shape: str, side: float, start: float, middle: float) -> None:
        drawn = pictures.zone_mark(shape, side * self.sheet.scale / POINT)
        top = middle - side / 2
        self.sheet.drawing(drawn, start=self.start + start, width=side, top=self.top + top)
        narrow = shape == "triangle"
        size = (0.9 if narrow else 1.25) * side * (0.8 if len(words) > 2 else 1)
        said = [Paragraph(words, "en", size, bold=True, colour="#FFFFFF")]
        centre = middle + (side * 0.17 if narrow else 0)
        self._in_the_middle(said, start - 4, side + 8, centre, is_centred=True)

    def _in_the_middle(
        self, said: Sequence[Paragraph], start: float, width: float, middle: float, **how: bool
    ) -> None:
        self._say(said, start, width, middle - self._high(said, width) / 2, **how)

    def _zones(self) -> None:
        theirs, ours = self._theirs, self.card.tongues.ours
        said = [Paragraph(_walking(self.card, theirs), theirs, 11)]
        if self.card.tongues.are_two:
            said.append(Paragraph(_walking(self.card, ours), ours, 8.5, colour=SOFT, gap=1))
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
            name = [
                Paragraph(shortened(on_one_line(zone.name), most=40), theirs, 11.5, bold=True, colour=INK)
            ]
            self._in_the_middle(name, start + side + _GAP, _INNER / 2 - side - 2 * _GAP, middle)

    def _foot(self) -> None:
        theirs, ours = self._theirs, self.card.tongues.ours
        self.sheet.top = self.top + _FOOT
        self.sheet.rule(colour=LINE_FIRM, start=self.start, width=_INNER)
        said = [Paragraph(_show(theirs), theirs, 11, bold=True, colour=IRIS)]
        if self.card.tongues.are_two:
            said.append(Paragraph(_show(ours), ours, 9, colour=SOFT))
        said.append(Paragraph(_question(self.printed.centre, theirs), theirs, 9.5, gap=3))
        wide = _INNER - _CODE - 4
        self._in_the_middle(said, _CODE + 4, wide, _FOOT + 3 + _CODE / 2)


def _title(card: RouteCard, language: str) -> str:
    _ = translations(language).gettext
    return _("Your route") if card.stops else _("Your card for the market")


def _walking(card: RouteCard, language: str) -> str:
    _ = translations(language).gettext
    if card.walks_about:
        return _("You walk about as you like. Every stand is happy to meet you.")
    return _("You can ask for a route at the entrance. You can walk about as well.")


def _show(language: str) -> str:
    return translations(language).gettext("Show this code at the entrance.")


def _question(centre: Centre, language: str) -> str:
    names = translations(language).gettext("A question? Ask %(names)s: %(phone)s")
    return names % isolated(
        {"names": " & ".join(centre.people), "phone": centre.phone.replace(" ", _HARD_SPACE)}, language
    )
