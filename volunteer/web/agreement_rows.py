"""What a person agrees to, in words: when and how each yes was given, and what taking it back does."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for

from volunteer.domain.access import FEATURES
from volunteer.domain.consent import NECESSARY, GivenHow, Purpose, shared_with
from volunteer.domain.support import scope_of
from volunteer.models import Candidate, Consent, Organisation
from volunteer.queries.candidates import consents_in_force, consents_of
from volunteer.queries.introductions import introductions_of
from volunteer.services import introductions
from volunteer.unit_of_work import UnitOfWork
from volunteer.web import support_words
from volunteer.web.consent_words import words_here
from volunteer.web.dates import spoken_day
from volunteer.web.forms.signup import CONSENTS
from volunteer.web.language import current_language, joined
from volunteer.web.language import gettext as _

_FIELDS = {purpose: name for name, purpose in CONSENTS.items()} | {Purpose.NEEDS: "consent_needs"}
_PICTURES = {
    Purpose.ACCOUNT: "lock",
    Purpose.MATCH: "search",
    Purpose.NEEDS: "heart-handshake",
    Purpose.FOLLOW_UP: "message-2",
    Purpose.STATISTICS: "chart-bar",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """One thing that somebody may agree to."""

    key: str
    """For ids on the page."""
    title: str
    text: str
    picture: str
    is_given: bool
    when: str
    """When and how it was given, until when it lasts, or when it was taken back; empty when it never was."""
    effect: str
    """What happens when it is taken back."""
    give_url: str | None
    """A POST, or a page when ``gives_on_page``."""
    gives_on_page: bool
    take_url: str | None
    """A POST, or the page that erases when ``takes_on_page``."""
    takes_on_page: bool


def agreements_of(uow: UnitOfWork, candidate: Candidate) -> list[Agreement]:
    """The five that everybody is asked, and every organisation this person shares something with."""
    every = consents_of(uow.session, candidate.id)
    in_force = {each.purpose: each for each in consents_in_force(uow.session, candidate.id, now=uow.now)}
    newest = {each.purpose: each for each in every}
    asked = [
        _asked(uow, purpose, newest.get(purpose), candidate, is_given=purpose in in_force)
        for purpose in Purpose
    ]
    shared = [_shared(uow, consent) for consent in in_force.values() if shared_with(consent.purpose)]
    return [*asked, *shared]


def who_knows(uow: UnitOfWork, candidate: Candidate) -> list[tuple[str, str]]:
    """Organisations that were told something of what helps this person: their name, and what it was."""
    told: dict[str, set[str]] = {}
    for each in introductions_of(uow.session, candidate.id):
        if each.sent_at is not None:
            name = each.opportunity.organisation.name
            told.setdefault(name, set()).update(introductions.choice_of(uow, each).needs)
    reader = current_language()
    return [
        (name, joined(each.label(reader) for code, each in FEATURES.items() if code in needs))
        for name, needs in told.items()
        if needs
    ]


def given(consent: Consent) -> str:
    """When and how somebody said yes, in a sentence."""
    sentences = {
        GivenHow.OWN_DEVICE: _("You said yes on %(day)s, on this website."),
        GivenHow.KIOSK: _("You said yes on %(day)s, on the tablet of the info desk."),
        GivenHow.DESK: _("You said yes on %(day)s, at the info desk."),
        GivenHow.PAPER: _("You said yes on %(day)s, on paper."),
        GivenHow.API: _("You said yes on %(day)s, in another program."),
        GivenHow.DEMO: _("You said yes on %(day)s. This file is invented."),
    }
    said = sentences[GivenHow(consent.given_how)] % {"day": spoken_day(consent.given_at)}
    return f"{said} {_('%(name)s heard it.', name=consent.witness)}" if consent.witness else said


def ended(consent: Consent) -> str:
    """When a yes was taken back or came to its end."""
    if consent.withdrawn_at is not None:
        said = _("You took it back on %(day)s.", day=spoken_day(consent.withdrawn_at))
        witness = consent.withdrawn_witness
        return f"{said} {_('%(name)s heard it.', name=witness)}" if witness else said
    return _("It ended on %(day)s.", day=spoken_day(consent.until)) if consent.until else ""


def title_of(uow: UnitOfWork, purpose: str) -> str:
    """What a yes was about, in a few words."""
    if scope := scope_of(purpose):
        return support_words.title_of(scope)
    organisation_id = shared_with(purpose)
    if organisation_id is None:
        return words_here(_FIELDS[Purpose(purpose)])[0]
    organisation = uow.session.get(Organisation, organisation_id)
    return _(
        "%(organisation)s may know what you chose", organisation=organisation.name if organisation else "–"
    )


def _asked(
    uow: UnitOfWork, purpose: Purpose, newest: Consent | None, candidate: Candidate, *, is_given: bool
) -> Agreement:
    title, text = words_here(_FIELDS[purpose])
    is_needed, is_about_needs = purpose in NECESSARY, purpose is Purpose.NEEDS
    if is_about_needs:
        give_url = url_for("me.change", step="helps")
    else:
        give_url = url_for("me.give_consent", purpose=purpose)
    return Agreement(
        key=purpose,
        title=title,
        text=text,
        picture=_PICTURES[purpose],
        is_given=is_given,
        when=_when(newest, is_given=is_given),
        effect=_effect(purpose, others_know=is_about_needs and bool(who_knows(uow, candidate))),
        give_url=None if is_given or is_needed else give_url,
        gives_on_page=is_about_needs,
        take_url=url_for("me.erase") if is_needed else url_for("me.take_consent_back", purpose=purpose),
        takes_on_page=is_needed,
    )


def _shared(uow: UnitOfWork, consent: Consent) -> Agreement:
    return Agreement(
        key=consent.purpose.replace(":", "-"),
        title=title_of(uow, consent.purpose),
        text=_("They see your first name, and what you chose to share."),
        picture="users",
        is_given=True,
        when=_when(consent, is_given=True),
        effect=_(
            "Then you stop with them. They see nothing of you any more. What they read, they may remember."
        ),
        give_url=None,
        gives_on_page=False,
        take_url=url_for("me.take_consent_back", purpose=consent.purpose),
        takes_on_page=False,
    )


def _when(newest: Consent | None, *, is_given: bool) -> str:
    if newest is None:
        return ""
    if not is_given:
        return ended(newest)
    until = _("It lasts until %(day)s.", day=spoken_day(newest.until)) if newest.until else ""
    return " ".join(filter(None, (given(newest), until)))


def _effect(purpose: Purpose, *, others_know: bool) -> str:
    match purpose:
        case Purpose.ACCOUNT:
            return _("Without this yes there is no file. Then we erase everything.")
        case Purpose.MATCH:
            return _("Without this yes we cannot look for you. Then we erase everything.")
        case Purpose.NEEDS if others_know:
            return _(
                "Then we erase what helps you, at once. We also take it off the pages of organisations. "
                "What they read, they may remember."
            )
        case Purpose.NEEDS:
            return _("Then we erase what helps you, at once. What we still ask for you stops.")
        case Purpose.FOLLOW_UP:
            return _("Then you only hear from us about what you ask yourself.")
        case Purpose.STATISTICS:
            return _("Then we count and learn without you from now on.")
