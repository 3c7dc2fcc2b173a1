"""What is suggested to a person: made by the engine, kept with its reasons, refused when they say so."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from volunteer.domain.access import NeedState
from volunteer.domain.availability import Availability
from volunteer.domain.commitment import parse_commitments
from volunteer.domain.errors import NotFound
from volunteer.domain.events.suggestions import NewRolesFound, SuggestionsReady
from volunteer.domain.interests import Interests
from volunteer.domain.matching_facts import PersonFacts, RoleFacts
from volunteer.domain.opportunities import OpportunityState
from volunteer.domain.places import MUNICIPALITIES, municipality_of
from volunteer.matching.catalogue import Catalogue
from volunteer.matching.exposure import NOTHING_SHOWN, Exposure
from volunteer.matching.scoring import Weights
from volunteer.matching.snapshot import Snapshot
from volunteer.matching.suggesting import Match, suggest
from volunteer.matching.tiers import Tier
from volunteer.models import Candidate, Suggestion, SuggestionList
from volunteer.models.base import field_name
from volunteer.queries import offer
from volunteer.queries import suggestions as queries
from volunteer.queries.candidates import confirmed_candidate, refused_opportunities
from volunteer.queries.districts import label_point
from volunteer.services import needs, weights
from volunteer.unit_of_work import UnitOfWork

_DETAIL = field_name("suggestions", "detail_sealed")
_SURE = frozenset({Tier.A, Tier.B})


@dataclass(frozen=True, slots=True)
class ShownSuggestion:
    """A stored suggestion, opened, with what is needed to explain it."""

    suggestion: Suggestion
    match: Match
    role: RoleFacts
    is_new: bool = False
    """It came up when we looked again, and was on no list of theirs for long."""


@dataclass(frozen=True, slots=True)
class Means:
    """What a list is made with."""

    snapshot: Snapshot
    weights: Weights
    exposure: Exposure


@dataclass(frozen=True, slots=True)
class Past:
    """What a person who waits knows of already."""

    before: Sequence[Suggestion]
    """From their lists."""
    wished: Set[UUID]
    """Roles they asked to meet."""
    unheard: Set[UUID]
    """Roles that were news the last time, and that they have neither seen nor been told of."""


def means(uow: UnitOfWork, catalogue: Catalogue) -> Means:
    """What lists are made with at this moment."""
    return Means(catalogue.snapshot(uow), weights.in_use(uow), catalogue.exposure(uow))


def make(uow: UnitOfWork, candidate_id: UUID, *, event_id: UUID, catalogue: Catalogue) -> None:
    """Look for this person and keep the list; nothing happens when the file is gone or not confirmed."""
    # Held, so that of two lists made at once only one is the first.
    candidate = confirmed_candidate(uow.session, candidate_id, hold=True)
    if candidate is None:
        return
    used = means(uow, catalogue)
    matches = find(uow, candidate, used.snapshot, reader="engine", used=used.weights, exposure=used.exposure)
    is_first = queries.newest_list(uow.session, candidate_id) is None
    made = _list(uow, candidate_id, used, event_id=event_id)
    _keep(uow, made, matches)
    uow.record(SuggestionsReady(candidate_id, made.id, len(matches), is_first))


def renew(uow: UnitOfWork, candidate: Candidate, used: Means, past: Past) -> bool:
    """Look again for somebody who waits; whether a new list was kept, because something newly fits.

    That is a role among the best which is sure now, and was not when they were last shown it, if they ever
    were. What they have not heard of from the last time is counted again. Whoever calls this holds the file.
    """
    person = facts_of(uow, candidate, reader="engine", purpose="look_again")
    matches = suggest(used.snapshot, person, weights=used.weights, exposure=used.exposure)
    sure = _sure(matches)
    fresh = sure - past.wished - _sure_before(uow, past, sure)
    if fresh:
        # What the lot draws, or what comes up because others were shown a lot, changes every day.
        fresh &= _sure(suggest(used.snapshot, person, weights=used.weights))
    if not fresh:
        return False
    news = fresh | (sure & past.unheard)
    list_id = uuid4()
    event_id = uow.record(NewRolesFound(candidate.id, list_id, len(news)))
    made = _list(uow, candidate.id, used, event_id=event_id, list_id=list_id, new_count=len(news))
    _keep(uow, made, matches, news)
    return True


def news_on(uow: UnitOfWork, made: SuggestionList) -> frozenset[UUID]:
    """The roles that were news when this list was made."""
    return frozenset(each.opportunity_id for each in made.suggestions if _detail(uow, each).get("is_new"))


def find(
    uow: UnitOfWork,
    candidate: Candidate,
    snapshot: Snapshot,
    *,
    reader: str,
    used: Weights | None = None,
    exposure: Exposure = NOTHING_SHOWN,
) -> list[Match]:
    """What the engine would show this person on the day of the snapshot, with the weights in use."""
    person = facts_of(uow, candidate, reader=reader, purpose="match")
    return suggest(snapshot, person, weights=used or weights.in_use(uow), exposure=exposure)


def match_with(uow: UnitOfWork, candidate: Candidate, opportunity_id: UUID) -> Match | None:
    """How this one role stands for this person now; ``None`` when it is out for them."""
    found = offer.roles(uow.session, [opportunity_id], now=uow.now, day_began=uow.day_began)
    role = found.get(opportunity_id)
    if role is None:
        return None
    matches = find(uow, candidate, Snapshot.build([role], "one", today=uow.today), reader="engine")
    return matches[0] if matches else None


def facts_of(uow: UnitOfWork, candidate: Candidate, *, reader: str, purpose: str) -> PersonFacts:
    """What the engine may know of this person; opening their needs is written in the journal."""
    municipality = MUNICIPALITIES.get(candidate.municipality or "") or municipality_of(
        candidate.postal_code or ""
    )
    named = label_point(uow.session, candidate.district)
    return PersonFacts(
        candidate_id=candidate.id,
        needs=needs.read(uow, candidate, reader=reader, purpose=purpose),
        languages=candidate.languages,
        times=Availability.parse(candidate.times),
        position=named or (municipality.position if municipality else None),
        district=candidate.district if named else municipality.code if municipality else None,
        travel_minutes=candidate.travel_minutes,
        commitments=parse_commitments(candidate.commitments),
        interests=Interests.of(
            can=candidate.tasks_can,
            want=candidate.tasks_want,
            learn=candidate.tasks_learn,
            sectors=candidate.sectors,
        ),
        refused=refused_opportunities(uow.session, candidate.id),
    )


def current(uow: UnitOfWork, candidate_id: UUID) -> list[ShownSuggestion] | None:
    """The newest list of this person, without what they refused; ``None`` while there is none yet."""
    newest = queries.newest_list(uow.session, candidate_id)
    if newest is None:
        return None
    refused = refused_opportunities(uow.session, candidate_id)
    kept = [suggestion for suggestion in newest.suggestions if suggestion.opportunity_id not in refused]
    shown = [suggestion.opportunity_id for suggestion in kept]
    roles = offer.roles(uow.session, shown, now=uow.now, day_began=uow.day_began)
    return [_shown(uow, suggestion, roles[suggestion.opportunity_id]) for suggestion in kept]


def mark_shown(uow: UnitOfWork, candidate_id: UUID) -> None:
    """The newest list was displayed, printed or sent: from now on it counts as shown.

    A role that closed meanwhile is on no page any more.
    """
    newest = queries.newest_list(uow.session, candidate_id)
    for suggestion in newest.suggestions if newest else ():
        if suggestion.opportunity.state == OpportunityState.OPEN:
            suggestion.shown_at = suggestion.shown_at or uow.now


def own(uow: UnitOfWork, candidate_id: UUID, suggestion_id: UUID) -> Suggestion:
    """A suggestion of this person. Raises :class:`NotFound` for somebody else's."""
    suggestion = uow.session.get(Suggestion, suggestion_id)
    if suggestion is None or suggestion.candidate_id != candidate_id:
        raise NotFound("This suggestion is not there any more.")
    return suggestion


def refuse(uow: UnitOfWork, candidate_id: UUID, suggestion_id: UUID) -> None:
    """The person does not want to see this role again. Raises :class:`NotFound`."""
    own(uow, candidate_id, suggestion_id).refused_at = uow.now


def _list(
    uow: UnitOfWork,
    candidate_id: UUID,
    used: Means,
    *,
    event_id: UUID,
    list_id: UUID | None = None,
    new_count: int | None = None,
) -> SuggestionList:
    return SuggestionList(
        id=list_id or uuid4(),
        candidate_id=candidate_id,
        event_id=event_id,
        made_at=uow.now,
        weights_version=used.weights.version,
        snapshot_version=used.snapshot.version,
        new_count=new_count,
    )


def _keep(
    uow: UnitOfWork, made: SuggestionList, matches: Iterable[Match], news: Set[UUID] = frozenset()
) -> None:
    uow.session.add(made)
    uow.session.flush()
    uow.session.add_all(_row(uow, made, each, is_new=each.opportunity_id in news) for each in matches)


def _sure(matches: Iterable[Match]) -> frozenset[UUID]:
    return frozenset(each.opportunity_id for each in matches if each.tier in _SURE and not each.explored)


def _sure_before(uow: UnitOfWork, past: Past, roles: Set[UUID]) -> frozenset[UUID]:
    """Which of these roles were sure on a list before."""
    listed = (each for each in past.before if each.opportunity_id in roles)
    return frozenset(each.opportunity_id for each in listed if _detail(uow, each)["tier"] in _SURE)


def _row(uow: UnitOfWork, made: SuggestionList, match: Match, *, is_new: bool) -> Suggestion:
    detail = {
        "tier": match.tier,
        "score": match.score,
        "parts": dict(match.parts),
        "values": dict(match.values),
        "travel_minutes": match.travel_minutes,
        "explored": match.explored,
        "is_new": is_new,
        "needs": dict(match.needs),
        "questions": match.questions,
        "language_questions": match.language_questions,
    }
    return Suggestion(
        list_id=made.id,
        candidate_id=made.candidate_id,
        opportunity_id=match.opportunity_id,
        rank=match.rank,
        detail_sealed=uow.keyring.seal(json.dumps(detail), field=_DETAIL),
    )


def _shown(uow: UnitOfWork, suggestion: Suggestion, role: RoleFacts) -> ShownSuggestion:
    detail = _detail(uow, suggestion)
    return ShownSuggestion(suggestion, _match(suggestion, detail), role, is_new=detail.get("is_new", False))


def _detail(uow: UnitOfWork, suggestion: Suggestion) -> Mapping[str, Any]:
    opened: dict[str, Any] = json.loads(uow.keyring.open(suggestion.detail_sealed, field=_DETAIL))
    return opened


def _match(suggestion: Suggestion, detail: Mapping[str, Any]) -> Match:
    return Match(
        opportunity_id=suggestion.opportunity_id,
        rank=suggestion.rank,
        tier=Tier(detail["tier"]),
        score=detail["score"],
        parts=detail["parts"],
        values=detail.get("values", {}),
        travel_minutes=detail.get("travel_minutes"),
        explored=detail.get("explored", False),
        needs={code: NeedState(state) for code, state in detail["needs"].items()},
        questions=tuple(detail["questions"]),
        language_questions=tuple(detail["language_questions"]),
    )
