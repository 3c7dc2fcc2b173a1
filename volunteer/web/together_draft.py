"""The draft of a support worker who signs somebody up together with them: sealed on the server for a day."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from flask import session

from volunteer.services import drafts
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.forms.together import TogetherDraft

_KEY = "together_draft"
_LINK = "link"


def load(uow: UnitOfWork, *, for_change: bool = False) -> TogetherDraft:
    """What was told so far in this session; empty when nothing was."""
    return TogetherDraft.stored(_stored(uow, for_change=for_change))  # type: ignore[return-value]


def made(uow: UnitOfWork) -> UUID | None:
    """The link that this draft became already, so that a form sent twice makes one file."""
    found = _stored(uow, for_change=True).get(_LINK)
    return UUID(str(found)) if found else None


def save(uow: UnitOfWork, draft: TogetherDraft) -> None:
    """Keep it for a day from now."""
    drafts.save(uow, session.setdefault(_KEY, drafts.new_cookie()), draft.to_store())


def became(uow: UnitOfWork, link_id: UUID) -> None:
    """It is a file that waits now; of the answers nothing stays here."""
    drafts.save(uow, session[_KEY], {_LINK: link_id.hex})


def forget(uow: UnitOfWork) -> None:
    """Wipe it."""
    key = session.pop(_KEY, None)
    if key:
        drafts.forget(uow, key)


def _stored(uow: UnitOfWork, *, for_change: bool) -> Mapping[str, object]:
    key = session.get(_KEY)
    return drafts.load(uow, key, for_change=for_change) if key else {}
