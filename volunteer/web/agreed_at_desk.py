"""What somebody agrees to, as the desk hears it: to be taken back or given in words, before a witness."""

from __future__ import annotations

from dataclasses import dataclass

from volunteer.domain.consent import NECESSARY, Purpose, shared_with
from volunteer.models import Candidate, Consent, Organisation
from volunteer.queries.candidates import consents_in_force, consents_of
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.consent_words import Spoken, aloud
from volunteer.web.dates import spoken_day
from volunteer.web.language import gettext as _


@dataclass(frozen=True, slots=True)
class Agreed:
    """One thing that somebody agrees to, or could."""

    purpose: str
    what: str
    how: str
    """When and how it was given or taken back; empty when it never was."""
    is_given: bool
    is_needed: bool
    """Whether the file itself hangs on it: taking it back is erasing the file."""
    effect: str
    """What happens when it is taken back."""
    words: list[Spoken]
    """What is read aloud before a yes: in the person's language, then in that of the desk worker."""


def agreed(uow: UnitOfWork, candidate: Candidate) -> list[Agreed]:
    """The five that everybody is asked, then every organisation this person shares something with."""
    in_force = {each.purpose: each for each in consents_in_force(uow.session, candidate.id, now=uow.now)}
    newest = {each.purpose: each for each in consents_of(uow.session, candidate.id)}
    asked = [
        _asked(purpose, in_force.get(purpose), newest.get(purpose), candidate.language) for purpose in Purpose
    ]
    return [*asked, *(_shared(uow, each) for each in in_force.values() if shared_with(each.purpose))]


def _asked(purpose: Purpose, now: Consent | None, newest: Consent | None, language: str) -> Agreed:
    names = {
        Purpose.ACCOUNT: _("Keep the answers"),
        Purpose.MATCH: _("Look for tasks"),
        Purpose.NEEDS: _("Keep what helps"),
        Purpose.FOLLOW_UP: _("Contact them later"),
        Purpose.STATISTICS: _("Count them without a name"),
    }
    return Agreed(
        purpose=purpose,
        what=names[purpose],
        how=_given(now) if now else _ended(newest),
        is_given=now is not None,
        is_needed=purpose in NECESSARY,
        effect=_effect(purpose),
        words=[] if now else _words(purpose, language),
    )


def _shared(uow: UnitOfWork, consent: Consent) -> Agreed:
    organisation_id = shared_with(consent.purpose)
    organisation = uow.session.get(Organisation, organisation_id) if organisation_id else None
    return Agreed(
        purpose=consent.purpose,
        what=_("Share with %(organisation)s", organisation=organisation.name if organisation else "–"),
        how=_given(consent),
        is_given=True,
        is_needed=False,
        effect=_("Then whatever runs with them stops, and they see nothing more."),
        words=[],
    )


def _words(purpose: Purpose, language: str) -> list[Spoken]:
    found = next(each for each in aloud() if each.purpose == purpose)
    theirs = [each for each in found.others if each.language == language]
    return [*theirs, found.here]


def _given(consent: Consent) -> str:
    day = spoken_day(consent.given_at)
    if consent.witness:
        return _("spoken before %(name)s, %(day)s", name=consent.witness, day=day)
    return _("on their own, %(day)s", day=day)


def _ended(consent: Consent | None) -> str:
    if consent is None or consent.withdrawn_at is None:
        return ""
    day = spoken_day(consent.withdrawn_at)
    if consent.withdrawn_witness:
        return _("taken back before %(name)s, %(day)s", name=consent.withdrawn_witness, day=day)
    return _("taken back on their own, %(day)s", day=day)


def _effect(purpose: Purpose) -> str:
    effects = {
        Purpose.NEEDS: _(
            "Then what helps is erased at once. What we still ask organisations for them stops. "
            "What an organisation read already, it may remember."
        ),
        Purpose.FOLLOW_UP: _("Then they hear from us only about what they ask themselves."),
        Purpose.STATISTICS: _("Then we count and learn without them from now on."),
    }
    return effects.get(purpose, _("There is no file without this. Taking it back is erasing the file."))
