"""Everyone who signed up for a gathering, as the desk reads it: a name, how many, and where they stand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from flask import redirect, session, url_for
from werkzeug.wrappers import Response

from volunteer.domain.gathering_seats import SeatState
from volunteer.domain.gatherings import PartyKind
from volunteer.domain.interests import TASKS
from volunteer.links import Purpose
from volunteer.models import GatheringParty
from volunteer.queries import gatherings as queries
from volunteer.services import contacts, gathering_links, gathering_sign_ups
from volunteer.unit_of_work import UnitOfWork
from volunteer.web import kiosk
from volunteer.web.dates import spoken_ago
from volunteer.web.extensions import current_core
from volunteer.web.gathering_lists import Listed, listed
from volunteer.web.gathering_words import (
    group_words,
    is_several,
    moment_said,
    party_kind_names,
    people,
    seat_state,
    seat_state_at_desk,
)
from volunteer.web.language import current_language
from volunteer.web.language import gettext as _
from volunteer.web.own_introductions import State


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyRow:
    """One sign-up."""

    id: UUID
    number: int
    name: str
    about: str
    """Who they are, how many, and their languages."""
    tasks: list[str]
    """What they ask or offer on a company day, by name."""
    contact: str
    """Of a visitor; whoever has a file or an account is reached through that."""
    candidate_id: UUID | None
    size: int
    attended: int | None
    state: State
    state_code: SeatState
    until: str
    """Until when an offered seat is kept, in words."""
    age: str


def party_row(uow: UnitOfWork, party: GatheringParty) -> PartyRow:
    """What the desk sees of it."""
    kind = PartyKind(party.kind)
    return PartyRow(
        id=party.id,
        number=party.number,
        name=name_at_desk(uow, party),
        about=_about(kind, party),
        tasks=[task.label(current_language()) for code, task in TASKS.items() if code in party.expertise],
        contact=contacts.spoken_phone(gathering_sign_ups.contact_of(uow, party) or ""),
        candidate_id=party.candidate_id,
        size=party.size,
        attended=party.attended,
        state=seat_state_at_desk(party),
        state_code=SeatState(party.state),
        until=moment_said(party.offered_until) if party.offered_until else "",
        age=spoken_ago(party.signed_up_at, uow.now),
    )


def own_row(uow: UnitOfWork, party: GatheringParty) -> PartyRow:
    """The same, with how it stands in words to whoever signed up."""
    return replace(party_row(uow, party), state=seat_state(party))


def own_gatherings(uow: UnitOfWork, candidate_id: UUID) -> list[tuple[Listed, State]]:
    """What this person signed up for and is not over, with how their seat stands."""
    theirs = queries.of_candidate(uow.session, candidate_id, since=uow.now)
    found = listed(uow, [each.gathering for each in theirs])
    return [(one, seat_state(each)) for one, each in zip(found, theirs, strict=True)]


def name_at_desk(uow: UnitOfWork, party: GatheringParty) -> str:
    """Who signed up: a person, or who brings a group and for whom."""
    name = gathering_sign_ups.name_of(uow, party) or _("Forgotten, as promised")
    if party.organisation is not None:
        return _("%(organisation)s (%(name)s)", organisation=party.organisation.name, name=name)
    return name


def seat_path(party: GatheringParty) -> str:
    """The path of the page where they see and change their sign-up."""
    core = current_core()
    link = core.links.make(Purpose.SEAT, party.id, proof=gathering_links.proof_of(party))
    return link.removeprefix(core.settings.public_url)


def to_seat(party: GatheringParty) -> Response:
    """Lead to that page; on a kiosk the visit holds whose it is, and nothing stays in the address."""
    if not kiosk.is_kiosk():
        return redirect(seat_path(party), code=303)
    session[kiosk.SEAT] = [party.id.hex, gathering_links.proof_of(party)]
    return redirect(url_for("agenda.seat_here"), code=303)


def party_here(uow: UnitOfWork) -> GatheringParty | None:
    """Whose seat this kiosk shows, until the visit is wiped. Raises as their link would."""
    found = session.get(kiosk.SEAT) if kiosk.is_kiosk() else None
    return gathering_links.party_of(uow, UUID(found[0]), found[1]) if found else None


def ticket_link(party: GatheringParty) -> str:
    """What the code on their ticket says: at the door it finds them."""
    return current_core().links.make_short(Purpose.TICKET, party.id, proof=gathering_links.proof_of(party))


def _about(kind: PartyKind, party: GatheringParty) -> str:
    if is_several(party):
        return f"{party_kind_names()[kind]}: {group_words(party)}"
    return party_kind_names()[kind] if party.size == 1 else people(party.size)
