"""What can be done with volunteer roles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID, uuid4

from volunteer.domain.access import Answer
from volunteer.domain.availability import UNKNOWN, Availability
from volunteer.domain.commitment import Commitment
from volunteer.domain.errors import InvalidValue
from volunteer.domain.events.opportunities import AccessAnswered, OpportunityChanged
from volunteer.domain.opportunities import UNSEEN, OpportunityState, Place, Posting, Scope
from volunteer.models import Opportunity, Venue
from volunteer.services import access_answers, opportunity_states, organisations, questions
from volunteer.unit_of_work import UnitOfWork


def post(uow: UnitOfWork, posting: Posting, *, organisation_id: UUID, said_by: str) -> Opportunity:
    """Publish a role: it opens, or waits. Raises :class:`InvalidValue`."""
    opportunity = draft(uow, posting, organisation_id=organisation_id, said_by=said_by)
    opportunity_states.publish(uow, opportunity)
    return opportunity


def draft(uow: UnitOfWork, posting: Posting, *, organisation_id: UUID, said_by: str) -> Opportunity:
    """Keep a role that nobody sees yet; it need not be whole. Raises :class:`InvalidValue`."""
    opportunity = _new(uow, organisation_id, OpportunityState.DRAFT)
    write(uow, opportunity, posting, said_by=said_by)
    return opportunity


def amend(
    uow: UnitOfWork, opportunity: Opportunity, posting: Posting, *, said_by: str, with_answers: bool = True
) -> bool:
    """Give a role new content; returns whether anything differs. Raises :class:`InvalidValue`.

    Without answers, what was said about access stays as it is, and as old as it is.
    """
    differs = write(uow, opportunity, posting, said_by=said_by, with_answers=with_answers)
    if differs and opportunity.state not in UNSEEN:
        uow.record(OpportunityChanged(opportunity.id))
    return differs


def answer(
    uow: UnitOfWork, opportunity: Opportunity, answers: Mapping[str, Answer | None], *, said_by: str
) -> None:
    """Keep what is said about access for this role itself; ``None`` takes an answer back.

    An open question that this answers is answered with it, so whoever waits is looked at again.
    Raises :class:`InvalidValue`.
    """
    given = {code: said for code, said in answers.items() if said is not None}
    scope, scope_id = Scope.OPPORTUNITY, opportunity.id
    said = access_answers.record(
        uow,
        given,
        organisation_id=opportunity.organisation_id,
        scope=scope,
        scope_id=scope_id,
        said_by=said_by,
    )
    unsaid = access_answers.take_back(uow, answers.keys() - given.keys(), scope=scope, scope_id=scope_id)
    if said or unsaid:
        opportunity_states.touch(uow, opportunity)
        uow.record(AccessAnswered(opportunity.organisation_id))
    questions.settle(uow, given, scope=scope, scope_id=scope_id, said_by=said_by)


def add_tasks(uow: UnitOfWork, opportunity: Opportunity, tasks: Iterable[str]) -> None:
    """The role asks for these tasks too."""
    every = sorted({*opportunity.tasks, *tasks})
    if every != opportunity.tasks:
        opportunity.tasks = every
        opportunity_states.touch(uow, opportunity)
        uow.record(OpportunityChanged(opportunity.id))


def add(uow: UnitOfWork, posting: Posting, *, organisation_id: UUID, said_by: str) -> Opportunity:
    """An open role, without saying so: for lists, which say so once. Raises :class:`InvalidValue`."""
    opportunity = _new(uow, organisation_id, OpportunityState.OPEN)
    opportunity.opened_at = uow.now
    write(uow, opportunity, posting, said_by=said_by)
    return opportunity


def write(
    uow: UnitOfWork, opportunity: Opportunity, posting: Posting, *, said_by: str, with_answers: bool = True
) -> bool:
    """Put the content into the rows; returns whether anything differs. Raises :class:`InvalidValue`."""
    posting.check(whole=opportunity.state != OpportunityState.DRAFT)
    content = content_of(posting)
    venue = _venue(uow, opportunity.organisation_id, posting)
    content["venue_id"] = venue.id if venue else None
    if (opportunity.title, opportunity.description) != (content["title"], content["description"]):
        opportunity.words_written_at = uow.now
    differs = any(getattr(opportunity, name) != value for name, value in content.items())
    for name, value in content.items():
        setattr(opportunity, name, value)
    # Only now is it whole: the reads below send what is pending to the database.
    uow.session.add(opportunity)
    if with_answers:
        differs = _write_answers(uow, opportunity, posting, said_by=said_by) or differs
    if differs:
        opportunity_states.touch(uow, opportunity)
    return differs


def _new(uow: UnitOfWork, organisation_id: UUID, state: OpportunityState) -> Opportunity:
    return Opportunity(
        id=uuid4(), organisation_id=organisation_id, state=state, created_at=uow.now, updated_at=uow.now
    )


def _venue(uow: UnitOfWork, organisation_id: UUID, posting: Posting) -> Venue | None:
    if posting.venue_id is None:
        return organisations.venue_at(uow, organisation_id, posting.place)
    venue = uow.session.get(Venue, posting.venue_id)
    if venue is None or venue.organisation_id != organisation_id:
        raise InvalidValue("Choose a place from the list.", field="where")
    return venue


def _write_answers(uow: UnitOfWork, opportunity: Opportunity, posting: Posting, *, said_by: str) -> bool:
    said = access_answers.record(
        uow,
        posting.access,
        organisation_id=opportunity.organisation_id,
        scope=Scope.OPPORTUNITY,
        scope_id=opportunity.id,
        said_by=said_by,
    )
    unsaid = access_answers.forget(
        uow, scope=Scope.OPPORTUNITY, scope_id=opportunity.id, said_by=said_by, keep=frozenset(posting.access)
    )
    return said or unsaid


def content_of(posting: Posting) -> dict[str, object]:
    """The columns of a role that its posting decides, but for its venue."""
    return {
        "external_id": posting.external_id,
        "title": posting.title.strip(),
        "description": posting.description.strip(),
        "language": posting.language,
        "tasks": sorted(posting.tasks),
        "sectors": sorted(posting.sectors),
        "wanted": posting.wanted,
        "starts_on": posting.starts_on,
        "ends_on": posting.ends_on,
        "opens_on": posting.opens_on,
        "commitment": posting.commitment,
        "times": str(posting.times),
        "languages_needed": dict(sorted(posting.languages_needed.items())),
        "languages_spoken": sorted(posting.languages_spoken),
        "contact_name": posting.contact_name,
        "getting_there": posting.getting_there,
        "url": posting.url,
        "is_remote": posting.is_remote,
        "extract_required": posting.extract_required,
    }


def posting_of(opportunity: Opportunity) -> Posting:
    """What a role says now, without what was said about access."""
    return Posting(
        title=opportunity.title,
        description=opportunity.description,
        language=opportunity.language,
        tasks=frozenset(opportunity.tasks),
        sectors=frozenset(opportunity.sectors),
        wanted=opportunity.wanted,
        starts_on=opportunity.starts_on,
        ends_on=opportunity.ends_on,
        commitment=Commitment(opportunity.commitment) if opportunity.commitment else None,
        times=Availability.parse(opportunity.times) if opportunity.times else UNKNOWN,
        languages_needed=opportunity.languages_needed,
        languages_spoken=frozenset(opportunity.languages_spoken),
        place=_place_of(opportunity.venue),
        contact_name=opportunity.contact_name,
        getting_there=opportunity.getting_there,
        url=opportunity.url,
        is_remote=opportunity.is_remote,
        extract_required=opportunity.extract_required,
        external_id=opportunity.external_id,
        opens_on=opportunity.opens_on,
    )


def _place_of(venue: Venue | None) -> Place:
    if venue is None:
        return Place()
    return Place(
        street=venue.street,
        postal_code=venue.postal_code,
        municipality=venue.municipality,
        district=venue.district,
        latitude=venue.latitude,
        longitude=venue.longitude,
    )
