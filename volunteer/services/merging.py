"""Making one file of two, with nothing lost: the desk chooses where answers differ, everything else moves.

Every table is named here, so that a new one cannot be forgotten: a test compares these sets with the tables.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import delete, or_, select, update

from volunteer.domain.access import Strength
from volunteer.domain.candidates import CandidateState, Channel
from volunteer.domain.consent import Purpose
from volunteer.domain.errors import ImpossibleStep, NotFound
from volunteer.domain.events.candidates import CandidateChanged, FilesMerged
from volunteer.domain.introductions import RUNNING, IntroductionState
from volunteer.models import Base, Candidate, Consent, Introduction, MergedFile, Message, ToldApart
from volunteer.queries.candidates import consents_in_force
from volunteer.services import (
    candidates,
    cards,
    devices,
    former_contacts,
    gathering_merging,
    market_merging,
    merged_messages,
    needs,
    signals,
    subscriptions,
)
from volunteer.unit_of_work import UnitOfWork

MOVED = frozenset(
    {
        "cards", "consents", "deeds", "follow_ups", "former_contacts",
        "gathering_help_readings", "gathering_parties", "incidents", "introductions", "market_visitors",
        "merged_files", "need_readings", "notes", "proposals", "referrals", "remarks", "replies",
        "signals", "suggestion_lists", "suggestions", "support_entries", "support_links",
    }
)  # fmt: skip
"""Each row of the file that goes hangs on the one that stays afterwards."""
OTHERWISE = frozenset({"candidates", "devices", "messages", "muted_topics", "told_apart"})
"""The answers, devices, what is told to the person, and who they are not: each in its own way, below."""
OF_NOBODY = frozenset(
    {
        "access_answers", "access_changes", "access_plans", "accounts", "api_tokens", "blank_cards",
        "card_groups", "consent_proofs", "deliveries", "districts", "drafts", "erasures", "figure_anchors",
        "figure_runs", "figures", "gatherings", "import_runs", "information_notes", "join_requests",
        "law_editions", "market_groups", "market_help_readings", "market_helpers", "market_zones", "markets",
        "memberships", "mornings", "opportunities", "opportunity_texts",
        "organisation_entries", "organisations", "outbox", "question_mails", "questions", "referral_counts",
        "referrer_agreements", "sent_links", "side_requests", "spent_forms", "stands", "suspensions",
        "taken_in", "task_suggestions", "team_invitations", "timetables", "travel_times", "venues", "visits",
        "weights_versions",
    }
)  # fmt: skip
"""Tables that hold nobody's file; what is on its way finds the file that stays by ``merged_files``."""
_HOW_FAR = (
    IntroductionState.ASKING,
    IntroductionState.SENT,
    IntroductionState.ACCEPTED,
    IntroductionState.MET,
    IntroductionState.STARTED,
)


class Take(StrEnum):
    """Whose answer holds where two files differ."""

    STAYS = "stays"
    GOES = "goes"
    BOTH = "both"
    """Together, where answers can be added up."""


COLUMNS: Mapping[str, tuple[str, ...]] = {
    "first_name": ("first_name",),
    "language": ("language",),
    "place": ("municipality", "postal_code", "district"),
    "way": ("travel_minutes",),
    "tasks": ("tasks_can", "tasks_want", "tasks_learn", "sectors"),
    "times": ("times",),
    "often": ("commitments",),
    "languages": ("languages",),
    "contact": ("channel", "contact_sealed", "contact_hash"),
}
"""What can be chosen, and which columns it is; what helps is chosen too, and is sealed."""
ADDED_UP = frozenset({"tasks", "often", "languages", "needs"})
NEEDS = "needs"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two files on their way to be one."""

    stays: Candidate
    goes: Candidate

    @classmethod
    def of(cls, one: Candidate, other: Candidate) -> Pair:
        """The confirmed one stays, and of two alike in that the older one."""
        order = sorted((one, other), key=lambda each: (each.state == CandidateState.PENDING, each.created_at))
        return cls(*order)


def both_have_needs(uow: UnitOfWork, pair: Pair) -> bool:
    """Whether both files hold what helps, each with its own consent."""
    return _may_hold_needs(uow, pair.stays) and _may_hold_needs(uow, pair.goes)


def added_up(pair: Pair) -> Candidate:
    """What one file would say where both answers hold; it is in no database and never will be."""
    columns = [column for field in COLUMNS for column in COLUMNS[field]]
    both = Candidate(**{column: getattr(pair.stays, column) for column in columns})
    for field in ADDED_UP & COLUMNS.keys():
        for column in COLUMNS[field]:
            setattr(both, column, _together(getattr(pair.stays, column), getattr(pair.goes, column)))
    return both


def merge(uow: UnitOfWork, pair: Pair, takes: Mapping[str, Take], *, account_id: UUID) -> Candidate:
    """Make one file of two; what is not in ``takes`` is as in the file that stays. Returns that one.

    Older links and sessions of both open nothing any more. Their cards open its first page;
    one of a file that waited may be in the hand of who began it, and stops.

    Raises :class:`ImpossibleStep` for a file with itself.
    """
    stays, goes = pair.stays, pair.goes
    if stays.id == goes.id:
        raise ImpossibleStep("This is one file already.")
    by = f"account:{account_id}"
    _merge_needs(uow, pair, takes.get(NEEDS, Take.BOTH), by=by)
    former = _merge_answers(uow, pair, takes)
    _collapse_introductions(uow, pair)
    signals.close_second(uow, [stays.id, goes.id], by=by)
    gathering_merging.sit_together(uow, stays.id, goes.id)
    market_merging.keep_one_card(uow, stays.id, goes.id)
    uow.session.flush()
    old_id, external_id = goes.id, goes.external_id
    # Whoever began the file that goes, alike in name, must not see all of the other one by that: each of its
    # devices is asked about once more.
    devices.forget_all(uow, goes)
    if goes.state == CandidateState.PENDING:
        cards.revoke(uow, goes)
    _move(uow, stays.id, old_id)
    uow.session.expire_all()
    uow.session.execute(delete(Candidate).where(Candidate.id == old_id))
    second = external_id if stays.external_id else None
    stays.external_id = stays.external_id or external_id
    uow.session.add(
        MergedFile(old_id=old_id, candidate_id=stays.id, external_id=second, merged_by=by, merged_at=uow.now)
    )
    _heed_the_last_word(uow, stays.id)
    uow.record(FilesMerged(stays.id, old_id))
    cause_id = uow.record(CandidateChanged(stays.id))
    if former:
        former_contacts.keep_and_tell(uow, stays, *former, cause_id=cause_id)
    return stays


def two_files(uow: UnitOfWork, one: UUID, other: UUID) -> Pair:
    """Both files, held until the transaction ends, always in the same order. Raises :class:`NotFound`."""
    held = {each: uow.session.get(Candidate, each, with_for_update=True) for each in sorted((one, other))}
    first, second = held[one], held[other]
    if first is None or second is None:
        raise NotFound("This file is not there any more.")
    return Pair.of(first, second)


def _merge_answers(uow: UnitOfWork, pair: Pair, takes: Mapping[str, Take]) -> tuple[Channel, str] | None:
    """Take over the chosen answers; returns how the person could be reached too, where that is given up."""
    stays, goes = pair.stays, pair.goes
    reached = {each: (Channel(each.channel), candidates.contact_of(uow, each)) for each in (stays, goes)}
    for field, columns in COLUMNS.items():
        take = takes.get(field, Take.STAYS)
        for column in columns:
            mine, theirs = getattr(stays, column), getattr(goes, column)
            if take is Take.GOES:
                setattr(stays, column, theirs)
            elif take is Take.BOTH and field in ADDED_UP:
                setattr(stays, column, _together(mine, theirs))
    stays.created_at = min(stays.created_at, goes.created_at)
    # Whoever opened one of them by a link or a session proved nothing about the other: both are closed.
    stays.session_epoch = max(stays.session_epoch, goes.session_epoch) + 1
    stays.seen_on = max(filter(None, (stays.seen_on, goes.seen_on)), default=None)
    channel, contact = reached[stays if takes.get("contact") is Take.GOES else goes]
    is_new = (channel, contact) != reached[goes if takes.get("contact") is Take.GOES else stays]
    return (channel, contact) if contact and is_new else None


def _together(mine: object, theirs: object) -> object:
    if isinstance(mine, dict) and isinstance(theirs, dict):
        every = sorted(mine.keys() | theirs.keys())
        return {code: max(mine.get(code, 0), theirs.get(code, 0)) for code in every}
    return sorted({*mine, *theirs}) if isinstance(mine, list) and isinstance(theirs, list) else mine


def _merge_needs(uow: UnitOfWork, pair: Pair, take: Take, *, by: str) -> None:
    """Only where both agreed anything is opened, and that is written in both journals."""
    if not _may_hold_needs(uow, pair.goes):
        return
    if not _may_hold_needs(uow, pair.stays) or take is Take.GOES:
        pair.stays.needs_sealed = pair.goes.needs_sealed
    elif take is Take.BOTH:
        mine = needs.read(uow, pair.stays, reader=by, purpose="merging")
        theirs = needs.read(uow, pair.goes, reader=by, purpose="merging")
        must = {code for code, how in (*mine.items(), *theirs.items()) if how is Strength.MUST}
        every = {code: Strength.MUST if code in must else Strength.NICE for code in (*mine, *theirs)}
        pair.stays.needs_sealed = needs.seal(uow, every)


def _may_hold_needs(uow: UnitOfWork, candidate: Candidate) -> bool:
    agreed = consents_in_force(uow.session, candidate.id, Purpose.NEEDS, now=uow.now)
    return candidate.needs_sealed is not None and bool(agreed)


def _collapse_introductions(uow: UnitOfWork, pair: Pair) -> None:
    """Of two that run for one role, the one that is further stays, in the place of the older."""
    ids = [pair.stays.id, pair.goes.id]
    running = uow.session.scalars(
        select(Introduction)
        .where(Introduction.candidate_id.in_(ids), Introduction.state.in_(RUNNING))
        .order_by(Introduction.asked_at, Introduction.id)
        .with_for_update()
    ).all()
    by_role: dict[UUID, list[Introduction]] = {}
    for each in running:
        by_role.setdefault(each.opportunity_id, []).append(each)
    for twice in by_role.values():
        if len(twice) > 1:
            _collapse(uow, twice)


def _collapse(uow: UnitOfWork, twice: Sequence[Introduction]) -> None:
    furthest = max(
        twice, key=lambda each: (_HOW_FAR.index(IntroductionState(each.state)), each.answered_at is not None)
    )
    furthest.asked_at = min(each.asked_at for each in twice)
    sent = [each.sent_at for each in twice if each.sent_at]
    furthest.sent_at = min(sent) if sent else None
    for each in twice:
        if each is not furthest:
            uow.session.execute(
                update(Message).where(Message.about_id == each.id).values(about_id=furthest.id)
            )
            uow.session.delete(each)


def _move(uow: UnitOfWork, stays: UUID, goes: UUID) -> None:
    for name in sorted(MOVED):
        table = Base.metadata.tables[name]
        for column in table.columns:
            if any(key.column.table.name == "candidates" for key in column.foreign_keys):
                uow.session.execute(update(table).where(column == goes).values({column.name: stays}))
    merged_messages.move(uow, stays, goes)
    subscriptions.move(uow, stays, goes)
    _move_told_apart(uow, stays, goes)


def _move_told_apart(uow: UnitOfWork, stays: UUID, goes: UUID) -> None:
    """Whoever the file that goes is not, the one that stays is not either; but it is the other of the two."""
    pairs = uow.session.scalars(
        select(ToldApart).where(
            or_(ToldApart.older_id.in_([stays, goes]), ToldApart.newer_id.in_([stays, goes]))
        )
    ).all()
    known: set[frozenset[UUID]] = set()
    for each in sorted(pairs, key=lambda pair: goes in {pair.older_id, pair.newer_id}):
        both = [stays if end == goes else end for end in (each.older_id, each.newer_id)]
        if len(set(both)) == 1 or frozenset(both) in known:
            uow.session.delete(each)
        else:
            each.older_id, each.newer_id = both
            known.add(frozenset(both))
    uow.session.flush()


def _heed_the_last_word(uow: UnitOfWork, candidate_id: UUID) -> None:
    """What the person took back in one file they took back: a yes that is older does not outlive it."""
    every = uow.session.scalars(select(Consent).where(Consent.candidate_id == candidate_id)).all()
    last: dict[tuple[str, UUID | None], datetime] = {}
    for each in every:
        if each.withdrawn_at:
            about = (each.purpose, each.support_link_id)
            last[about] = max(each.withdrawn_at, last.get(about, each.withdrawn_at))
    for each in every:
        taken_back = last.get((each.purpose, each.support_link_id))
        if each.withdrawn_at is None and taken_back and each.given_at < taken_back:
            each.withdrawn_at = taken_back
    file = uow.session.get_one(Candidate, candidate_id)
    if file.needs_sealed and not consents_in_force(uow.session, candidate_id, Purpose.NEEDS, now=uow.now):
        file.needs_sealed = needs.seal(uow, {})
