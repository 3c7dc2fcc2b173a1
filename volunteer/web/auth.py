"""Who is asking: staff by flask-login, a candidate by the session their personal link opened.

Every view stands behind one of the guards in this file, or is named in the list of public pages
that ``tests/architecture/test_routes.py`` keeps.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import ParamSpec
from uuid import UUID

from flask import redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import UserMixin, current_user, login_user, logout_user

from volunteer.domain.accounts import Role
from volunteer.domain.errors import NotAllowed, NotFound
from volunteer.models import Account, Candidate
from volunteer.queries.candidates import confirmed_candidate
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.extensions import current_core, login_manager

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
_TOKEN = "candidate_token"  # noqa: S105 - the name of a place, not a password


@dataclass(frozen=True, slots=True)
class Seat:
    """One role of an account; without an organisation it is a role in the centre."""

    role: Role
    organisation_id: UUID | None
    organisation: str | None


@dataclass(frozen=True)
class Staff(UserMixin):
    """Whoever is logged in, detached from the database; templates know it as ``current_user``."""

    account_id: UUID
    name: str
    language: str
    epoch: int
    seats: tuple[Seat, ...]

    def get_id(self) -> str:
        """What the session keeps; it ends when the account's epoch is raised."""
        return f"{self.account_id.hex}:{self.epoch}"

    def holds(self, *roles: Role) -> bool:
        """Whether any seat has one of ``roles``."""
        return any(seat.role in roles for seat in self.seats)

    def organisations(self, *roles: Role) -> dict[UUID, str]:
        """The organisations in which this person holds one of ``roles`` (any, when none is named)."""
        return {
            seat.organisation_id: seat.organisation or ""
            for seat in self.seats
            if seat.organisation_id is not None and (not roles or seat.role in roles)
        }


def staff_of(account: Account) -> Staff:
    """What the web knows about an account."""
    return Staff(
        account_id=account.id,
        name=account.name,
        language=account.language,
        epoch=account.session_epoch,
        seats=tuple(
            Seat(Role(each.role), each.organisation_id, each.organisation.name if each.organisation else None)
            for each in account.memberships
        ),
    )


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
    if not isinstance(current_user._get_current_object(), Staff):  # noqa: SLF001 - how a proxy is looked through
        raise NotAllowed("Log in first.")
    found: Staff = current_user._get_current_object()  # noqa: SLF001
    return found


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
for_support_workers = for_roles(Role.SUPPORT_WORKER)


def for_candidates(view: View[Parameters]) -> View[Parameters]:
    """Guard a view: only for who opened their own file; others are asked for their card."""

    @wraps(view)
    def guarded(*args: Parameters.args, **kwargs: Parameters.kwargs) -> ResponseReturnValue:
        if candidate_in_session() is None:
            return redirect(url_for("cards.ask"))
        session[_UNTIL] = _now() + CANDIDATE_STAYS_SECONDS
        return view(*args, **kwargs)

    guarded.guard = "candidate"  # type: ignore[attr-defined]
    return guarded


def open_for_candidate(candidate_id: UUID, *, token: str | None = None) -> None:
    """Open a fresh session for the file of this candidate; ``token`` is shown for a while."""
    session.clear()
    session[_CANDIDATE] = candidate_id.hex
    session[_UNTIL] = _now() + CANDIDATE_STAYS_SECONDS
    if token is not None:
        session[_TOKEN] = (token, _now() + TOKEN_SHOWN_SECONDS)


def candidate_in_session() -> UUID | None:
    """Whose file is open in this browser, if any and not for too long."""
    stored = session.get(_CANDIDATE)
    if stored is None or session.get(_UNTIL, 0) < _now():
        return None
    return UUID(stored)


def own_file(uow: UnitOfWork) -> Candidate:
    """The file that is open in this browser. Raises :class:`NotFound` when it was erased meanwhile."""
    candidate_id = candidate_in_session()
    candidate = confirmed_candidate(uow.session, candidate_id) if candidate_id else None
    if candidate is None:
        raise NotFound("Your file is not there any more. Ask at the info desk.")
    return candidate


def token_to_show() -> str | None:
    """The personal token of someone who just signed up; afterwards nobody can show it again."""
    token, until = session.get(_TOKEN) or (None, 0)
    if token is None or until < _now():
        session.pop(_TOKEN, None)
        return None
    return str(token)


def _now() -> int:
    return int(current_core().clock.now().timestamp())
