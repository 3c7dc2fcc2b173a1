"""Everything that is held on a person, in words, for reading and for paper."""

from __future__ import annotations

from dataclasses import dataclass

from volunteer.domain.candidates import Channel
from volunteer.domain.languages import LANGUAGES
from volunteer.domain.messages import MessageKind, MessageState
from volunteer.messages.registry import COMPOSERS
from volunteer.messages.words import Facts
from volunteer.models import Candidate, Message
from volunteer.queries import held as queries
from volunteer.services import candidates, incidents, needs, notes, referrals, replies, signals
from volunteer.unit_of_work import UnitOfWork
from volunteer.web import journal
from volunteer.web.dates import spoken_day
from volunteer.web.extensions import current_core
from volunteer.web.file_summary import own_needs, own_rows
from volunteer.web.language import current_language
from volunteer.web.language import gettext as _
from volunteer.web.own_introductions import introduction_cards
from volunteer.web.signal_words import said_signal

Line = tuple[str, str]
"""What it is, and what is held."""


@dataclass(frozen=True, slots=True)
class Section:
    """One kind of thing that is held."""

    key: str
    title: str
    lines: list[Line]


def held(uow: UnitOfWork, candidate: Candidate) -> list[Section]:
    """Everything on this person, kind by kind; opening what helps them is written in the journal."""
    found = [
        Section("answers", _("Your answers"), _answers(uow, candidate)),
        Section("agreed", _("What you agreed to"), _agreed(uow, candidate)),
        Section("introductions", _("Whom you want to meet"), _introductions(uow, candidate)),
        Section("roles", _("Tasks that we showed you"), _roles(uow, candidate)),
        Section("messages", _("What we told you"), _messages(uow, candidate)),
        Section("opened", _("Your card and your devices"), _cards_and_devices(uow, candidate)),
        Section("said", _("What you told us besides"), _said(uow, candidate)),
        Section("desk", _("What the info desk wrote down"), _of_the_desk(uow, candidate)),
        Section("readings", _("Who opened what helps you"), _readings(uow, candidate)),
    ]
    return [section for section in found if section.lines]


def _answers(uow: UnitOfWork, candidate: Candidate) -> list[Line]:
    opened = needs.read(uow, candidate, reader="candidate", purpose="export")
    file = candidates.answers_of(uow, candidate, opened=opened)
    lines = [(label, said) for label, said, _slug in own_rows(file, uow.today)]
    if file.interests.sectors:
        lines.append((_("Kinds of organisations"), ", ".join(sorted(file.interests.sectors))))
    lines.append((_("What helps you"), own_needs(file)))
    lines.append((_("Language of our messages"), LANGUAGES[file.language].own))
    lines.append((_("Your file was opened"), spoken_day(candidate.created_at)))
    if candidate.seen_on:
        lines.append((_("You were here last"), spoken_day(candidate.seen_on)))
    return lines


def _agreed(uow: UnitOfWork, candidate: Candidate) -> list[Line]:
    return [(each.title, f"{each.given} {each.ended}".strip()) for each in journal.yeses(uow, candidate)]


def _introductions(uow: UnitOfWork, candidate: Candidate) -> list[Line]:
    return [
        (f"{each.title}, {each.organisation}", f"{each.state.text}. {each.shares}")
        for each in introduction_cards(uow, candidate)
    ]


def _roles(uow: UnitOfWork, candidate: Candidate) -> list[Line]:
    lines = []
    for role in queries.roles_shown(uow.session, candidate.id):
        said = [_("Shown on %(day)s.", day=spoken_day(role.made_at))]
        if role.saved_at:
            said.append(_("You saved it on %(day)s.", day=spoken_day(role.saved_at)))
        if role.refused_at:
            said.append(_("You took it off your list on %(day)s.", day=spoken_day(role.refused_at)))
        lines.append((f"{role.title}, {role.organisation}", " ".join(said)))
    return lines


def _messages(uow: UnitOfWork, candidate: Candidate) -> list[Line]:
    return [(_subject(each), _sent(each)) for each in queries.messages_to(uow.session, candidate.id)]


def _subject(message: Message) -> str:
    centre = current_core().settings.centre
    facts = Facts(language=current_language(), centre=centre, to_name="", link="")
    return COMPOSERS[MessageKind(message.kind)](facts).subject


def _sent(message: Message) -> str:
    day = spoken_day(message.finished_at or message.created_at)
    by = {
        Channel.SMS: _("by text message"),
        Channel.PHONE: _("by phone"),
        Channel.EMAIL: _("by e-mail"),
        Channel.LETTER: _("by letter"),
        Channel.SUPPORT_WORKER: _("through your support worker"),
        Channel.DESK: _("at the info desk"),
    }[Channel(message.channel)]
    if message.state in {MessageState.SENT, MessageState.DONE, MessageState.BUNDLED}:
        return _("Told on %(day)s, %(by)s.", day=day, by=by)
    if message.state == MessageState.BOUNCED:
        return _("Did not arrive on %(day)s, %(by)s.", day=day, by=by)
    if message.state == MessageState.DROPPED:
        return _("Not told any more: something changed.")
    return _("Waits since %(day)s, %(by)s.", day=day, by=by)


def _cards_and_devices(uow: UnitOfWork, candidate: Candidate) -> list[Line]:
    cards = [
        (
            _("Card %(number)s", number=card.number),
            _("Made on %(day)s.", day=spoken_day(card.issued_at))
            if card.revoked_at is None
            else _("Made on %(day)s. It does not work any more.", day=spoken_day(card.issued_at)),
        )
        for card in queries.cards_of(uow.session, candidate.id)
    ]
    devices = [
        (_("A device"), _("It opens your file since %(day)s.", day=spoken_day(each.confirmed_at)))
        for each in queries.devices_of(uow.session, candidate.id)
        if each.confirmed_at
    ]
    return cards + devices


def _said(uow: UnitOfWork, candidate: Candidate) -> list[Line]:
    nothing_fits = [
        (_("Nothing suits you"), f"{spoken_day(each.raised_at)}: {said_signal(signals.own(uow, each))}")
        for each in queries.signals_of(uow.session, candidate.id)
    ]
    not_right = [
        (_("Something is not right"), f"{spoken_day(each.opened_at)}: {incidents.opened(uow, each).story}")
        for each in queries.incidents_from(uow.session, candidate.id)
    ]
    written_back = [
        (_("You wrote back to us"), f"{spoken_day(each.received_at)}: {replies.words_of(uow, each)}")
        for each in replies.written_by(uow, candidate.id)
    ]
    return nothing_fits + not_right + written_back


def _of_the_desk(uow: UnitOfWork, candidate: Candidate) -> list[Line]:
    written = [
        (f"{spoken_day(each.written_at)}, {each.author}", each.text) for each in notes.read(uow, candidate.id)
    ]
    sent_on = [
        (
            _("We showed you the way to another service"),
            f"{spoken_day(each.given_at)}: {each.service} {each.words}",
        )
        for each in referrals.read(uow, candidate.id)
    ]
    return written + sent_on


def _readings(uow: UnitOfWork, candidate: Candidate) -> list[Line]:
    return [(f"{each.day}, {each.who}", each.why) for each in journal.readings(uow, candidate)]
