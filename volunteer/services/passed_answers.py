"""Answers that a support worker passes on: the person's own act, written down with who did it.

Only with the person's yes to it, and only where it answers what was asked. The person hears of each by their
own channel, and can undo it, or say that it was not theirs.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from volunteer.domain.candidates import Channel
from volunteer.domain.errors import ImpossibleStep, NotAllowed, NotFound
from volunteer.domain.follow_ups import Going, Side
from volunteer.domain.introductions import IntroductionState
from volunteer.domain.messages import MessageKind
from volunteer.domain.support import EndedBy, EntryKind, PassedAnswer, Scope
from volunteer.models import Candidate, FollowUp, Introduction, SupportEntry, SupportLink
from volunteer.queries.organisations import gets_people
from volunteer.services import (
    candidates,
    follow_ups,
    messages,
    pending_files,
    proposals,
    support_links,
)
from volunteer.unit_of_work import UnitOfWork


def choose_time(
    uow: UnitOfWork, link_id: UUID, introduction_id: UUID, moment: datetime | None, *, account_id: UUID
) -> None:
    """One of the proposed times, or none of them. Raises as :func:`_helped`, ``proposals.choose``."""
    link, candidate = _helped(uow, link_id, account_id)
    if moment is None:
        proposals.turn_down(uow, candidate, introduction_id)
    else:
        proposals.choose(uow, candidate, introduction_id, moment)
    kind = EntryKind.TIME_REFUSED if moment is None else EntryKind.TIME_CHOSEN
    _write_down(uow, link, candidate, kind, introduction_id).chosen_at = moment


def cannot_come(uow: UnitOfWork, link_id: UUID, introduction_id: UUID, *, account_id: UUID) -> None:
    """They cannot come at the agreed moment. Raises as :func:`_helped`, ``proposals.cannot_come``."""
    link, candidate = _helped(uow, link_id, account_id)
    proposals.cannot_come(uow, candidate, introduction_id)
    _write_down(uow, link, candidate, EntryKind.CANNOT_COME, introduction_id)


def tell_how(uow: UnitOfWork, link_id: UUID, follow_up_id: UUID, going: Going, *, account_id: UUID) -> None:
    """How it goes, as the person says. Raises as :func:`_helped`, ``follow_ups.answer``."""
    link, candidate = _helped(uow, link_id, account_id)
    asked = follow_ups.found(uow, follow_up_id)
    if asked.candidate_id != candidate.id or asked.side != Side.PERSON:
        raise NotFound("This is not there any more.")
    follow_ups.answer(uow, follow_up_id, going, answered_by=f"account:{account_id}")
    _write_down(uow, link, candidate, EntryKind.TOLD_HOW, follow_up_id)


def own_entry(uow: UnitOfWork, candidate: Candidate, entry_id: UUID, *, hold: bool = False) -> SupportEntry:
    """An answer that was passed on for this person. Raises :class:`NotFound` for anything else."""
    entry = uow.session.get(SupportEntry, entry_id, with_for_update=hold or None, populate_existing=hold)
    if entry is None or entry.candidate_id != candidate.id or entry.about_id is None:
        raise NotFound("This is not there any more.")
    return entry


def by_link(uow: UnitOfWork, entry_id: UUID, proof: str) -> Candidate:
    """Whose answer a link of a message shows. Raises :class:`NotFound`, and :class:`NotAllowed` once they
    are reached elsewhere.
    """
    entry = uow.session.get(SupportEntry, entry_id)
    candidate = uow.session.get(Candidate, entry.candidate_id) if entry else None
    if candidate is None:
        raise NotFound("This is not there any more.")
    if proof != candidates.address_proof(candidate):
        raise NotAllowed("This link is too old. Ask for a new one.", code="link_expired")
    return candidate


def state_of(uow: UnitOfWork, entry: SupportEntry) -> PassedAnswer:
    """What became of this answer."""
    return PassedAnswer(
        kind=EntryKind(entry.kind),
        done_at=entry.done_at,
        stands=_stands(uow, entry),
        waits=_waits(uow, entry),
        is_taken_back=entry.undone_at is not None,
        is_denied=entry.denied_at is not None,
    )


def said_how(uow: UnitOfWork, entry: SupportEntry) -> Going | None:
    """What was said of how it goes; ``None`` for another answer, and once another one took its place."""
    asked = uow.session.get(FollowUp, entry.about_id) if entry.kind == EntryKind.TOLD_HOW else None
    is_same = asked is not None and asked.answered_at == entry.done_at
    return Going(asked.going) if asked is not None and asked.going and is_same else None


def undo(uow: UnitOfWork, candidate: Candidate, entry_id: UUID, *, by: str = EndedBy.CANDIDATE) -> None:
    """The person takes the answer back. Raises :class:`NotFound`, and :class:`ImpossibleStep` where something
    came after it.
    """
    entry, link = _held(uow, candidate, entry_id)
    if not state_of(uow, entry).can_be_undone(uow.now):
        raise ImpossibleStep("This cannot be undone any more. Call us, and we look at it together.")
    _take_back(uow, candidate, entry)
    entry.undone_at = uow.now
    support_links.note(uow, link, EntryKind.UNDONE, by=by)


def deny(
    uow: UnitOfWork, candidate: Candidate, entry_id: UUID, *, language: str, by: str = EndedBy.CANDIDATE
) -> bool:
    """That was not them: what can be undone is, this support worker answers nothing more, and the desk hears.

    Returns whether what it led to is taken back. Raises :class:`NotFound`, and :class:`ImpossibleStep` when
    it was said before, or is too long ago.
    """
    entry, link = _held(uow, candidate, entry_id)
    state = state_of(uow, entry)
    if not state.can_be_denied(uow.now):
        raise ImpossibleStep("You said this already, or it is too long ago. Call us if something is wrong.")
    if state.can_be_undone(uow.now):
        _take_back(uow, candidate, entry)
        entry.undone_at = uow.now
    entry.denied_at = uow.now
    support_links.take_back(uow, link, {Scope.HELPS_ANSWER})
    support_links.note(uow, link, EntryKind.DENIED, by=by)
    pending_files.tell_desk_of_answer(uow, link, language)
    return entry.undone_at is not None


def _held(uow: UnitOfWork, candidate: Candidate, entry_id: UUID) -> tuple[SupportEntry, SupportLink]:
    """The entry and its link, until the transaction ends; raises as :func:`own_entry`."""
    # The link comes before what was answered, as for whoever passes an answer on: nobody waits in a circle.
    entry = own_entry(uow, candidate, entry_id, hold=True)
    return entry, support_links.own_link(uow, candidate, entry.link_id)


def _helped(uow: UnitOfWork, link_id: UUID, account_id: UUID) -> tuple[SupportLink, Candidate]:
    """The person whose answer this account may pass on, until the transaction ends.

    Raises :class:`NotFound` where the person allows nothing, and :class:`NotAllowed` without a yes to this.
    """
    # Whoever takes the yes back holds the link too: of two at the same moment, one comes first.
    uow.session.get(SupportLink, link_id, with_for_update=True, populate_existing=True)
    link, candidate, may = support_links.person_of(uow, link_id, account_id)
    if Scope.HELPS_ANSWER not in may or not support_links.may_pass_on(uow, link):
        raise NotAllowed("This person does not want you to pass their answers on.")
    return link, candidate


def _write_down(
    uow: UnitOfWork, link: SupportLink, candidate: Candidate, kind: EntryKind, about_id: UUID
) -> SupportEntry:
    entry = support_links.note(uow, link, kind, about_id=about_id)
    uow.session.flush()
    # What keeps an eye on the support worker does not go through the support worker.
    is_theirs = candidate.channel == Channel.SUPPORT_WORKER
    messages.tell_candidate(
        uow,
        candidate,
        MessageKind.PASSED_ANSWER,
        about_id=entry.id,
        cause_id=entry.id,
        channel=Channel.DESK if is_theirs else None,
    )
    return entry


def _stands(uow: UnitOfWork, entry: SupportEntry) -> bool:
    if entry.kind == EntryKind.TIME_CHOSEN:
        return _time_stands(uow, entry)
    if entry.kind == EntryKind.TOLD_HOW:
        asked = uow.session.get(FollowUp, entry.about_id)
        goes_on = asked is not None and asked.introduction.state == IntroductionState.STARTED
        return asked is not None and goes_on and asked.answered_at == entry.done_at
    return False


def _time_stands(uow: UnitOfWork, entry: SupportEntry) -> bool:
    """Whether they still meet at this moment, because of this choice: what came later has a later date."""
    chosen = uow.session.get(Introduction, entry.about_id)
    if chosen is None or not proposals.has_appointment(uow, chosen) or chosen.agreed_at != entry.chosen_at:
        return False
    return chosen.answered_at is not None and chosen.answered_at <= entry.done_at


def _waits(uow: UnitOfWork, entry: SupportEntry) -> bool:
    met = uow.session.get(Introduction, entry.about_id) if entry.kind == EntryKind.TIME_CHOSEN else None
    return met is not None and not gets_people(uow.session, met.organisation_id)


def _take_back(uow: UnitOfWork, candidate: Candidate, entry: SupportEntry) -> None:
    if entry.about_id is None:
        return
    if entry.kind == EntryKind.TIME_CHOSEN:
        proposals.cannot_come(uow, candidate, entry.about_id)
    else:
        follow_ups.reopen(uow, follow_ups.found(uow, entry.about_id, hold=True))
