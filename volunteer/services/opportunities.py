"""What can be done with volunteer roles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID, uuid4

from volunteer.domain.access import Answer
from volunteer.domain.events.opportunities import AccessAnswered, OpportunityChanged, OpportunityPublished
from volunteer.domain.opportunities import OpportunityState, Posting, Scope
from volunteer.models import Opportunity
from volunteer.services import access_answers, organisations, questions
from volunteer.unit_of_work import UnitOfWork


def post(uow: UnitOfWork, posting: Posting, *, organisation_id: UUID, said_by: str) -> Opportunity:
    """Publish a role. Raises :class:`InvalidValue`."""
    opportunity = add(uow, posting, organisation_id=organisation_id, said_by=said_by)
    uow.record(OpportunityPublished(opportunity.id))
    return opportunity


def amend(
    uow: UnitOfWork, opportunity: Opportunity, posting: Posting, *, said_by: str, with_answers: bool = True
) -> bool:
    """Give a role new content; returns whether anything differs. Raises :class:`InvalidValue`.

    Without answers, what was said about access stays as it is, and as old as it is.
    """
    differs = write(uow, opportunity, posting, said_by=said_by, with_answers=with_answers)
    if differs:
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
        opportunity.updated_at = uow.now
        uow.record(AccessAnswered(opportunity.organisation_id))
    questions.settle(uow, given, scope=scope, scope_id=scope_id, said_by=said_by)


def set_state(uow: UnitOfWork, opportunity: Opportunity, state: OpportunityState) -> None:
    """Open, pause, fill or close a role."""
    if opportunity.state != state:
        opportunity.state = state
        opportunity.updated_at = uow.now
        uow.record(OpportunityChanged(opportunity.id))


def add_tasks(uow: UnitOfWork, opportunity: Opportunity, tasks: Iterable[str]) -> None:
    """The role asks for these tasks too."""
    every = sorted({*opportunity.tasks, *tasks})
    if every != opportunity.tasks:
        opportunity.tasks = every
        opportunity.updated_at = uow.now
        uow.record(OpportunityChanged(opportunity.id))


def add(uow: UnitOfWork, posting: Posting, *, organisation_id: UUID, said_by: str) -> Opportunity:
    """An open role, without saying so: for lists, which say so once. Raises :class:`InvalidValue`."""
    opportunity = Opportunity(
        id=uuid4(),
        organisation_id=organisation_id,
        state=OpportunityState.OPEN,
        created_at=uow.now,
        updated_at=uow.now,
    )
    write(uow, opportunity, posting, said_by=said_by)
    return opportunity


def write(
    uow: UnitOfWork, opportunity: Opportunity, posting: Posting, *, said_by: str, with_answers: bool = True
) -> bool:
    """Put the content into the rows; returns whether anything differs. Raises :class:`InvalidValue`."""
    posting.check()
    content = content_of(posting)
    venue = organisations.venue_at(uow, opportunity.organisation_id, posting.place)
    content["venue_id"] = venue.id if venue else None
    differs = any(getattr(opportunity, name) != value for name, value in content.items())
    for name, value in content.items():
        setattr(opportunity, name, value)
    # Only now is it whole: the reads below send what is pending to the database.
    uow.session.add(opportunity)
    if with_answers:
        differs = _write_answers(uow, opportunity, posting, said_by=said_by) or differs
    if differs:
        opportunity.updated_at = uow.now
    return differs


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
