"""Which module has the words of which message."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from volunteer.domain.messages import MessageKind
from volunteer.messages import (
    accepted,
    declined,
    fell_through,
    introduction_received,
    invitation,
    new_suggestions,
    offer_check_failed,
    suggestions_ready,
    went_out,
    withdrawn,
)
from volunteer.messages.words import Facts, Words

COMPOSERS: Mapping[MessageKind, Callable[[Facts], Words]] = {
    MessageKind.SUGGESTIONS_READY: suggestions_ready.compose,
    MessageKind.NEW_SUGGESTIONS: new_suggestions.compose,
    MessageKind.INTRODUCTION_RECEIVED: introduction_received.compose,
    MessageKind.INVITATION: invitation.compose,
    MessageKind.ACCEPTED: accepted.compose,
    MessageKind.DECLINED: declined.compose,
    MessageKind.FELL_THROUGH: fell_through.compose,
    MessageKind.WENT_OUT: went_out.compose,
    MessageKind.WITHDRAWN: withdrawn.compose,
    MessageKind.OFFER_CHECK_FAILED: offer_check_failed.compose,
}
