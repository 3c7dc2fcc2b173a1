"""What a person says no to, why, and what that changes; all of it can be taken back."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from volunteer.domain.commitment import Commitment
from volunteer.domain.errors import ImpossibleStep, InvalidValue, NotFound
from volunteer.domain.introductions import RUNNING
from volunteer.domain.matching_facts import PersonFacts
from volunteer.domain.refusals import Refusal, RefusalReason, heeding, lighter_than, shorter_way
from volunteer.models import Candidate, Opportunity, Suggestion
from volunteer.models.base import field_name
from volunteer.queries import offer
from volunteer.queries import suggestions as queries
from volunteer.queries.introductions import introductions_of
from volunteer.services import ways
from volunteer.services.own_suggestions import own_suggestion
from volunteer.unit_of_work import UnitOfWork

_REASON = field_name("suggestions", "refusal_sealed")
_LENGTH = 160
"""Letters that every one is filled up to: saying nothing looks like saying something."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A suggestion somebody said no to, with their reason."""

    suggestion: Suggestion
    refusal: Refusal


def reasons_for(opportunity: Opportunity) -> list[Refusal]:
    """What somebody can say of this role; a task each, and what asks no time cannot ask less."""
    commitment = Commitment(opportunity.commitment) if opportunity.commitment else None
    found = [] if opportunity.is_remote else [Refusal(reason=RefusalReason.TOO_FAR)]
    found.append(Refusal(reason=RefusalReason.HOURS))
    found += [Refusal(reason=RefusalReason.TASK, task=task) for task in opportunity.tasks]
    found.append(Refusal(reason=RefusalReason.ORGANISATION))
    if commitment and lighter_than(commitment):
        found.append(Refusal(reason=RefusalReason.TOO_MUCH, commitment=commitment))
    return [*found, Refusal()]


def refuse(
    uow: UnitOfWork,
    candidate: Candidate,
    suggestion_id: UUID,
    *,
    reason: RefusalReason = RefusalReason.UNSAID,
    task: str | None = None,
) -> Refused:
    """The person does not want to see this role again, and may say why.

    Raises :class:`NotFound`, and :class:`InvalidValue` for a reason that cannot be given for this role.
    """
    suggestion = own_suggestion(uow, candidate.id, suggestion_id)
    said = next(
        (each for each in reasons_for(suggestion.opportunity) if (each.reason, each.task) == (reason, task)),
        None,
    )
    if said is None:
        raise InvalidValue("Choose one of these reasons, or say nothing.", field="reason")
    suggestion.refused_at = uow.now
    _seal(uow, suggestion, said)
    return Refused(suggestion, said)


def closer_way(uow: UnitOfWork, candidate: Candidate, refused: Refused) -> int | None:
    """The longest way, in minutes, that may be offered to who finds this role too far; ``None`` is none."""
    if refused.refusal.reason is not RefusalReason.TOO_FAR or refused.refusal.minutes is not None:
        return None
    opportunity_id = refused.suggestion.opportunity_id
    found = offer.roles(uow.session, [opportunity_id], now=uow.now, day_began=uow.day_began)
    limits = [each.refusal.minutes for each in refused_by(uow, candidate.id) if each.refusal.minutes]
    limits += [candidate.travel_minutes] if candidate.travel_minutes else []
    return shorter_way(ways.way_to(uow, candidate, found[opportunity_id]).minutes, min(limits, default=None))


def look_closer(uow: UnitOfWork, candidate: Candidate, suggestion_id: UUID) -> int:
    """The person says yes to looking closer by; returns the longest way from now on, in minutes.

    Raises :class:`NotFound`, and :class:`ImpossibleStep` when nothing was refused for being too far.
    """
    refused = of(uow, candidate, suggestion_id)
    minutes = closer_way(uow, candidate, refused)
    if minutes is None:
        raise ImpossibleStep("We cannot look closer by than we do.")
    _seal(uow, refused.suggestion, replace(refused.refusal, minutes=minutes))
    return minutes


def undo(uow: UnitOfWork, candidate: Candidate, suggestion_id: UUID) -> Suggestion:
    """The role may be shown again, and the reason counts no more. Raises :class:`NotFound`."""
    suggestion = own_suggestion(uow, candidate.id, suggestion_id)
    for each in queries.suggestions_about(uow.session, candidate.id, suggestion.opportunity_id):
        each.refused_at = None
        each.refusal_sealed = None
    return suggestion


def of(uow: UnitOfWork, candidate: Candidate, suggestion_id: UUID) -> Refused:
    """What this person said no to here. Raises :class:`NotFound` when they did not."""
    suggestion = own_suggestion(uow, candidate.id, suggestion_id)
    if suggestion.refused_at is None:
        raise NotFound("This suggestion is not there any more.")
    return Refused(suggestion, _opened(uow, suggestion))


def refused_by(uow: UnitOfWork, candidate_id: UUID) -> list[Refused]:
    """Everything this person said no to, the newest first."""
    found = queries.refused_suggestions(uow.session, candidate_id)
    return [Refused(suggestion, _opened(uow, suggestion)) for suggestion in found]


def heeded_by(uow: UnitOfWork, facts: PersonFacts) -> PersonFacts:
    """The facts of a person with everything that their refusals change."""
    refused = refused_by(uow, facts.candidate_id)
    heeded = heeding(facts, (each.refusal for each in refused))
    return replace(heeded, refused=facts.refused | _roles(uow, facts.candidate_id, refused))


def roles_refused(uow: UnitOfWork, candidate_id: UUID) -> frozenset[UUID]:
    """Roles this person is not shown: what they refused, and what is of an organisation they refused."""
    return _roles(uow, candidate_id, refused_by(uow, candidate_id))


def _roles(uow: UnitOfWork, candidate_id: UUID, refused: Sequence[Refused]) -> frozenset[UUID]:
    organisations = {
        each.suggestion.opportunity.organisation_id
        for each in refused
        if each.refusal.reason is RefusalReason.ORGANISATION
    }
    theirs = queries.roles_of(uow.session, organisations)
    if theirs:
        # What they asked there before goes on.
        asked = introductions_of(uow.session, candidate_id)
        theirs -= {each.opportunity_id for each in asked if each.state in RUNNING}
    return theirs | {each.suggestion.opportunity_id for each in refused}


def _seal(uow: UnitOfWork, suggestion: Suggestion, refusal: Refusal) -> None:
    said = {
        "reason": refusal.reason,
        "task": refusal.task,
        "commitment": refusal.commitment,
        "minutes": refusal.minutes,
    }
    suggestion.refusal_sealed = uow.keyring.seal(json.dumps(said).ljust(_LENGTH), field=_REASON)


def _opened(uow: UnitOfWork, suggestion: Suggestion) -> Refusal:
    if suggestion.refusal_sealed is None:  # refused before reasons were asked
        return Refusal()
    said = json.loads(uow.keyring.open(suggestion.refusal_sealed, field=_REASON))
    return Refusal(
        reason=RefusalReason(said["reason"]),
        task=said["task"],
        commitment=Commitment(said["commitment"]) if said["commitment"] else None,
        minutes=said["minutes"],
    )
