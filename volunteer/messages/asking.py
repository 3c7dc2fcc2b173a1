"""What a mail with questions, or about a plan, is about: each question has a link of its own."""

from __future__ import annotations

from dataclasses import replace

from volunteer.domain.messages import MessageKind
from volunteer.links import Links, Purpose
from volunteer.messages.words import Facts
from volunteer.models import AccessPlan, Message
from volunteer.services import access_plans, question_links
from volunteer.unit_of_work import UnitOfWork


def with_questions(uow: UnitOfWork, message: Message, links: Links, facts: Facts, proof: str) -> Facts:
    """The facts with what is asked; as they were for any other kind of message."""
    if message.kind != MessageKind.QUESTIONS:
        return facts
    asked = question_links.lines(
        uow,
        message.about_id,
        language=message.language,
        link_to=lambda question_id: links.make(Purpose.ANSWER_QUESTION, question_id, proof=proof),
    )
    return replace(facts, asked=asked)


def is_unanswered(uow: UnitOfWork, message: Message) -> bool:
    """Whether anything of it is still a question."""
    return bool(question_links.still_open(uow, message.about_id))


def plan_stands(uow: UnitOfWork, message: Message) -> bool:
    """Whether the plan is neither done nor dropped."""
    plan = uow.session.get(AccessPlan, message.about_id)
    return plan is not None and plan.state == access_plans.OPEN
