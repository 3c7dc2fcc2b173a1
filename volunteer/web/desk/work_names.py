"""What the work of each handler is called, for who looks at what is stuck."""

from __future__ import annotations

from volunteer.web.language import gettext as _


def work_names() -> dict[str, str]:
    """By the name of the handler, in the reader's language; a test compares it with the registry."""
    return _of_looking() | _of_telling() | _of_gatherings()


def _of_looking() -> dict[str, str]:
    return {
        "suggest_on_enrolment": _("Suggestions for a new person"),
        "suggest_on_change": _("Suggestions after a change"),
        "suggest_others": _("Other suggestions that were asked for"),
        "suggest_on_wish": _("Suggestions after a wish"),
        "suggest_after_no": _("Other suggestions after a no"),
        "suggest_after_stop": _("Other suggestions after a stop"),
        "open_on_approval": _("Opening roles after an approval"),
        "ask_or_send": _("Asking first, or sending an introduction"),
        "reconsider_on_answer": _("What follows from an answer"),
        "reconsider_on_role": _("What follows from a changed role"),
        "reconsider_on_import": _("What follows from a list"),
        "reconsider_on_change": _("What follows from a changed file"),
        "reconsider_on_lifting": _("What follows when an organisation may go on"),
    }


def _of_telling() -> dict[str, str]:
    return {
        "tell_of_first_suggestions": _("A message about suggestions"),
        "tell_of_new_roles": _("A message about new roles"),
        "tell_of_introduction": _("A message to an organisation"),
        "tell_of_yes": _("A message about a yes"),
        "tell_of_not_now": _("A message about a not now"),
        "tell_of_no": _("A message about a no"),
        "tell_that_it_went_out": _("A message that an introduction went out"),
        "tell_of_withdrawal": _("A message that somebody took it back"),
        "tell_of_stop": _("A message that somebody stopped"),
        "tell_of_missing": _("A message that somebody did not come"),
        "ask_how_it_goes": _("Asking how it goes"),
        "remind_of_introduction": _("A reminder to an organisation"),
        "tell_of_approval": _("A message that an organisation may begin"),
        "tell_of_question_to_team": _("A question to a team"),
        "tell_of_refusal": _("A message that an organisation cannot join"),
        "tell_of_stale_role": _("A question whether a role still stands"),
        "tell_of_lapsed_role": _("A message that a role was closed"),
        "ask_team": _("A mail with questions to a team"),
        "remind_of_plan": _("A reminder of what was planned"),
        "tell_of_failed_check": _("A message about the nightly check"),
        "tell_of_suspension": _("Messages that an organisation is suspended"),
        "tell_people_of_refusal": _("Messages that an organisation cannot answer now"),
        "tell_people_of_new_yes": _("Messages that an organisation answers again"),
        "tell_of_lifting": _("Messages that an organisation may go on"),
        "tell_of_closed_incident": _("A message about a report"),
        "tell_of_times": _("A message with times to choose from"),
        "remind_of_times": _("A reminder to choose a time"),
        "tell_of_chosen_time": _("A message that a time was chosen"),
        "tell_of_no_time": _("A message that no time suits"),
        "tell_of_past_times": _("A message that proposed times are past"),
        "tell_of_remark": _("What an organisation wrote, passed on"),
        "tell_of_move": _("A message about another day"),
        "remind_of_appointment": _("Reminders of an appointment"),
        "send_message": _("Sending a message"),
        "send_text": _("Sending a text message"),
    }


def _of_gatherings() -> dict[str, str]:
    return {
        "make_timetable": _("A timetable of a market"),
        "tell_of_seat": _("A message about a seat at an activity"),
        "tell_of_confirmed_stand": _("A message about a stand that is confirmed"),
        "tell_of_refused_stand": _("A message about a stand that is refused"),
        "tell_of_withdrawn_stand": _("Messages that a route changed"),
        "tell_of_card": _("A message about a card for a market"),
        "bring_together": _("Bringing together who met at a market"),
        "remind_of_market": _("Reminders of a market"),
        "tell_of_routes": _("Messages that a route is ready"),
        "tell_of_moved_market": _("Messages that a market changed"),
        "tell_of_cancelled_market": _("Messages that a market does not go on"),
        "tell_after_market": _("Messages after a market"),
        "give_route": _("A route for who registered after the timetable"),
        "give_routes_to_group": _("Routes for a group that registered after the timetable"),
        "tell_of_group": _("A message about a group at a market"),
        "tell_of_offered_seat": _("A message that a seat is free"),
        "tell_of_confirmed_seat": _("A message that somebody has the seat"),
        "tell_of_lapsed_seat": _("A message that a seat went to the next one"),
        "tell_of_moved_gathering": _("Messages that an activity changed"),
        "tell_of_cancelled_gathering": _("Messages that an activity does not go on"),
        "remind_of_gathering": _("Reminders of an activity"),
        "tell_after_gathering": _("Messages after an activity"),
    }
