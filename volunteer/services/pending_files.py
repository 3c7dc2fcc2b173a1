"""Files that a support worker begins together with somebody: nothing, until the person says yes.

The person confirms by the link of a message, by a card, on the device that was handed over, or at the desk.
Whoever did not ask for it ends it in one step. After fourteen days without a yes it disappears by itself.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

from sqlalchemy import delete

from volunteer.domain.candidates import BY_HAND, CandidateState, SignUp
from volunteer.domain.errors import ImpossibleStep, InvalidValue, NotFound
from volunteer.domain.incidents import SaidAs
from volunteer.domain.messages import MessageKind
from volunteer.domain.retention import ErasureAsked
from volunteer.domain.support import EndedBy, EntryKind, Scope
from volunteer.models import Account, Candidate, Message, SentLink, SupportLink
from volunteer.queries import support_links as queries
from volunteer.services import candidates, cards, erasure, incidents, messages, support_links
from volunteer.translation import isolated, translations
from volunteer.unit_of_work import UnitOfWork

ORIGIN = "together"
MOST_LINKS_A_DAY = 3
"""To one number or address: whoever types a wrong one must not flood a stranger with messages."""
MOST_BY_ONE_A_DAY = 40
"""Of one account, to whomever: more than a class, and no way to write to a whole city."""


def check_begin(uow: UnitOfWork, account_id: UUID, organisation_id: UUID) -> None:
    """Raise :class:`NotAllowed` where this account may not enrol anybody for that referrer now."""
    support_links.check_may_enrol(uow, account_id, organisation_id)


def begin(uow: UnitOfWork, sign_up: SignUp, *, account_id: UUID, organisation_id: UUID) -> SupportLink:
    """Open a pending file together with its person: no needs, and no yes of anybody.

    Raises :class:`NotAllowed` where this account may not enrol for that referrer now, and
    :class:`InvalidValue` where the address of the person is this account's own.
    """
    support_links.check_may_enrol(uow, account_id, organisation_id)
    _check_not_own(uow, sign_up, account_id)
    least = replace(sign_up, needs={}, consents=frozenset())
    candidate = candidates.put_on_file(uow, least, origin=ORIGIN)
    uow.session.flush()
    link = SupportLink(
        id=uuid4(),
        candidate_id=candidate.id,
        account_id=account_id,
        organisation_id=organisation_id,
        opened_at=uow.now,
    )
    uow.session.add(link)
    uow.session.flush()
    support_links.note(uow, link, EntryKind.ENROLLED)
    return link


def waiting_of(uow: UnitOfWork, account_id: UUID) -> list[tuple[SupportLink, Candidate]]:
    """Whom this support worker enrolled and who has not confirmed yet."""
    linked = queries.links_of_account(uow.session, account_id)
    return [(link, candidate) for link, candidate in linked if _waits(uow, candidate)]


def own_waiting(
    uow: UnitOfWork, link_id: UUID, account_id: UUID, *, hold: bool = False
) -> tuple[SupportLink, Candidate]:
    """A file that waits for its person, begun by this account, which still works there.

    With ``hold`` it goes on waiting until the transaction ends. Raises :class:`NotFound` for any other file.
    """
    link = _own_link(uow, link_id, account_id)
    support_links.check_works_there(uow, account_id, link.organisation_id)
    candidate = waiting(uow, link.candidate_id, hold=hold)
    # Whoever held the file meanwhile may have ended the link.
    return (_own_link(uow, link_id, account_id) if hold else link), candidate


def own_to_confirm(uow: UnitOfWork, link_id: UUID, account_id: UUID) -> tuple[SupportLink, Candidate]:
    """As :func:`own_waiting`, held, where that referrer may bring people. Raises as :func:`check_begin`."""
    link, candidate = own_waiting(uow, link_id, account_id, hold=True)
    check_begin(uow, account_id, link.organisation_id)
    return link, candidate


def waiting(uow: UnitOfWork, candidate_id: UUID, *, hold: bool = False) -> Candidate:
    """The file, while it waits for its person's yes. Raises :class:`NotFound` when it does not."""
    candidate = uow.session.get(Candidate, candidate_id, with_for_update=hold or None, populate_existing=hold)
    if candidate is None or not _waits(uow, candidate):
        raise NotFound("This was answered already, or it took too long.")
    return candidate


def behind_card(uow: UnitOfWork, token: str) -> Candidate | None:
    """The file that waits for its person behind this card, if any."""
    candidate_id = cards.waits_behind(uow, token)
    candidate = uow.session.get(Candidate, candidate_id) if candidate_id else None
    return candidate if candidate and _waits(uow, candidate) else None


def link_of(uow: UnitOfWork, candidate_id: UUID) -> SupportLink | None:
    """By whom this person was enrolled, while that stands; ``None`` for a file that came otherwise."""
    found = queries.links_of_person(uow.session, candidate_id)
    return next((each for each in found if each.ended_at is None), None)


def check_send(uow: UnitOfWork, link: SupportLink, candidate: Candidate, *, sends: Collection[str]) -> None:
    """Raise :class:`ImpossibleStep` where no link can go to this person by itself, with the reason.

    Counted are links to the same number or address, of whichever file, and those that this account sent.
    """
    if candidate.channel in BY_HAND or candidate.channel not in sends or candidate.contact_hash is None:
        raise ImpossibleStep("We cannot send them a link now. Choose another way.")
    a_day_ago = uow.now - timedelta(days=1)
    if queries.count_links_to(uow.session, candidate.contact_hash, since=a_day_ago) >= MOST_LINKS_A_DAY:
        raise ImpossibleStep("This number or address got enough links today. Choose another way.")
    if queries.count_links_by(uow.session, link.account_id, since=a_day_ago) >= MOST_BY_ONE_A_DAY:
        raise ImpossibleStep("You sent many links today. Choose another way, or go on tomorrow.")


def send_link(uow: UnitOfWork, link: SupportLink, candidate: Candidate, *, sends: Collection[str]) -> None:
    """Send the person their own link. Raises as :func:`check_send`."""
    # Two at the same moment are counted one after the other.
    uow.session.get(Account, link.account_id, with_for_update=True, populate_existing=True)
    check_send(uow, link, candidate, sends=sends)
    messages.tell_candidate(uow, candidate, MessageKind.CONFIRM_FILE, about_id=candidate.id, cause_id=uuid4())
    support_links.note(uow, link, EntryKind.LINK_SENT)
    uow.session.add(
        SentLink(address_hash=candidate.contact_hash, account_id=link.account_id, sent_at=uow.now)
    )
    uow.session.flush()


def make_card(uow: UnitOfWork, link: SupportLink, candidate: Candidate) -> str:
    """A card for the person to take along; one that was made before opens nothing any more."""
    support_links.note(uow, link, EntryKind.CARD_MADE)
    return cards.renew(uow, candidate)


def confirm(
    uow: UnitOfWork, candidate: Candidate, sign_up: SignUp, scopes: Collection[Scope]
) -> SupportLink | None:
    """The person said yes to their file, and allows their support worker this much; what was not named, not.

    Raises as :meth:`SignUp.check`.
    """
    candidates.confirm(uow, candidate, sign_up)
    link = link_of(uow, candidate.id)
    if link is not None:
        support_links.give(
            uow,
            link,
            scopes,
            language=sign_up.language,
            given_how=sign_up.given_how,
            witness=sign_up.witness,
        )
        support_links.note(uow, link, EntryKind.CONFIRMED, by=EndedBy.CANDIDATE)
    return link


def contest(uow: UnitOfWork, candidate: Candidate, *, language: str, account_id: UUID | None = None) -> None:
    """The person did not ask for this: file and link end at once, and the desk hears of it, without a name.

    ``account_id`` is who wrote it down at the desk.
    """
    link = link_of(uow, candidate.id)
    if link is not None:
        _tell_desk(uow, link, language)
    asked_by = ErasureAsked.DESK if account_id else ErasureAsked.CANDIDATE
    erasure.erase(uow, candidate, asked_by=asked_by, account_id=account_id)


def contest_link(uow: UnitOfWork, link: SupportLink, *, language: str) -> str | None:
    """The person has a file and wants it, but did not ask for this support worker: the desk hears of it.

    Returns as :func:`support_links.end`.
    """
    if link.ended_at is not None:
        return None
    support_links.note(uow, link, EntryKind.CONTESTED, by=EndedBy.CANDIDATE)
    token = support_links.end(uow, link)
    _tell_desk(uow, link, language)
    return token


def throw_away(uow: UnitOfWork, candidate: Candidate, *, account_id: UUID) -> None:
    """The support worker begins again, or the person would rather not: nothing stays but who did it."""
    erasure.erase(uow, candidate, asked_by=ErasureAsked.SUPPORT_WORKER, account_id=account_id)


def forget_unconfirmed(uow: UnitOfWork) -> None:
    """Erase every pending file whose time is over, and tell who began one together with somebody."""
    for link in queries.unconfirmed_in_time(uow.session, now=uow.now):
        account = uow.session.get_one(Account, link.account_id)
        uow.session.execute(delete(Message).where(Message.recipient_id == link.candidate_id))
        messages.tell_account(
            uow, account, MessageKind.FILE_DISAPPEARED, about_id=link.organisation_id, cause_id=uuid4()
        )
    candidates.forget_unconfirmed(uow)
    uow.session.execute(delete(SentLink).where(SentLink.sent_at < uow.now - timedelta(days=1)))


def _own_link(uow: UnitOfWork, link_id: UUID, account_id: UUID) -> SupportLink:
    link = uow.session.get(SupportLink, link_id, populate_existing=True)
    if link is None or link.account_id != account_id or link.ended_at is not None:
        raise NotFound("This is not there any more.")
    return link


def _check_not_own(uow: UnitOfWork, sign_up: SignUp, account_id: UUID) -> None:
    """Whoever signs somebody up must not get the link with which that person says yes."""
    own = uow.session.get_one(Account, account_id).email_hash
    if sign_up.contact and uow.keyring.fingerprint(sign_up.contact, kind="account") == own:
        raise InvalidValue(
            "This is your own address. Give the one of the person, or choose another way.",
            field=f"contact_{sign_up.channel}",
        )


def _waits(uow: UnitOfWork, candidate: Candidate) -> bool:
    is_pending = candidate.state == CandidateState.PENDING
    return is_pending and (candidate.expires_at is None or candidate.expires_at > uow.now)


def tell_desk_of_answer(uow: UnitOfWork, link: SupportLink, language: str) -> None:
    """The desk hears that an answer was passed on which its person did not give; not whose."""
    _ = translations(link.account.language).gettext
    _report(
        uow,
        link,
        language,
        _("Somebody says: %(name)s of %(organisation)s passed on an answer that was not mine."),
    )


def _tell_desk(uow: UnitOfWork, link: SupportLink, language: str) -> None:
    """What the desk reads names the support worker, and not the person."""
    _ = translations(link.account.language).gettext
    _report(
        uow,
        link,
        language,
        _("Somebody says: I did not ask to be signed up by %(name)s of %(organisation)s."),
    )


def _report(uow: UnitOfWork, link: SupportLink, language: str, story: str) -> None:
    """In a language of the desk, which is not that of every person."""
    values = isolated(
        {"name": link.account.name, "organisation": link.organisation.name}, link.account.language
    )
    incidents.report(
        uow,
        incidents.Report(
            story=story % values,
            said_as=SaidAs.CANDIDATE,
            language=language,
            organisation_id=link.organisation_id,
        ),
    )
