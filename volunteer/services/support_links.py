"""What a support worker may do for one person: decided anew at every look, from the person's own consents."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple
from uuid import UUID, uuid4

from volunteer.domain.candidates import CandidateState
from volunteer.domain.consent import GivenHow
from volunteer.domain.errors import NotAllowed, NotFound
from volunteer.domain.referrers import may_enrol
from volunteer.domain.support import (
    SCOPE_LASTS,
    TEXT_VERSION,
    EndedBy,
    EntryKind,
    Scope,
    Standing,
    Yes,
    allows,
    check_hearer,
    consent_for,
    says_all,
    scope_of,
)
from volunteer.models import Candidate, Consent, Organisation, SupportEntry, SupportLink
from volunteer.queries import support_links as queries
from volunteer.services import cards, referrers
from volunteer.unit_of_work import UnitOfWork


class _Effect(NamedTuple):
    """What holds for every link of one account with the people of one referrer."""

    works_there: bool
    may_enrol: bool


def allowed(uow: UnitOfWork, account_id: UUID, candidate_id: UUID, scope: Scope) -> SupportLink | None:
    """The link by which this account may do this for that person now; ``None`` when nothing allows it."""
    link = queries.link_between(uow.session, account_id, candidate_id)
    candidate = uow.session.get(Candidate, candidate_id)
    if link is None or candidate is None:
        return None
    standing = _standing(uow, link, candidate, queries.scopes_given(uow.session, [link.id]))
    return link if allows(standing, scope, account_id=account_id, now=uow.now) else None


def person_of(
    uow: UnitOfWork, link_id: UUID, account_id: UUID
) -> tuple[SupportLink, Candidate, frozenset[Scope]]:
    """The person of this link, and what they allow this account now.

    Raises :class:`NotFound` when that is nothing, so that nobody learns whether there is such a person.
    """
    link = uow.session.get(SupportLink, link_id)
    candidate = uow.session.get(Candidate, link.candidate_id) if link else None
    if link is not None and candidate is not None:
        standing = _standing(uow, link, candidate, queries.scopes_given(uow.session, [link.id]))
        may = frozenset(
            scope for scope in Scope if allows(standing, scope, account_id=account_id, now=uow.now)
        )
        if may:
            return link, candidate, may
    raise NotFound("This is not there any more.")


def people_of(uow: UnitOfWork, account_id: UUID) -> list[tuple[SupportLink, Candidate, Collection[Scope]]]:
    """Everyone who allows this support worker something now, by first name, and what they allow.

    What is asked of the database grows with the organisations, not with the people.
    """
    linked = queries.links_of_account(uow.session, account_id)
    given: dict[UUID | None, list[Consent]] = {}
    for consent in queries.scopes_given(uow.session, [link.id for link, _candidate in linked]):
        given.setdefault(consent.support_link_id, []).append(consent)
    effects: dict[UUID, _Effect] = {}
    found: list[tuple[SupportLink, Candidate, Collection[Scope]]] = []
    for link, candidate in linked:
        if link.organisation_id not in effects:
            effects[link.organisation_id] = _effect(uow, link)
        standing = _standing(uow, link, candidate, given.get(link.id, ()), effects[link.organisation_id])
        may = [each for each in Scope if allows(standing, each, account_id=account_id, now=uow.now)]
        if may:
            found.append((link, candidate, may))
    return found


def scopes_in_force(uow: UnitOfWork, link: SupportLink) -> dict[Scope, Consent]:
    """What the person allows in this link now, by scope; whether it has any effect is another question."""
    found: dict[Scope, Consent] = {}
    for consent in queries.scopes_given(uow.session, [link.id]):
        scope = scope_of(consent.purpose)
        if scope is not None and link.ended_at is None and _yes(consent).holds(uow.now):
            found[scope] = consent
    return found


def may_pass_on(uow: UnitOfWork, link: SupportLink) -> bool:
    """Whether the person said yes in words that speak of passing answers on."""
    given = scopes_in_force(uow, link).get(Scope.HELPS_ANSWER)
    return given is not None and says_all(Scope.HELPS_ANSWER, given.text_version)


def has_effect(uow: UnitOfWork, link: SupportLink) -> bool:
    """Whether this support worker still works there, and their referrer may bring people."""
    works = queries.works_for(uow.session, link.account_id, link.organisation_id)
    return link.ended_at is None and works and may_enrol(referrers.standing(uow, link.organisation))


def give(
    uow: UnitOfWork,
    link: SupportLink,
    scopes: Collection[Scope],
    *,
    language: str,
    given_how: GivenHow,
    witness: str | None = None,
) -> None:
    """The person allows this, having read or heard it in ``language``; harmless to repeat while in force.

    A yes to words that said less makes place for this one. Raises :class:`NotFound` for a link that ended.
    """
    if link.ended_at is not None:
        raise NotFound("This is not there any more.")
    known = scopes_in_force(uow, link)
    as_now = {scope for scope, consent in known.items() if says_all(scope, consent.text_version)}
    take_back(uow, link, set(scopes) - as_now, how=given_how, witness=witness)
    for scope in sorted(set(scopes) - as_now):
        uow.session.add(
            Consent(
                candidate_id=link.candidate_id,
                support_link_id=link.id,
                purpose=consent_for(scope),
                text_version=TEXT_VERSION,
                language=language,
                given_how=given_how,
                witness=witness,
                given_at=uow.now,
                until=uow.now + SCOPE_LASTS,
            )
        )
    uow.session.flush()


def take_back(
    uow: UnitOfWork,
    link: SupportLink,
    scopes: Collection[Scope] = frozenset(Scope),
    *,
    how: GivenHow | None = None,
    witness: str | None = None,
) -> None:
    """The person takes this back, at once; harmless to repeat."""
    for scope, consent in scopes_in_force(uow, link).items():
        if scope in scopes:
            consent.withdrawn_at = uow.now
            consent.withdrawn_how, consent.withdrawn_witness = how, witness
    uow.session.flush()


def end(uow: UnitOfWork, link: SupportLink, *, by: str = EndedBy.CANDIDATE) -> str | None:
    """The person wants nothing more of this support worker: every scope ends, and the link with them.

    Every card of the file stops too, as one may be in the support worker's hand. Returns the token of the
    person's new card; ``None`` for a link that ended before.
    """
    if link.ended_at is not None:
        return None
    take_back(uow, link)
    link.ended_at, link.ended_by = uow.now, by
    note(uow, link, EntryKind.ENDED, by=by)
    return cards.renew(uow, uow.session.get_one(Candidate, link.candidate_id))


def own_link(uow: UnitOfWork, candidate: Candidate, link_id: UUID) -> SupportLink:
    """A link of this person. Raises :class:`NotFound` for one of anybody else."""
    link = uow.session.get(SupportLink, link_id, with_for_update=True, populate_existing=True)
    if link is None or link.candidate_id != candidate.id:
        raise NotFound("This is not there any more.")
    return link


def check_witness(uow: UnitOfWork, candidate_id: UUID, account_id: UUID) -> None:
    """Raise :class:`NotAllowed` when this account supports the person whose yes or no it would hear."""
    check_hearer(account_id, queries.supporters_of(uow.session, candidate_id))


def check_may_enrol(uow: UnitOfWork, account_id: UUID, organisation_id: UUID) -> Organisation:
    """The referrer for which this account may enrol people now. Raises :class:`NotAllowed`, and what comes
    first for a referrer that may not yet.
    """
    check_works_there(uow, account_id, organisation_id)
    return referrers.check_may_enrol(uow, organisation_id)


def check_works_there(uow: UnitOfWork, account_id: UUID, organisation_id: UUID) -> None:
    """Raise :class:`NotAllowed` when this account does not help people for that referrer any more."""
    if not queries.works_for(uow.session, account_id, organisation_id):
        raise NotAllowed("You do not work for this organisation any more.")


def note(
    uow: UnitOfWork,
    link: SupportLink,
    kind: EntryKind,
    *,
    by: str | None = None,
    about_id: UUID | None = None,
) -> SupportEntry:
    """Write it in the journal; without ``by`` the support worker did it."""
    entry = SupportEntry(
        id=uuid4(),
        candidate_id=link.candidate_id,
        link_id=link.id,
        kind=kind,
        done_by=by or f"account:{link.account_id}",
        done_at=uow.now,
        about_id=about_id,
    )
    uow.session.add(entry)
    return entry


def _effect(uow: UnitOfWork, link: SupportLink) -> _Effect:
    works_there = queries.works_for(uow.session, link.account_id, link.organisation_id)
    return _Effect(works_there, may_enrol(referrers.standing(uow, link.organisation)))


def _standing(
    uow: UnitOfWork,
    link: SupportLink,
    candidate: Candidate,
    given: Sequence[Consent],
    effect: _Effect | None = None,
) -> Standing:
    effect = effect or _effect(uow, link)
    yeses: dict[Scope, list[Yes]] = {}
    for consent in given:
        scope = scope_of(consent.purpose)
        if scope is not None and consent.support_link_id == link.id:
            yeses.setdefault(scope, []).append(_yes(consent))
    return Standing(
        account_id=link.account_id,
        is_confirmed=candidate.state == CandidateState.CONFIRMED,
        is_ended=link.ended_at is not None,
        works_there=effect.works_there,
        may_enrol=effect.may_enrol,
        yeses=yeses,
    )


def _yes(consent: Consent) -> Yes:
    return Yes(given_at=consent.given_at, until=consent.until, withdrawn_at=consent.withdrawn_at)
