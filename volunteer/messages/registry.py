"""Which module has the words of which message."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from volunteer.domain.messages import MessageKind
from volunteer.messages import (
    accepted,
    confirm_device,
    contact_changed,
    declined,
    fell_through,
    incident_closed,
    introduction_received,
    invitation,
    keep_file,
    missed,
    moved,
    new_suggestions,
    not_expected,
    offer_check_failed,
    paused,
    reinstated,
    reminder,
    resumed,
    role_lapsed,
    still_true,
    stopped,
    suggestions_ready,
    suspended,
    team_reminder,
    waits_for_answer,
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
    MessageKind.MOVED: moved.compose,
    MessageKind.REMINDER: reminder.compose,
    MessageKind.TEAM_REMINDER: team_reminder.compose,
    MessageKind.DECLINED: declined.compose,
    MessageKind.FELL_THROUGH: fell_through.compose,
    MessageKind.WENT_OUT: went_out.compose,
    MessageKind.WITHDRAWN: withdrawn.compose,
    MessageKind.MISSED: missed.compose,
    MessageKind.WAITS_FOR_ANSWER: waits_for_answer.compose,
    MessageKind.STOPPED: stopped.compose,
    MessageKind.OFFER_CHECK_FAILED: offer_check_failed.compose,
    MessageKind.PAUSED: paused.compose,
    MessageKind.RESUMED: resumed.compose,
    MessageKind.SUSPENDED: suspended.compose,
    MessageKind.REINSTATED: reinstated.compose,
    MessageKind.INCIDENT_CLOSED: incident_closed.compose,
    MessageKind.CONFIRM_DEVICE: confirm_device.compose,
    MessageKind.CONTACT_CHANGED: contact_changed.compose,
    MessageKind.NOT_EXPECTED: not_expected.compose,
    MessageKind.KEEP_FILE: keep_file.compose,
    MessageKind.STILL_TRUE: still_true.compose,
    MessageKind.ROLE_LAPSED: role_lapsed.compose,
}
