"""An organisation answered: whoever waited for it is looked at again."""

from __future__ import annotations

from volunteer.handlers.reaction import Cause, Ports
from volunteer.models import Question
from volunteer.services import introductions
from volunteer.unit_of_work import UnitOfWork


def waiting_introductions(cause: Cause, uow: UnitOfWork, ports: Ports) -> None:
    """A yes sends an introduction out, a no lets it fall through, another unknown lets it wait."""
    question = uow.session.get(Question, cause.event.question_id)
    if question is not None:
        introductions.reconsider(uow, question.organisation_id)
