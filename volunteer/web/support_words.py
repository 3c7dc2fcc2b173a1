"""What a person may allow their support worker, in the words in which it is asked, and the journal."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from volunteer.domain.follow_ups import Going
from volunteer.domain.support import EntryKind, Scope, says_all
from volunteer.models import Candidate, CardGroup, Consent, SupportLink
from volunteer.queries import support_links as queries
from volunteer.services import passed_answers, support_links
from volunteer.translation import is_right_to_left, translations
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.dates import spoken_day
from volunteer.web.deed_words import name_of
from volunteer.web.language import current_language
from volunteer.web.language import gettext as _

MOST_SHOWN = 200
PICTURES = {
    Scope.SEES_PROGRESS: "eye",
    Scope.HELPS_ANSWER: "message-2",
    Scope.IS_CHANNEL: "user-heart",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """One scope as it is asked."""

    field: str
    scope: str
    title: str
    text: str
    picture: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One scope of one link, as the person sees it."""

    scope: str
    title: str
    text: str
    picture: str
    is_given: bool
    is_to_renew: bool
    """Whether the words said less when they said yes: a yes to these is another one."""
    when: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Supporter:
    """One support worker of a person."""

    id: UUID
    name: str
    organisation: str
    since: str
    ended: str
    """The day it ended; empty while it goes on."""
    by_card: bool
    """Whether the person signed up alone, with a blank card."""
    sees_nothing: bool
    """Whether nothing of this has any effect now: they left, or their organisation may not."""
    scopes: list[Held]


@dataclass(frozen=True, slots=True)
class Helper:
    """Who signed somebody up, for the desk."""

    id: UUID
    name: str
    organisation: str
    day: str
    aloud: dict[str, list[tuple[str, bool, str, str]]]
    """By field, what is read aloud: language, whether right to left, title and text."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the journal."""

    day: str
    who: str
    what: str
    answer_id: UUID | None = None
    """Of an answer that was passed on, while the person can say that it was not theirs."""


def asked() -> list[Asked]:
    """Every scope in the reader's language, in the order in which it is asked."""
    return [
        Asked(field_of(scope), scope, *words_in(scope, current_language()), PICTURES[scope])
        for scope in Scope
    ]


def words_in(scope: Scope, language: str) -> tuple[str, str]:
    """Title and text of one scope as it is asked; ``domain/support.py`` has the version of these words."""
    _ = translations(language).gettext
    return {
        Scope.SEES_PROGRESS: (
            _("See how it goes"),
            _("They see your first name and how far things are. Never what helps you."),
        ),
        Scope.HELPS_ANSWER: (
            _("Help me answer"),
            _(
                "When an organisation writes to you, they help you answer it. They may pass your answer on: "
                "a time, that you cannot come, how it goes."
            ),
        ),
        Scope.IS_CHANNEL: (
            _("Pass messages on to me"),
            _("They read what we want to tell you, and tell it to you."),
        ),
    }[scope]


def title_of(scope: Scope) -> str:
    """What a yes for this scope is called."""
    return _("Your support worker: %(what)s", what=words_in(scope, current_language())[0])


def helper_of(uow: UnitOfWork, candidate: Candidate) -> Helper | None:
    """Who signed this person up, as the desk reads it aloud; ``None`` where nobody did, or that ended."""
    found = queries.links_of_person(uow.session, candidate.id)
    link = next((each for each in found if each.ended_at is None), None)
    if link is None:
        return None
    return _helper(link, candidate.language, spoken_day(link.opened_at))


def helper_by_card(group: CardGroup, language: str) -> Helper:
    """Whose blank card somebody brought to the desk, as it is read aloud to them in ``language``."""
    return _helper(group, language, "")


def field_of(scope: Scope) -> str:
    """The name of its field in forms."""
    return f"allow_{scope}"


def supporters_of(uow: UnitOfWork, candidate: Candidate) -> list[Supporter]:
    """Everyone who enrolled or supported this person, the newest first."""
    return [_supporter(uow, link) for link in queries.links_of_person(uow.session, candidate.id)]


def journal_of(uow: UnitOfWork, candidate: Candidate) -> list[Line]:
    """What they did and looked at, the newest first."""
    words = _deeds()
    return [
        Line(
            spoken_day(each.done_at),
            name_of(uow, each.done_by) or _("You"),
            words[EntryKind(each.kind)],
            each.id if passed_answers.state_of(uow, each).can_be_denied(uow.now) else None,
        )
        for each in queries.journal_of(uow.session, candidate.id, limit=MOST_SHOWN)
    ]


def _supporter(uow: UnitOfWork, link: SupportLink) -> Supporter:
    given = support_links.scopes_in_force(uow, link)
    return Supporter(
        id=link.id,
        name=link.account.name,
        organisation=link.organisation.name,
        since=spoken_day(link.opened_at),
        ended=spoken_day(link.ended_at) if link.ended_at else "",
        by_card=queries.is_by_card(uow.session, link.id),
        sees_nothing=link.ended_at is None and not support_links.has_effect(uow, link),
        scopes=[] if link.ended_at else [_held(scope, given.get(scope)) for scope in Scope],
    )


def _helper(by: SupportLink | CardGroup, language: str, day: str) -> Helper:
    spoken = dict.fromkeys((language, current_language()))
    aloud = {
        field_of(scope): [(code, is_right_to_left(code), *words_in(scope, code)) for code in spoken]
        for scope in Scope
    }
    return Helper(by.id, by.account.name, by.organisation.name, day, aloud)


def _held(scope: Scope, consent: Consent | None) -> Held:
    title, text = words_in(scope, current_language())
    when = ""
    if consent is not None and consent.until is not None:
        when = _(
            "You said yes on %(day)s. It lasts until %(until)s.",
            day=spoken_day(consent.given_at),
            until=f"{spoken_day(consent.until)} {consent.until.year}",
        )
    return Held(
        scope=scope,
        title=title,
        text=text,
        picture=PICTURES[scope],
        is_given=consent is not None,
        is_to_renew=consent is not None and not says_all(scope, consent.text_version),
        when=when,
    )


def answer_in_words(kind: EntryKind, *, stands: bool) -> str:
    """What was answered for a person, as they read it; ``stands``: nothing came after it."""
    meets = _("You meet them. This time was chosen:")
    return {
        EntryKind.TIME_CHOSEN: meets if stands else _("This time was chosen:"),
        EntryKind.TIME_REFUSED: _("None of the times suits you. We ask for other ones."),
        EntryKind.CANNOT_COME: _("You cannot come then. We ask for another time."),
        EntryKind.TOLD_HOW: _("You said how it goes."),
    }[kind]


def going_in_words(going: Going | None) -> str:
    """How it goes, in the words of the button; empty where nobody said."""
    return {
        None: "",
        Going.WELL: _("It goes well"),
        Going.COULD_BE_BETTER: _("It could be better"),
        Going.STOPPED: _("It stopped"),
    }[going]


def _deeds() -> dict[EntryKind, str]:
    return {
        EntryKind.ENROLLED: _("Signed you up, together with you"),
        EntryKind.BY_CARD: _("Signed up with a card of a group, and allowed something"),
        EntryKind.LINK_SENT: _("Sent you a link"),
        EntryKind.CARD_MADE: _("Made a card for you"),
        EntryKind.HANDED_OVER: _("Gave you the device to say yes or no"),
        EntryKind.CONFIRMED: _("Said yes to your file"),
        EntryKind.LOOKED: _("Looked how far things are"),
        EntryKind.PASSED_ON: _("Passed a message on to you"),
        EntryKind.TIME_CHOSEN: _("Passed on your answer: a time"),
        EntryKind.TIME_REFUSED: _("Passed on your answer: no time suits"),
        EntryKind.CANNOT_COME: _("Passed on your answer: you cannot come then"),
        EntryKind.TOLD_HOW: _("Passed on your answer: how it goes"),
        EntryKind.UNDONE: _("Took an answer back"),
        EntryKind.DENIED: _("Said: that was not me"),
        EntryKind.ENDED: _("Ended it"),
        EntryKind.CONTESTED: _("Said: I did not ask for this"),
    }
