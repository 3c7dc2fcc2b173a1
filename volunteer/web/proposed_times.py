"""Proposed times on the pages of whoever chooses: the person, or somebody at the desk with them."""

from __future__ import annotations

from uuid import UUID

from flask import request

from volunteer.models import Candidate, Introduction
from volunteer.services import proposals
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.calendar_reply import said_moment
from volunteer.web.forms import proposed_times as forms
from volunteer.web.language import gettext as _


def buttons(uow: UnitOfWork, introduction: Introduction) -> list[tuple[str, str]]:
    """What can be chosen now: the value of a button, and the time in words."""
    return [(each.isoformat(), said_moment(each)) for each in proposals.still_open(uow, introduction)]


def take_answer(uow: UnitOfWork, candidate: Candidate, introduction_id: UUID) -> str:
    """Do what the pressed button says, and return what to say. Raises as the services, and
    :class:`InvalidValue` where no button was pressed.
    """
    if forms.cannot_come(request.form):
        proposals.cannot_come(uow, candidate, introduction_id)
        return _("We ask them for another time. You hear from us. You can also call us.")
    moment = forms.chosen(request.form)
    if moment is None:
        proposals.turn_down(uow, candidate, introduction_id)
        return _("We ask them for other times. You hear from us. You can also call us.")
    proposals.choose(uow, candidate, introduction_id, moment)
    return _("You meet on %(moment)s. We tell them.", moment=said_moment(moment))
