"""No more messages like this one: the link of a mail shows a page, and only the button counts (RFC 8058).

A mail program that offers one click posts to the same address, without a page, a cookie or a form of ours:
the signature of the link is the only proof, and therefore the token of forms is not asked for.
"""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from volunteer.domain.errors import NotAllowed
from volunteer.domain.messages import Recipient, Topic
from volunteer.links import Purpose
from volunteer.services import subscriptions
from volunteer.web.extensions import csrf, current_core, limiter

blueprint = Blueprint("unsubscribe", __name__)


@blueprint.get("/unsubscribe/<token>")
@limiter.limit("60 per minute")
def ask(token: str) -> ResponseReturnValue:
    """What would stop, and a button. Programs that look at mail open links too, and must not decide."""
    _recipient, _reader, topic = _read(token)
    return render_template("unsubscribe.html", topic=topic, is_stopped=None)


@blueprint.post("/unsubscribe/<token>")
@csrf.exempt
@limiter.limit("30 per minute")
def stop(token: str) -> ResponseReturnValue:
    """Stop them, or begin again; harmless to repeat. A page at once: mail programs follow no redirect."""
    recipient, reader_id, topic = _read(token)
    begins_again = request.form.get("do") == "again"
    with current_core().units.write() as uow:
        if begins_again:
            subscriptions.unmute(uow, reader_id, topic)
        else:
            subscriptions.mute(uow, recipient, reader_id, topic)
    return render_template("unsubscribe.html", topic=topic, is_stopped=not begins_again)


def _read(token: str) -> tuple[Recipient, UUID, Topic]:
    """Who reads, and what they can do without. Raises :class:`NotAllowed` for what we did not sign."""
    reader_id, proof = current_core().links.read(Purpose.UNSUBSCRIBE, token)
    recipient, _, topic = proof.partition(":")
    if recipient not in set(Recipient) or topic not in set(Topic):
        raise NotAllowed("This link does not work. Check that it is complete.", code="link_invalid")
    return Recipient(recipient), reader_id, Topic(topic)
