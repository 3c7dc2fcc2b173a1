"""The page of a stand on the day, worked out: who is there now, who comes next, and who came."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from volunteer.domain.interests import TASKS
from volunteer.domain.languages import LANGUAGES
from volunteer.domain.market_days import STANDING, HelperRole, Rounds, VisitState
from volunteer.models import MarketHelper, Stand
from volunteer.models.base import field_name
from volunteer.queries.timetables import helpers_of
from volunteer.services import stand_guests
from volunteer.services.stand_guests import Guest
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.dates import spoken_day, spoken_hour
from volunteer.web.language import current_language, joined, ngettext
from volunteer.web.language import gettext as _

LATE_CHOICES = (5, 10)
_CONTACT = field_name("market_helpers", "contact_sealed")
_MOST_TASKS = 3


@dataclass(frozen=True, slots=True)
class Mark:
    """One card of a party, and what its host can say about it."""

    visit_id: UUID
    who: str
    state: VisitState
    stand_says: bool | None


@dataclass(frozen=True, slots=True)
class Party:
    """One person, or the people of one group, who come to the stand together."""

    title: str
    facts: tuple[tuple[str, str], ...]
    """Icon and words: languages, what they like, the card, who comes along."""
    marks: tuple[Mark, ...]

    @property
    def planned(self) -> list[Mark]:
        """Of whom nobody said yet whether they came."""
        return [mark for mark in self.marks if mark.state is VisitState.PLANNED]

    @property
    def unanswered(self) -> list[Mark]:
        """Who was met, and of whom the stand did not say whether it wants to go on."""
        return [mark for mark in self.marks if mark.state is VisitState.MET and mark.stand_says is None]

    @property
    def settled(self) -> list[Mark]:
        """Of whom everything was said."""
        return [mark for mark in self.marks if mark not in self.planned and mark not in self.unanswered]


@dataclass(frozen=True, slots=True)
class Row:
    """One round at the stand."""

    number: int
    hour: str
    parties: tuple[Party, ...]
    free: int
    """Seats that nobody has."""


@dataclass(frozen=True, slots=True)
class StandPage:
    """Everything on the page; two that are equal show the same."""

    spot: str
    organisation: str
    line: str
    """Where in the day it is."""
    closes_at: str
    """From when nothing is held here any more, once the next round is closed too; empty otherwise."""
    is_open: bool
    """Whether the day has come: only then something can be said."""
    now: Row | None
    next: Row | None
    later: tuple[Row, ...]
    to_answer: tuple[Party, ...]
    """Met in rounds that are over, and not yet said whether to go on."""
    earlier: tuple[Row, ...]
    late_minutes: int
    late_choices: tuple[int, ...]
    kept_at: str
    helper: str
    phone: str

    @property
    def asks_first(self) -> UUID | None:
        """Of whom to say first whether they came: who is with them now, then who is next."""
        rows = [row for row in (self.now, self.next) if row is not None]
        marks = (party.planned[0].visit_id for row in rows for party in row.parties if party.planned)
        return next(marks, None)


def stand_page(uow: UnitOfWork, stand: Stand, *, centre_phone: str) -> StandPage:
    """The page as it is at this moment; a stand that runs behind is still at the round before."""
    market, rounds = stand.market, stand.market.rounds
    here = uow.now - timedelta(minutes=stand.late_minutes)
    on, ahead = rounds.at(here), rounds.next_after(here)
    rows = _rows(stand, rounds, stand_guests.of_stand(uow, stand))
    earlier = tuple(row for row in rows if row.number < ahead and row.number != on)
    helper, phone = who_walks_about(uow, stand.market_id)
    return StandPage(
        spot=f"{stand.zone.letter}{stand.spot or ''}" if stand.zone else "",
        organisation=stand.organisation.name,
        line=day_line(rounds, here, market.starts_at, over=_over(_met(rows))),
        closes_at=_closes_at(stand, rounds, ahead),
        is_open=uow.now.astimezone(uow.zone).date() >= market.starts_at.astimezone(uow.zone).date(),
        now=rows[on] if on is not None else None,
        next=rows[ahead] if ahead < len(rows) else None,
        later=rows[ahead + 1 :],
        to_answer=tuple(party for row in earlier for party in row.parties if party.unanswered),
        earlier=tuple(row for row in reversed(earlier) if row.parties),
        late_minutes=stand.late_minutes,
        late_choices=LATE_CHOICES,
        kept_at=spoken_hour(uow.now),
        helper=helper,
        phone=phone or centre_phone,
    )


def _rows(stand: Stand, rounds: Rounds, guests: list[Guest]) -> tuple[Row, ...]:
    return tuple(
        Row(
            number=number,
            hour=spoken_hour(rounds.starts(number)),
            parties=tuple(_parties([each for each in guests if each.round == number])),
            free=_free(stand, number, guests),
        )
        for number in range(rounds.count)
    )


def _free(stand: Stand, number: int, guests: list[Guest]) -> int:
    if number in stand.closed_rounds:
        return 0
    taken = sum(
        1 for each in guests if each.state in STANDING and each.round <= number < each.round + each.rounds
    )
    return max(0, stand.seats - taken)


def _closes_at(stand: Stand, rounds: Rounds, ahead: int) -> str:
    first = rounds.count
    while first - 1 in stand.closed_rounds:
        first -= 1
    return spoken_hour(rounds.starts(first)) if first <= ahead and first < rounds.count else ""


def _parties(guests: Iterable[Guest]) -> list[Party]:
    """People of one group stand together; everybody else alone."""
    together: dict[UUID, list[Guest]] = {}
    for guest in guests:
        together.setdefault(guest.group_id or guest.visit_id, []).append(guest)
    return [_party(each) for each in together.values()]


def _party(guests: list[Guest]) -> Party:
    first = guests[0]
    cards = joined(str(guest.card) for guest in guests)
    card = ngettext("Card %(cards)s", "Cards %(cards)s", len(guests), cards=cards)
    is_group = first.group_id is not None
    people = ngettext("%(num)d person", "%(num)d people", len(guests))
    facts = [
        ("users", people if is_group and len(guests) > 1 else ""),
        ("language", _languages(guests)),
        ("heart", _likes(guests)),
        ("messages", _along(first)),
        ("clock", _("Two rounds in a row") if first.rounds > 1 else ""),
        ("qrcode", card),
    ]
    return Party(
        title=_("Group of %(name)s", name=first.group) if is_group else first.name or card,
        facts=tuple((picture, words) for picture, words in facts if words),
        marks=tuple(
            Mark(
                guest.visit_id,
                _("Card %(card)s", card=guest.card) if is_group else guest.name or card,
                guest.state,
                guest.stand_says,
            )
            for guest in guests
        ),
    )


def _languages(guests: list[Guest]) -> str:
    reader = current_language()
    spoken = dict.fromkeys(code for guest in guests for code in guest.languages)
    learned = dict.fromkeys(code for guest in guests for code in guest.learns if code not in spoken)
    known = [LANGUAGES[code].label(reader) for code in spoken if code in LANGUAGES]
    learns = [LANGUAGES[code].label(reader) for code in learned if code in LANGUAGES]
    said = [*known, *(_("learns %(language)s", language=each) for each in learns)]
    words = joined(said)
    return words[:1].upper() + words[1:]


def _likes(guests: list[Guest]) -> str:
    reader = current_language()
    codes = dict.fromkeys(code for guest in guests for code in guest.tasks if code in TASKS)
    names = [TASKS[code].label(reader) for code in list(codes)[:_MOST_TASKS]]
    return _("Likes: %(tasks)s", tasks=joined(names)) if names else ""


def _along(guest: Guest) -> str:
    if not guest.interpreter:
        return ""
    language = LANGUAGES[guest.interpreter].label(current_language())
    if guest.interpreter_name:
        return _(
            "Interpreter %(name)s comes along: %(language)s", name=guest.interpreter_name, language=language
        )
    return _("An interpreter comes along: %(language)s", language=language)


def _met(rows: tuple[Row, ...]) -> int:
    marks = [mark for row in rows for party in row.parties for mark in party.marks]
    return sum(mark.state is VisitState.MET for mark in marks)


def _over(met: int) -> str:
    return ngettext("Over. %(num)d person met you.", "Over. %(num)d people met you.", met)


def day_line(rounds: Rounds, here: datetime, opens: datetime, *, over: str) -> str:
    """Where in the day this moment is, in words; ``over`` once the last round has ended."""
    on, ahead = rounds.at(here), rounds.next_after(here)
    if on is not None:
        left = -(-int((rounds.ends(on) - here).total_seconds()) // 60)
        minutes = ngettext("%(num)d minute left.", "%(num)d minutes left.", left)
        return _("Round %(number)s. %(minutes)s", number=on + 1, minutes=minutes)
    if ahead == rounds.count:
        return over
    begins = spoken_hour(rounds.starts(ahead))
    if here < opens - timedelta(hours=12):
        return _("On %(day)s at %(hour)s.", day=spoken_day(rounds.starts(ahead)), hour=begins)
    return _("Round %(number)s begins at %(hour)s.", number=ahead + 1, hour=begins)


def who_walks_about(uow: UnitOfWork, market_id: UUID) -> tuple[str, str]:
    """First name and number of who walks about to help; both may be empty."""
    found = helpers_of(uow.session, market_id, HelperRole.ORGANISER)
    if not found:
        return "", ""
    return stand_guests.helper_name(uow, found[0]), _number(uow, found[0])


def _number(uow: UnitOfWork, helper: MarketHelper) -> str:
    """A number that can be called; an address of mail is none."""
    contact = uow.keyring.open(helper.contact_sealed, field=_CONTACT) if helper.contact_sealed else ""
    return "" if "@" in contact else contact
