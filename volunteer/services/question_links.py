"""What a link about a question proves: that whoever it was sent to may still speak for the organisation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from volunteer.domain.access import FEATURES
from volunteer.domain.accounts import ANSWERING
from volunteer.domain.errors import NotAllowed, NotFound
from volunteer.domain.opportunities import Scope
from volunteer.domain.questions import QuestionState, in_order_of_the_check, is_before_the_team
from volunteer.models import Account, Organisation, Question, QuestionMail, Venue
from volunteer.queries.accounts import members_of
from volunteer.services import organisations
from volunteer.unit_of_work import UnitOfWork

_ACCOUNT, _ADDRESS = "account:", "address:"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question behind a link, and in whose name it is answered."""

    question: Question
    said_by: str


def of_account(account: Account) -> str:
    """The proof for somebody who speaks for the organisation: good as long as they do."""
    return f"{_ACCOUNT}{account.id.hex}"


def of_address(organisation: Organisation) -> str:
    """The proof for the address we write to: good as long as it is that one."""
    return f"{_ADDRESS}{organisations.address_proof(organisation)}"


def asked_by(uow: UnitOfWork, question_id: UUID, proof: str) -> Asked:
    """The question of such a link, answered or not; looking at it changes nothing.

    Raises :class:`NotFound`, and :class:`NotAllowed` for who does not speak for the organisation any more.
    """
    question = uow.session.get(Question, question_id)
    if question is None or is_gone(uow, question):
        raise NotFound("This question is not there any more.")
    mine = question.organisation_id
    for account in members_of(uow.session, mine, roles=ANSWERING):
        if proof == of_account(account):
            return Asked(question, f"account:{account.id}")
    has_address = question.organisation.email_hash is not None
    if has_address and proof == of_address(question.organisation):
        return Asked(question, f"mail:{mine}")
    raise NotAllowed("This link does not work any more. Log in instead.", code="link_invalid")


def is_gone(uow: UnitOfWork, question: Question) -> bool:
    """Whether the team cannot answer it any more: by its day, never by whether somebody waits for it."""
    is_old = question.asked_on is not None and not is_before_the_team(uow.today, asked_on=question.asked_on)
    return question.state == QuestionState.DROPPED or (question.state == QuestionState.OPEN and is_old)


def still_open(uow: UnitOfWork, mail_id: UUID) -> list[Question]:
    """What of a mail nobody answered yet, in the order of the check."""
    mail = uow.session.get(QuestionMail, mail_id)
    if mail is None:
        return []
    found = uow.session.scalars(
        select(Question).where(
            Question.id.in_([UUID(each) for each in mail.question_ids]),
            Question.state == QuestionState.OPEN,
        )
    ).all()
    codes = in_order_of_the_check(question.code for question in found)
    return sorted(found, key=lambda question: (codes.index(question.code), question.id))


def lines(
    uow: UnitOfWork, mail_id: UUID, *, language: str, link_to: Callable[[UUID], str]
) -> tuple[tuple[str, str], ...]:
    """Each open question of a mail in words, with its own link."""
    return tuple(
        (f"{FEATURES[each.code].label(language)} ({where(uow, each)})", link_to(each.id))
        for each in still_open(uow, mail_id)
    )


def where(uow: UnitOfWork, question: Question) -> str:
    """The street or the role that a question is about, in the words of the organisation."""
    venue = uow.session.get(Venue, question.scope_id) if question.scope == Scope.VENUE else None
    return (venue.street if venue else None) or question.opportunity.title
