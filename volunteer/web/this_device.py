"""The device in front of us: what kind it is, and the random cookie by which it is known again."""

from __future__ import annotations

from uuid import UUID

from flask import request
from werkzeug.wrappers import Response

from volunteer.domain.devices import REMEMBERED, Kind, kind_of
from volunteer.services import devices
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.extensions import current_core
from volunteer.web.kiosk import is_kiosk
from volunteer.web.security import cookie_options

_NAME = "device"


def kind() -> Kind:
    """What a person would call this thing."""
    return Kind.KIOSK if is_kiosk() else kind_of(request.user_agent.string)


def cookie() -> str | None:
    """What this browser is known by, if anything; a kiosk never is."""
    return None if is_kiosk() else request.cookies.get(_NAME) or None


def own_cookie() -> str | None:
    """As :func:`cookie`, and a new one where there is none yet; None on a kiosk."""
    return None if is_kiosk() else cookie() or devices.new_cookie()


def welcome(uow: UnitOfWork, candidate_id: UUID) -> tuple[UUID | None, str | None]:
    """Who signed up here is known here; returns the device and its cookie, neither on a kiosk."""
    known_by = own_cookie()
    if known_by is None:
        return None, None
    return devices.welcome(uow, candidate_id, kind=kind(), cookie=known_by).id, known_by


def keep(reply: Response, known_by: str | None) -> None:
    """Let this browser hold the cookie, for as long as an unused device is remembered."""
    if known_by is None:
        return
    seconds = int(REMEMBERED.total_seconds())
    secure = current_core().settings.is_secure
    reply.set_cookie(_NAME, known_by, **cookie_options(secure=secure, max_age=seconds))
