"""What is suggested to a person: made by the engine, kept with its reasons, refused when they say so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, replace
from uuid import UUID, uuid4

from volunteer.domain.availability import Availability
from volunteer.domain.commitment import parse_commitments
from volunteer.domain.errors import NotFound
from volunteer.domain.events.suggestions import (
    NewListAskedFor,
    NewRolesFound,
    OthersAskedFor,
    SuggestionsReady,
)
from volunteer.domain.interests import Interests
from volunteer.domain.matching_facts import PersonFacts
from volunteer.domain.opportunities import OpportunityState
from volunteer.matching.catalogue import Catalogue
from volunteer.matching.exposure import NOTHING_SHOWN, Exposure
from volunteer.matching.scoring import Weights
from volunteer.matching.snapshot import Snapshot
from volunteer.matching.suggesting import Match, suggest
from volunteer.matching.tiers import Tier
from volunteer.models import Candidate, Suggestion, SuggestionList
from volunteer.queries import offer
from volunteer.queries import suggestions as queries
from volunteer.queries.candidates import confirmed_candidate
from volunteer.services import needs, refusals, suggestion_details, ways, weights
from volunteer.services.suggestion_details import ShownSuggestion
from volunteer.unit_of_work import UnitOfWork

_SURE = frozenset({Tier.A, Tier.B})


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


def make(
    uow: UnitOfWork,
    candidate_id: UUID,
    *,
    event_id: UUID,
    catalogue: Catalogue,
    after_id: UUID | None = None,
) -> None:
    """Look for this person and keep the list; nothing happens when the file is gone or not confirmed.

    With ``after_id`` it holds the next best: nothing that is on that list or on those it goes on from.
    """
    # Held, so that of two lists made at once only one is the first.
    candidate = confirmed_candidate(uow.session, candidate_id, hold=True)
    if candidate is None:
        return
    used = means(uow, catalogue)
    before = _chain(uow, candidate_id, after_id)
    person = facts_of(uow, candidate, reader="engine", purpose="match")
    person = replace(person, refused=person.refused.union(*(_roles_on(each) for each in before)))
    matches = suggest(used.snapshot, person, weights=used.weights, exposure=used.exposure)
    is_first = queries.newest_list(uow.session, candidate_id) is None
    made = _list(uow, candidate_id, used, event_id=event_id)
    made.after_id = before[0].id if before else None
    _keep(uow, made, matches, seen=sum(len(each.suggestions) for each in before))
    uow.record(SuggestionsReady(candidate_id, made.id, is_first))


def ask_for_others(uow: UnitOfWork, candidate: Candidate, list_id: UUID) -> UUID:
    """The person wants to see others than on this list; returns what the new list will be known by.

    Raises :class:`NotFound` for a list of somebody else.
    """
    if queries.list_of(uow.session, candidate.id, list_id) is None:
        raise NotFound("This list is not there any more.")
    return uow.record(OthersAskedFor(candidate.id, list_id))


def ask_again(uow: UnitOfWork, candidate: Candidate) -> UUID:
    """The person wants to see what is best now; returns what the new list will be known by."""
    return uow.record(NewListAskedFor(candidate.id))


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
    event_id = uow.record(NewRolesFound(candidate.id, list_id))
    made = _list(uow, candidate.id, used, event_id=event_id, list_id=list_id)
    made.looked_again = True
    _keep(uow, made, matches, news)
    return True


def news_on(uow: UnitOfWork, made: SuggestionList) -> frozenset[UUID]:
    """The roles that were news when this list was made."""
    return frozenset(
        each.opportunity_id for each in made.suggestions if suggestion_details.opened(uow, each).get("is_new")
    )


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
    """What the engine may know of this person; opening their needs is written in the journal.

    What they said no to is heeded, with their reasons.
    """
    opened = needs.read(uow, candidate, reader=reader, purpose=purpose)
    return replace(facts_without_needs(uow, candidate), needs=opened)


def facts_without_needs(uow: UnitOfWork, candidate: Candidate) -> PersonFacts:
    """The same with their needs left closed: enough to say on paper why a role suits them."""
    return refusals.heeded_by(uow, facts_at(candidate, ways.home_of(uow, candidate)))


def facts_at(candidate: Candidate, home: ways.Home) -> PersonFacts:
    """What stands open in their file, for who lives there: neither their needs nor what they said no to."""
    return PersonFacts(
        candidate_id=candidate.id,
        languages=candidate.languages,
        times=Availability.parse(candidate.times),
        position=home.position,
        district=home.district,
        travel_minutes=candidate.travel_minutes,
        commitments=parse_commitments(candidate.commitments),
        interests=Interests.of(
            can=candidate.tasks_can,
            want=candidate.tasks_want,
            learn=candidate.tasks_learn,
            sectors=candidate.sectors,
        ),
    )


def current(uow: UnitOfWork, candidate_id: UUID, list_id: UUID | None = None) -> list[ShownSuggestion] | None:
    """The newest list of this person (or this one of theirs), without what they refused.

    ``None`` while there is none yet.
    """
    made = _made(uow, candidate_id, list_id)
    if made is None:
        return None
    refused = refusals.roles_refused(uow, candidate_id)
    return opened(uow, [each for each in made.suggestions if each.opportunity_id not in refused])


def opened(uow: UnitOfWork, kept: Sequence[Suggestion]) -> list[ShownSuggestion]:
    """These suggestions with what explains them."""
    shown = [suggestion.opportunity_id for suggestion in kept]
    roles = offer.roles(uow.session, shown, now=uow.now, day_began=uow.day_began)
    return [
        suggestion_details.shown(uow, suggestion, roles[suggestion.opportunity_id]) for suggestion in kept
    ]


def mark_shown(uow: UnitOfWork, candidate_id: UUID, list_id: UUID | None = None) -> None:
    """The newest list (or this one) was displayed, printed or sent: from now on it counts as shown.

    A role that closed meanwhile is on no page any more.
    """
    made = _made(uow, candidate_id, list_id)
    for suggestion in made.suggestions if made else ():
        if suggestion.opportunity.state == OpportunityState.OPEN:
            suggestion.shown_at = suggestion.shown_at or uow.now


def _made(uow: UnitOfWork, candidate_id: UUID, list_id: UUID | None) -> SuggestionList | None:
    if list_id is None:
        return queries.newest_list(uow.session, candidate_id)
    return queries.list_of(uow.session, candidate_id, list_id)


def _chain(uow: UnitOfWork, candidate_id: UUID, list_id: UUID | None) -> list[SuggestionList]:
    """This list and those it goes on from, the newest first."""
    found: list[SuggestionList] = []
    while list_id is not None:
        made = queries.list_of(uow.session, candidate_id, list_id)
        if made is None:
            break
        found.append(made)
        list_id = made.after_id
    return found


def _roles_on(made: SuggestionList) -> frozenset[UUID]:
    return frozenset(each.opportunity_id for each in made.suggestions)


def _list(
    uow: UnitOfWork,
    candidate_id: UUID,
    used: Means,
    *,
    event_id: UUID,
    list_id: UUID | None = None,
) -> SuggestionList:
    return SuggestionList(
        id=list_id or uuid4(),
        candidate_id=candidate_id,
        event_id=event_id,
        made_at=uow.now,
        weights_version=used.weights.version,
        snapshot_version=used.snapshot.version,
    )


def _keep(
    uow: UnitOfWork,
    made: SuggestionList,
    matches: Iterable[Match],
    news: Set[UUID] = frozenset(),
    *,
    seen: int = 0,
) -> None:
    """Write the list; ``seen`` is how many stand before its first one, on the lists it goes on from."""
    uow.session.add(made)
    uow.session.flush()
    uow.session.add_all(
        suggestion_details.sealed(uow, made, each, rank=seen + each.rank, is_new=each.opportunity_id in news)
        for each in matches
    )


def _sure(matches: Iterable[Match]) -> frozenset[UUID]:
    return frozenset(each.opportunity_id for each in matches if each.tier in _SURE and not each.explored)


def _sure_before(uow: UnitOfWork, past: Past, roles: Set[UUID]) -> frozenset[UUID]:
    """Which of these roles were sure on a list before."""
    listed = (each for each in past.before if each.opportunity_id in roles)
    return frozenset(
        each.opportunity_id for each in listed if suggestion_details.opened(uow, each)["tier"] in _SURE
    )
