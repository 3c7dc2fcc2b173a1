"""Words of a team that somebody at the desk reads before the person does, and passes on or holds back."""

from __future__ import annotations

from uuid import UUID

from volunteer.domain.candidates import clean_words
from volunteer.domain.errors import NotFound
from volunteer.domain.events.introductions import RemarkHeldBack, RemarkPassedOn, RemarkWritten
from volunteer.domain.introductions import DeclineReason
from volunteer.domain.remarks import Decision, RemarkState, after
from volunteer.models import Introduction, Remark
from volunteer.models.base import field_name
from volunteer.queries.remarks import remark_with
from volunteer.unit_of_work import UnitOfWork

LONGEST_REMARK = 300
_WORDS = field_name("remarks", "words_sealed")


def write(uow: UnitOfWork, introduction: Introduction, words: str) -> None:
    """Keep what a team wrote, if it did, for the desk to read. Raises :class:`InvalidValue`."""
    clean = clean_words(words, longest=LONGEST_REMARK, field="remark")
    if not clean:
        return
    uow.session.add(
        Remark(
            introduction_id=introduction.id,
            candidate_id=introduction.candidate_id,
            state=RemarkState.WAITING,
            words_sealed=uow.keyring.seal(clean, field=_WORDS),
            written_at=uow.now,
        )
    )
    uow.record(RemarkWritten(introduction.id))


def pass_on(uow: UnitOfWork, remark_id: UUID, *, account_id: UUID) -> None:
    """The person hears these words, as they are. Raises :class:`NotFound`, and ``ImpossibleStep`` twice."""
    remark = _decide(uow, remark_id, Decision.FORWARD, account_id)
    uow.record(RemarkPassedOn(remark.introduction_id))


def hold_back(uow: UnitOfWork, remark_id: UUID, *, reason: DeclineReason, account_id: UUID) -> None:
    """The person reads this standard reason instead, and the words are erased. Raises as :func:`pass_on`."""
    remark = _decide(uow, remark_id, Decision.HOLD_BACK, account_id)
    remark.words_sealed = None
    remark.introduction.decline_reason = reason
    uow.record(RemarkHeldBack(remark.introduction_id))


def words_of(uow: UnitOfWork, remark: Remark) -> str:
    """What was written; empty where it was held back. For the desk, and for nobody else."""
    return uow.keyring.open(remark.words_sealed, field=_WORDS) if remark.words_sealed else ""


def passed_on(uow: UnitOfWork, introduction: Introduction) -> str:
    """What the person may read: the words once the desk passed them on, else nothing."""
    remark = remark_with(uow.session, introduction.id)
    if remark is None or remark.state != RemarkState.PASSED_ON:
        return ""
    return words_of(uow, remark)


def state_of(uow: UnitOfWork, introduction: Introduction) -> RemarkState | None:
    """How far the words of this team got; ``None`` where it wrote none."""
    remark = remark_with(uow.session, introduction.id)
    return RemarkState(remark.state) if remark is not None else None


def _decide(uow: UnitOfWork, remark_id: UUID, decision: Decision, account_id: UUID) -> Remark:
    remark = uow.session.get(Remark, remark_id, with_for_update=True, populate_existing=True)
    if remark is None:
        raise NotFound("This was done already.")
    remark.state = after(RemarkState(remark.state), decision)
    remark.read_at, remark.read_by = uow.now, f"account:{account_id}"
    return remark
