"""Which messages come with a calendar file, and what it says."""

from __future__ import annotations

from datetime import datetime

from volunteer.domain.appointments import Appointment, Method
from volunteer.domain.introductions import IntroductionState
from volunteer.domain.messages import MessageKind, Recipient
from volunteer.domain.places import MUNICIPALITIES
from volunteer.messages import seats
from volunteer.messages.words import Facts
from volunteer.models import Introduction, Message, Venue
from volunteer.translation import listed, translations
from volunteer.unit_of_work import UnitOfWork

CHANGES_A_CALENDAR = frozenset(
    {
        MessageKind.ACCEPTED,
        MessageKind.MOVED,
        MessageKind.REMINDER,
        MessageKind.TEAM_REMINDER,
        MessageKind.TIME_CHOSEN,
        MessageKind.DECLINED,
        MessageKind.WITHDRAWN,
    }
)


def appointment_in(uow: UnitOfWork, message: Message, facts: Facts) -> Appointment | None:
    """What a calendar is to know by this message; ``None`` where no moment was ever agreed."""
    if message.kind in seats.CHECKS:
        return seats.appointment_in(uow, message, facts)
    introduction = uow.session.get(Introduction, message.about_id)
    if message.kind not in CHANGES_A_CALENDAR or introduction is None:
        return None
    return appointment_of(
        introduction, facts, for_team=message.recipient != Recipient.CANDIDATE, made_at=message.created_at
    )


def appointment_of(
    introduction: Introduction, facts: Facts, *, for_team: bool, made_at: datetime
) -> Appointment | None:
    """The appointment of an introduction as one of the two sides writes it down."""
    if not introduction.agreed_changes:
        return None
    holds = introduction.state == IntroductionState.ACCEPTED and introduction.agreed_at is not None
    _ = translations(facts.language).gettext
    whom = facts.first_name if for_team else facts.organisation
    return Appointment(
        id=introduction.id,
        # Each agreed moment takes two numbers: the second one takes it back.
        sequence=2 * introduction.agreed_changes + (0 if holds else 1),
        method=Method.PUBLISH if holds else Method.CANCEL,
        starts_at=introduction.agreed_at,
        made_at=made_at,
        title=_("Introduction: %(whom)s, “%(role)s”") % {"whom": whom, "role": facts.role},
        place=_address(introduction.opportunity.venue, facts.language),
    )


def _address(venue: Venue | None, language: str) -> str:
    if venue is None or not venue.street:
        return ""
    town = MUNICIPALITIES.get(venue.municipality or "")
    return listed([venue.street, *([town.label(language)] if town else [])], language)
