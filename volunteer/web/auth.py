"""Who is asking: staff by flask-login, a candidate by the session their personal link opened.

Every view stands behind one of the guards in this file, or is named in the list of public pages
that ``tests/architecture/test_routes.py`` keeps.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec
from uuid import UUID

from flask import redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_user, logout_user

from volunteer.domain.accounts import SUPPORTING, Role
from volunteer.domain.errors import NotAllowed, NotFound
from volunteer.models import Account, Candidate
from volunteer.queries.candidates import confirmed_candidate
from volunteer.services import cards, devices
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.extensions import current_core, login_manager
from volunteer.web.seats import Staff, staff_of

WHOLE_FILE, FIRST_PAGE = "whole", "first"
"""What a candidate's session shows: everything, or what whoever finds a card may see."""

Parameters = ParamSpec("Parameters")
View = Callable[Parameters, ResponseReturnValue]

CANDIDATE_STAYS_SECONDS = 2 * 60 * 60
"""How long a candidate's file stays open without anything being done."""
TOKEN_SHOWN_SECONDS = 30 * 60
"""Long enough to write a new link down or print it; then this browser forgets it too."""

STAFF_STAYS_SECONDS = 8 * 60 * 60
"""How long staff stay logged in without doing anything: a working day."""
_SEEN_STEP_SECONDS = 60
_SEEN = "staff_seen"
_CANDIDATE = "candidate"
_UNTIL = "candidate_until"
_SEES = "candidate_sees"
_CARD = "candidate_card"
_DEVICE = "candidate_device"
_EPOCH = "candidate_epoch"
_TOKEN = "candidate_token"  # noqa: S105 - the name of a place, not a password


@login_manager.user_loader
def _load(stored: str) -> Staff | None:
    try:
        account_hex, _, epoch = stored.partition(":")
        account_id, number = UUID(account_hex), int(epoch)
    except ValueError:
        return None
    if not _stays():
        return None
    with current_core().units.read() as uow:
        account = uow.session.get(Account, account_id)
        return staff_of(account) if account and account.session_epoch == number else None


def _stays() -> bool:
    """Whether staff was here not too long ago; coming by is remembered, a minute at a time."""
    now, seen = _now(), session.get(_SEEN, 0)
    if now - seen > STAFF_STAYS_SECONDS:
        return False
    if now - seen > _SEEN_STEP_SECONDS:
        session[_SEEN] = now
    return True


@login_manager.unauthorized_handler
def _ask_to_log_in() -> ResponseReturnValue:
    return redirect(url_for("auth.login", next=request.full_path.rstrip("?")))


def log_in(account: Account) -> None:
    """Open a fresh session for this account: nothing of the one before it stays."""
    session.clear()
    session[_SEEN] = _now()
    login_user(staff_of(account))


def log_out() -> None:
    """End the session of staff and candidate alike."""
    logout_user()
    session.clear()


def staff() -> Staff:
    """Whoever is logged in, behind a guard that made sure of it. Raises :class:`NotAllowed` elsewhere."""
    found = staff_if_any()
    if found is None:
        raise NotAllowed("Log in first.")
    return found


def staff_if_any() -> Staff | None:
    """Whoever is logged in, on a page that is open to all; ``None`` for everybody else."""
    found = current_user._get_current_object()  # noqa: SLF001 - how a proxy is looked through
    return found if isinstance(found, Staff) else None


def for_roles(*roles: Role) -> Callable[[View[Parameters]], View[Parameters]]:
    """Guard a view: only staff with one of these roles (any account, when none is named).

    Whoever is not logged in is asked to, and comes back; others are refused.
    """

    def guard(view: View[Parameters]) -> View[Parameters]:
        @wraps(view)
        def guarded(*args: Parameters.args, **kwargs: Parameters.kwargs) -> ResponseReturnValue:
            if not current_user.is_authenticated:
                answer: ResponseReturnValue = login_manager.unauthorized()
                return answer
            if roles and not staff().holds(*roles):
                raise NotAllowed("This page is for others. Ask at the info desk if you need it.")
            return view(*args, **kwargs)

        guarded.guard = tuple(sorted(roles))  # type: ignore[attr-defined]
        return guarded

    return guard


for_anyone_logged_in = for_roles()
for_desk = for_roles(Role.DESK_WORKER, Role.ADMIN)
for_admin = for_roles(Role.ADMIN)
for_members = for_roles(Role.OWNER, Role.EDITOR, Role.VIEWER)
for_support_workers = for_roles(*SUPPORTING)


def for_candidates(view: View[Parameters]) -> View[Parameters]:
    """Guard a view: only for who opened their own file whole.

    Whoever only has the card is led to the first page, where they can confirm; others are asked for the card.
    """
    return _guarded(view, "candidate", needs_whole=True)


def for_known_candidates(view: View[Parameters]) -> View[Parameters]:
    """Guard a view: for whoever holds a card, on a device that nobody confirmed as well.

    Such a view shows no needs and no contact data.
    """
    return _guarded(view, "known candidate", needs_whole=False)


def _guarded(view: View[Parameters], name: str, *, needs_whole: bool) -> View[Parameters]:
    @wraps(view)
    def guarded(*args: Parameters.args, **kwargs: Parameters.kwargs) -> ResponseReturnValue:
        known = known_in_session()
        if known is None or not still_holds(known):
            return redirect(url_for("cards.ask"))
        # A page that asks by itself whether there is news does not mean that somebody is there.
        if "HX-Request" not in request.headers:
            session[_UNTIL] = _now() + CANDIDATE_STAYS_SECONDS
        if needs_whole and candidate_in_session() is None:
            return redirect(url_for("devices.first"), code=303)
        return view(*args, **kwargs)

    guarded.guard = name  # type: ignore[attr-defined]
    return guarded


def open_for_candidate(candidate_id: UUID, *, token: str | None = None, device: UUID | None = None) -> None:
    """Open a fresh session for the whole file of this candidate; ``token`` is shown for a while.

    With ``device`` it lasts no longer than that device is confirmed.
    """
    _begin(candidate_id, WHOLE_FILE, device)
    if token is not None:
        show_token(token)


def open_first_page(candidate_id: UUID, *, card: UUID) -> None:
    """Open a fresh session for the first page alone, for as long as this card stands."""
    _begin(candidate_id, FIRST_PAGE, None)
    session[_CARD] = card.hex


def wait_with(device: UUID) -> None:
    """Remember in this session which device waits to be confirmed."""
    session[_DEVICE] = device.hex


def device_in_session() -> UUID | None:
    """The device this session waits for, or was confirmed on."""
    stored = session.get(_DEVICE)
    return UUID(stored) if stored else None


def known_in_session() -> UUID | None:
    """Whose file is open in this browser, whole or its first page alone."""
    stored = session.get(_CANDIDATE)
    if stored is None or session.get(_UNTIL, 0) < _now():
        return None
    return UUID(stored)


def candidate_in_session() -> UUID | None:
    """Whose file is open whole in this browser, if any and not for too long."""
    return known_in_session() if session.get(_SEES) == WHOLE_FILE else None


def own_file(uow: UnitOfWork) -> Candidate:
    """The file that is open whole in this browser. Raises :class:`NotFound` when it was erased meanwhile."""
    return _file(uow, candidate_in_session())


def known_file(uow: UnitOfWork) -> Candidate:
    """The file of which at least the first page is open here. Raises as :func:`own_file`."""
    return _file(uow, known_in_session())


def show_token(token: str) -> None:
    """A new card was made for whose file is open here: show it for a while."""
    session[_TOKEN] = (token, _now() + TOKEN_SHOWN_SECONDS)


def token_to_show() -> str | None:
    """The personal token of someone who just signed up; afterwards nobody can show it again."""
    token, until = session.get(_TOKEN) or (None, 0)
    if token is None or until < _now():
        session.pop(_TOKEN, None)
        return None
    return str(token)


def _begin(candidate_id: UUID, sees: str, device: UUID | None) -> None:
    session.clear()
    session[_CANDIDATE] = candidate_id.hex
    session[_SEES] = sees
    session[_UNTIL] = _now() + CANDIDATE_STAYS_SECONDS
    with current_core().units.read() as uow:
        found = confirmed_candidate(uow.session, candidate_id)
        session[_EPOCH] = found.session_epoch if found else 0
    if device is not None:
        session[_DEVICE] = device.hex


def still_holds(candidate_id: UUID) -> bool:
    """Whether what opened this session still stands: for a first page the card, for all of it the device.

    It ends with every other one when the file is closed everywhere.
    """
    device_id = device_in_session()
    with current_core().units.read() as uow:
        found = confirmed_candidate(uow.session, candidate_id)
        if found is not None and found.session_epoch != session.get(_EPOCH, 0):
            return False
        if session.get(_SEES) == FIRST_PAGE:
            return cards.stands(uow, UUID(session[_CARD]))
        return device_id is None or devices.is_confirmed(uow, device_id, candidate_id)


def _file(uow: UnitOfWork, candidate_id: UUID | None) -> Candidate:
    candidate = confirmed_candidate(uow.session, candidate_id) if candidate_id else None
    if candidate is None:
        raise NotFound("Your file is not there any more. Ask at the info desk.")
    return candidate


def _now() -> int:
    return int(current_core().clock.now().timestamp())
