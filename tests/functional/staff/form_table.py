"""Where each form of candidates, visitors and the desk stands, and what is filled in there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tests.functional.signing_up import ANSWERS

CANDIDATE, DESK, WAITING = "candidate", "desk", "waiting"
"""Whose browser it is; the last one has a file that waits for their yes."""


@dataclass(frozen=True)
class Stands:
    """Where one form stands, and what is filled in there."""

    by: str
    path: str
    at: str = ""
    given: dict[str, Any] = field(default_factory=dict)
    """What the page does not say by itself: the button, a choice."""
    tried: frozenset[str] = frozenset()
    """Fields that hostile texts are typed in: all of them, unless another row tries the rest."""
    ends: bool = False
    """Sent as it stands this would end what the others need: only hostile texts, in every field of it."""


TABLE: dict[str, list[Stands]] = {
    "signup.answer": [Stands(CANDIDATE, f"/signup/{slug}", given=page) for slug, page in ANSWERS.items()],
    "cards.enter": [Stands(CANDIDATE, "/card", given={"card": "abc"})],
    "blank_cards.begin": [Stands(CANDIDATE, "/with-card", at="/")],
    "me.say_who_may_help": [Stands(CANDIDATE, "/me/may-help", at="/me", given={"allow_sees_progress": "x"})],
    "devices.answer": [Stands(CANDIDATE, "/confirm/{confirm}", given={"answer": "no"})],
    "devices.stop_from_afar": [Stands(CANDIDATE, "/confirm/{confirm}/stop", at="/confirm/{confirm}/no")],
    "devices.show_everything": [Stands(CANDIDATE, "/me/first/ask", at="/me", given={"by": "desk"})],
    "devices.stop": [Stands(CANDIDATE, "/me/card/stop", at="/me/card")],
    "devices.forget": [Stands(CANDIDATE, "/me/devices/{nobody}/forget", at="/me/card")],
    "me.keep_now": [Stands(CANDIDATE, "/keep/{keep}")],
    "me.save": [
        Stands(CANDIDATE, f"/me/answers/{slug}", given={k: v for k, v in page.items() if k != "is_16"})
        for slug, page in ANSWERS.items()
        if slug not in {"age", "consent", "helps"}
    ],
    "me.give_consent": [
        Stands(CANDIDATE, f"/me/consents/{purpose}/give", at="/me/consents")
        for purpose in ("follow_up", "account", "share_with:x", "%3Cscript%3E", "%00", "x" * 300)
    ],
    "me.take_consent_back": [
        Stands(CANDIDATE, f"/me/consents/{purpose}/take-back", at="/me/consents")
        for purpose in ("follow_up", "share_with:x", "%3Cscript%3E", "%00", "x" * 300)
    ],
    "me.allow": [
        Stands(CANDIDATE, f"/me/support/{{nobody}}/{scope}/give", at="/me/support")
        for scope in ("sees_progress", "%3Cscript%3E", "%00", "x" * 300)
    ],
    "me.take_back_scope": [
        Stands(CANDIDATE, f"/me/support/{{nobody}}/{scope}/take-back", at="/me/support")
        for scope in ("sees_progress", "%3Cscript%3E", "%00", "x" * 300)
    ],
    "passed_answers.say_own": [
        Stands(CANDIDATE, "/me/support/answers/{nobody}", at="/me/support", given={"do": "x"})
    ],
    "passed_answers.say": [Stands(CANDIDATE, "/passed/{passed}", at="/me/support", given={"do": "undo"})],
    "me.stop_supporter": [Stands(CANDIDATE, "/me/support/{nobody}/stop", at="/me/support")],
    "me.contest_supporter": [Stands(CANDIDATE, "/me/support/{nobody}/not-mine", at="/me/support")],
    "confirming.say_yes": [Stands(WAITING, "/together", ends=True)],
    "confirming.contest": [Stands(WAITING, "/together/not-mine", at="/together", ends=True)],
    "me.withdraw": [Stands(CANDIDATE, "/me/introductions/{nobody}/withdraw", at="/me")],
    "me.choose_time": [
        Stands(CANDIDATE, "/me/introductions/{nobody}/time", at="/me", given={"time": said})
        for said in ("none", "x", "2026-12-01T09:00:00", "2026-12-01T09:00:00+00:00")
    ],
    "me.choose_messages": [
        Stands(CANDIDATE, "/me/messages", given={"topic": "new_roles", "do": "again"}),
        Stands(CANDIDATE, "/me/messages", given={"topic": "x", "do": "x"}),
    ],
    "me.erase_now": [Stands(CANDIDATE, "/me/erase", ends=True)],
    "me.leave": [Stands(CANDIDATE, "/me/leave", at="/", ends=True)],
    "my_signals.say": [
        Stands(CANDIDATE, "/me/nothing-fits", given={"cause": "hours", "words": "Ik kook graag"})
    ],
    "my_refusals.closer": [Stands(CANDIDATE, "/me/suggestions/{suggestion}/closer", at="/me/suggestions")],
    "my_refusals.say_no": [Stands(CANDIDATE, "/me/suggestions/{suggestion}/refuse", given={"reason": ""})],
    "my_refusals.undo": [Stands(CANDIDATE, "/me/suggestions/{suggestion}/undo", at="/me/suggestions")],
    "my_suggestions.ask_to_meet": [
        Stands(
            CANDIDATE,
            "/me/suggestions/{suggestion}/meet",
            given={"message": "Tot dinsdag", "share": "contact"},
        )
    ],
    "my_suggestions.save": [
        Stands(CANDIDATE, "/me/suggestions/{suggestion}/save", at="/me/suggestions", given={"back": "x"})
    ],
    "my_suggestions.take_out": [
        Stands(CANDIDATE, "/me/suggestions/{suggestion}/take-out", at="/me/suggestions", given={"back": "x"})
    ],
    "my_suggestions.again": [Stands(CANDIDATE, "/me/suggestions/again", at="/me/suggestions")],
    "my_suggestions.others": [Stands(CANDIDATE, "/me/suggestions/lists/{list}/others", at="/me/suggestions")],
    "incidents.send": [
        Stands(
            CANDIDATE,
            "/not-right",
            given={"story": "De deur was dicht.", "place": "Elsene", "answer_by": "nobody"},
        )
    ],
    "agenda.send": [
        Stands(
            CANDIDATE, "/agenda/{gathering}/join", given={"channel": "sms", "contact_sms": "0470 12 34 58"}
        )
    ],
    "agenda.sign_up_own": [Stands(CANDIDATE, "/agenda/{gathering}/mine", at="/agenda/{gathering}")],
    "agenda.decide": [
        Stands(CANDIDATE, "/seat/{seat}", given={"do": "size", "size": "2", "companions": "1"}),
        Stands(CANDIDATE, "/seat/{seat}", given={"do": "x"}),
    ],
    "agenda.decide_here": [Stands(CANDIDATE, "/seat", at="/agenda", given={"do": "x"})],
    "market_day.door_mark": [
        Stands(CANDIDATE, "/door/{door_link}", given={"do": do, "card": "{market_visitor}"})
        for do in ("scan", "find", "here", "x")
    ],
    "market_day.door_card_mark": [
        Stands(CANDIDATE, "/door/{door_link}/card/{market_visitor}", given={"do": do, "late": "15"})
        for do in ("late", "x")
    ],
    "market_day.door_group_mark": [Stands(CANDIDATE, "/door/{door_link}/group/{market_group}")],
    "market_day.door_new_now": [
        Stands(CANDIDATE, "/door/{door_link}/new", given={"channel": "letter", "help": "ic.pictograms"})
    ],
    "desk_markets.door_mark": [
        Stands(DESK, "/desk/markets/{market}/door", given={"do": do, "card": "{market_visitor}"})
        for do in ("scan", "find", "here", "x")
    ],
    "desk_markets.door_card_mark": [
        Stands(DESK, "/desk/markets/{market}/door/card/{market_visitor}", given={"do": do, "late": "15"})
        for do in ("late", "x")
    ],
    "desk_markets.door_group_mark": [Stands(DESK, "/desk/markets/{market}/door/group/{market_group}")],
    "desk_markets.door_new_now": [
        Stands(DESK, "/desk/markets/{market}/door/new", given={"channel": "letter", "help": "ic.pictograms"})
    ],
    "desk_markets.day_mark": [
        Stands(DESK, "/desk/markets/{market}/day", given={"do": do, "stand": "{stand}"})
        for do in ("clock", "note", "x")
    ],
    "market_day.mark": [
        Stands(CANDIDATE, "/stand/{stand_link}", given={"do": do, "visit": "{visit}", "minutes": "5"})
        for do in ("met", "yes", "open", "card", "late", "x")
    ],
    "markets.send": [Stands(CANDIDATE, "/market/{market}/join", given={"name": "Amina", "languages": "ar"})],
    "markets.register_own": [Stands(CANDIDATE, "/market/{market}/mine", at="/market/{market}")],
    "markets.decide": [
        Stands(CANDIDATE, "/m/{own_card_link}", given={"do": "change", "wanted": "2"}),
        Stands(CANDIDATE, "/m/{own_card_link}", given={"do": "more_time"}, tried=frozenset({"do"})),
        Stands(CANDIDATE, "/m/{own_card_link}", given={"do": "x"}),
    ],
    "markets.decide_here": [Stands(CANDIDATE, "/m", at="/agenda", given={"do": "x"})],
    "desk_markets.write_in": [
        Stands(
            DESK, "/desk/markets/{market}/visitors/new", given={"channel": "letter", "help": "ic.pictograms"}
        )
    ],
    "desk_markets.write_person_in": [
        Stands(DESK, "/desk/markets/{market}/people/{person}", at="/desk/markets/people/{person}")
    ],
    "desk_markets.decide_on_visitor": [
        Stands(DESK, "/desk/markets/visitors/{market_visitor}", given={"do": "change", "wanted": "2"}),
        Stands(DESK, "/desk/markets/visitors/{market_visitor}", given={"do": "more_time"}),
        Stands(DESK, "/desk/markets/visitors/{market_visitor}", given={"do": "x"}),
    ],
    "desk_markets.register_group": [
        Stands(DESK, "/desk/markets/{market}/groups/new", given={"size": "2", "languages": "ar"})
    ],
    "desk_markets.decide_on_group": [
        Stands(DESK, "/desk/markets/groups/{market_group}", given={"do": "change"})
    ],
    "markets.say_interest": [
        Stands(
            CANDIDATE, "/m/{card_link}/interest", at="/m/{card_link}", given={"do": do, "visit": "{visit}"}
        )
        for do in ("yes", "open", "answer", "x")
    ],
    "markets.say_interest_here": [Stands(CANDIDATE, "/m/interest", at="/m", given={"do": "yes"})],
    "desk_markets.look_again": [
        Stands(DESK, "/desk/markets/{market}/interests", given={"visit": "{visit}"}),
    ],
    "desk_markets.type_in": [
        Stands(
            DESK,
            "/desk/markets/{market}/ticks?stand={stand}",
            given={"ticks": "{visit}:came", "cards": "x"},
        )
    ],
    "desk_markets.mark_today": [
        Stands(DESK, "/desk/markets/stands/{stand}/today", given={"do": "missed", "visit": "{visit}"}),
        Stands(DESK, "/desk/markets/stands/{stand}/today", given={"do": "card", "card": "2"}),
    ],
    "desk_markets.add_stand": [
        Stands(DESK, "/desk/markets/{market}/stands/new", given={"organisation": "{organisation}"})
    ],
    "desk_markets.change_stand": [
        Stands(DESK, "/desk/markets/stands/{stand}/change", given={"access_ic.pictograms": "yes"})
    ],
    "desk_markets.decide_stand": [
        Stands(DESK, "/desk/markets/stands/{stand}", given={"do": "place", "spot": "A3"}),
        Stands(DESK, "/desk/markets/stands/{stand}", given={"do": "confirm"}),
        Stands(
            DESK,
            "/desk/markets/stands/{nobody}",
            at="/desk/markets/stands/{stand}",
            given={"do": "refuse", "reason_nl": "Vol"},
            tried=frozenset({"reason_nl"}),
        ),
    ],
    "desk_markets.lay_out": [
        Stands(DESK, "/desk/markets/{market}/plan", given={"do": "place", "spot": "A3"}),
        Stands(DESK, "/desk/markets/{market}/plan", given={"do": "all"}, tried=frozenset({"do"})),
    ],
    "desk_markets.ask_timetable": [Stands(DESK, "/desk/markets/{market}/timetables")],
    "desk_markets.publish_timetable": [Stands(DESK, "/desk/markets/timetables/{timetable}/publish")],
    "desk_markets.discard_timetable": [
        Stands(
            DESK,
            "/desk/markets/timetables/{nobody}/discard",
            at="/desk/markets/timetables/{timetable}",
            ends=True,
        )
    ],
    "desk_markets.why_not_stand": [
        Stands(
            DESK,
            "/desk/markets/{market}/routes",
            at="/desk/markets/{market}/routes?card=2",
            given={"stand": "{stand}"},
        )
    ],
    "desk_markets.give_route": [
        Stands(DESK, "/desk/markets/{market}/routes/now", at="/desk/markets/{market}/routes?card=2")
    ],
    "desk_markets.show_needs": [Stands(DESK, "/desk/markets/{market}/stands")],
    "desk_markets.add": [
        Stands(DESK, "/desk/markets/new"),
        Stands(DESK, "/desk/markets/new", given={"do": "times"}),
    ],
    "desk_markets.change": [
        Stands(DESK, "/desk/markets/{market}/change"),
        Stands(DESK, "/desk/markets/{market}/change", given={"do": "times"}),
    ],
    "desk_markets.publish": [Stands(DESK, "/desk/markets/{market}/publish", at="/desk/markets/{market}")],
    "desk_markets.cancel": [Stands(DESK, "/desk/markets/{market}/cancel", ends=True)],
    "desk_markets.draw": [Stands(DESK, "/desk/markets/{market}/hall")],
    "desk_markets.add_helper": [
        Stands(DESK, "/desk/markets/{market}/helpers", given={"role": "interpreter", "languages": "ar"})
    ],
    "desk_markets.change_helper": [Stands(DESK, "/desk/markets/helpers/{helper}")],
    "desk_markets.end_helper": [
        Stands(DESK, "/desk/markets/helpers/{nobody}/end", at="/desk/markets/{market}/helpers")
    ],
    "desk_gatherings.add": [Stands(DESK, "/desk/gatherings/new")],
    "desk_gatherings.change": [Stands(DESK, "/desk/gatherings/{gathering}/change")],
    "desk_gatherings.publish": [
        Stands(DESK, "/desk/gatherings/{gathering}/publish", at="/desk/gatherings/{gathering}")
    ],
    "desk_gatherings.cancel": [Stands(DESK, "/desk/gatherings/{gathering}/cancel", ends=True)],
    "desk_gatherings.show_help": [
        Stands(DESK, "/desk/gatherings/{gathering}/help", at="/desk/gatherings/{gathering}")
    ],
    "desk_gatherings.sign_up": [
        Stands(
            DESK,
            "/desk/gatherings/{gathering}/sign-up",
            given={"channel": "letter", "contact_letter": "Plein 1", "help": "ic.pictograms"},
        )
    ],
    "desk_gatherings.sign_person_up": [
        Stands(DESK, "/desk/gatherings/{gathering}/people/{person}", at="/desk/gatherings/people/{person}")
    ],
    "desk_gatherings.decide": [
        Stands(DESK, "/desk/gatherings/parties/{party}", given={"do": "here", "came": "1"}),
        Stands(DESK, "/desk/gatherings/parties/{party}", given={"do": "x"}),
    ],
    "agenda.answer": [Stands(CANDIDATE, "/after/{after}", given={"answer": "yes"})],
    "desk_gatherings.say_afterwards": [Stands(DESK, "/desk/gatherings/{gathering}/afterwards")],
    "desk_gatherings.say_expertise": [
        Stands(DESK, "/desk/gatherings/{company_day}/expertise", given={"expertise": "t.ict"})
    ],
    "desk_gatherings.count": [Stands(DESK, "/desk/gatherings/{gathering}/attendance")],
    "follow_ups.answer": [Stands(CANDIDATE, "/how/{nobody}", given={"said": "x", "words": "Goed"})],
    "follow_ups.answer_own": [Stands(CANDIDATE, "/me/how/{nobody}", given={"said": "x", "words": "Goed"})],
    "follow_ups.answer_at_desk": [Stands(DESK, "/desk/how/{nobody}", given={"said": "x", "words": "Goed"})],
    "unsubscribe.stop": [Stands(CANDIDATE, "/unsubscribe/{unsubscribe}")],
    "kiosk.here": [Stands(CANDIDATE, "/kiosk/here", at="/")],
    "kiosk.leave_now": [Stands(CANDIDATE, "/kiosk/leave", given={"email": "a@b.example", "password": "x"})],
    "auth.log_in_now": [Stands(CANDIDATE, "/login", given={"email": "a@b.example", "password": "x"})],
    "auth.logout": [Stands(CANDIDATE, "/logout", at="/", ends=True)],
    "auth.change_password": [Stands(DESK, "/account")],
    "kiosk.hand_over_now": [Stands(DESK, "/kiosk/hand-over", ends=True)],
    "desk.answer_question": [
        Stands(DESK, "/desk/questions/{question}", given={"said": "maybe", "note": "Bel aan de zijdeur"})
    ],
    "desk.finish_call": [
        Stands(DESK, "/desk/calls/{call}", given={"do": "other_hour", "wish": "na vijf uur", "wish_day": ""}),
        Stands(DESK, "/desk/calls/{call}", given={"do": "send", "email": "nergens"}),
    ],
    "desk.try_again": [
        Stands(DESK, "/desk/stuck/{stuck}", given={"do": "x"}),
        Stands(DESK, "/desk/undelivered/{call}", given={"do": "x"}),
    ],
    "desk.deal_with_signal": [
        Stands(
            DESK,
            "/desk/signals/{signal}",
            given={"do": "refer", "service": "newcomers", "reason": "x"},
        )
    ],
    "desk_replies.deal_with": [Stands(DESK, "/desk/replies/{reply}")],
    "desk.decide_on_remark": [
        Stands(DESK, "/desk/remarks/{nobody}", at="/desk", given={"do": "hold_back", "reason": "x"})
    ],
    "desk_reports.deal_with": [
        Stands(DESK, "/desk/reports/{report}", given={"do": "close", "outcome": "x", "done": "Gebeld."})
    ],
    "desk_reports.lift": [Stands(DESK, "/desk/suspended/{organisation}")],
    "desk_cards.confirm": [
        Stands(DESK, "/desk/people/{person}/card/devices/{nobody}/confirm", at="/desk/people/{person}")
    ],
    "desk_cards.refuse": [
        Stands(DESK, "/desk/people/{person}/card/devices/{device}/refuse", at="/desk/people/{person}")
    ],
    "desk_cards.renew": [Stands(DESK, "/desk/people/{other}/card/renew", at="/desk/people/{other}")],
    "desk_cards.stop": [Stands(DESK, "/desk/people/{other}/card/stop", at="/desk/people/{other}")],
    "desk_cards.close_everywhere": [
        Stands(DESK, "/desk/people/{other}/card/close", at="/desk/people/{other}")
    ],
    "people.find": [Stands(DESK, "/desk/people", given={"q": "Amina"})],
    "people.known": [
        Stands(DESK, "/desk/people/known", at="/desk/people/new", given={"first_name": "Amina"})
    ],
    "people.enrol_now": [
        Stands(
            DESK,
            "/desk/people/new",
            given={"first_name": "Zohra", "is_16": "yes", "channel": "letter", "contact_letter": "Plein 1"},
        ),
        Stands(
            DESK,
            "/desk/people/new",
            given={"blank_card": "7KQX-2M8R-WD4T", "held_card": "x"},
            tried=frozenset({"blank_card", "held_card"}),
        ),
    ],
    "people.it_is": [
        Stands(DESK, "/desk/people/new/known/{other}", at="/desk/people/new", given={"first_name": "Zohra"})
    ],
    "people.forget_typed": [Stands(DESK, "/desk/people/new/kept/forget", at="/desk/people/new")],
    "people.change_now": [Stands(DESK, "/desk/people/{person}/answers")],
    "people.show_needs": [Stands(DESK, "/desk/people/{person}/needs", at="/desk/people/{person}")],
    "people.change_needs": [
        Stands(
            DESK,
            "/desk/people/{person}/needs/change",
            at="/desk/people/{person}",
            given={"need_ph.step_free_entrance": "must", "needs_unknown_service": "yes"},
        )
    ],
    "people.give_consent": [
        Stands(DESK, f"/desk/people/{{person}}/consents/{purpose}/give", at="/desk/people/{person}")
        for purpose in ("follow_up", "share_with:x", "%00", "x" * 300)
    ],
    "people.take_consent_back": [
        Stands(DESK, f"/desk/people/{{person}}/consents/{purpose}/take-back", at="/desk/people/{person}")
        for purpose in ("follow_up", "share_with:x", "%00", "x" * 300)
    ],
    "people.somebody_else": [
        Stands(DESK, "/desk/people/{person}/others", at="/desk/people/{person}", given={"other": "{other}"})
    ],
    "people.meet_now": [
        Stands(
            DESK, "/desk/people/{person}/meet/{suggestion}", given={"message": "Tot dinsdag", "said_yes": ""}
        )
    ],
    "people.withdraw": [
        Stands(DESK, "/desk/people/{person}/introductions/{nobody}/withdraw", at="/desk/people/{person}")
    ],
    "people.choose_time": [
        Stands(
            DESK,
            "/desk/people/{person}/introductions/{nobody}/time",
            at="/desk/people/{person}",
            given={"time": "x"},
        )
    ],
    "people.contest": [Stands(DESK, "/desk/people/{person}/contest", at="/desk/people/{person}")],
    "people.say_of_passed": [
        Stands(
            DESK,
            "/desk/people/{person}/support/answers/{nobody}",
            at="/desk/people/{person}",
            given={"do": "x"},
        )
    ],
    "people.stop_supporter": [
        Stands(DESK, "/desk/people/{person}/support/{nobody}/stop", at="/desk/people/{person}")
    ],
    "people.erase_now": [Stands(DESK, "/desk/people/{other}/erase", ends=True)],
    "people.merge": [Stands(DESK, "/desk/people/{person}/same/{other}", given={"do": "check"})],
    "desk_organisations.say": [
        Stands(DESK, "/desk/organisations/{organisation}", given={"do": "x", "words": "Wat doen jullie?"})
    ],
    "desk_organisations.decide_on_side": [
        Stands(
            DESK,
            "/desk/organisations/{organisation}/other-side",
            at="/desk/organisations/{organisation}",
            given={"do": "refuse", "words": "Eerst een gesprek."},
        )
    ],
    "desk_organisations.decide": [
        Stands(DESK, "/desk/organisations/asking/{nobody}", at="/desk/organisations", given={"do": "x"})
    ],
    "messages.letters_done": [Stands(DESK, "/desk/messages/letters", given={"letter": "{call}"})],
    "person_work.write_note": [
        Stands(
            DESK,
            "/desk/people/{person}/notes",
            at="/desk/people/{person}",
            given={"note": "Belt terug", "note_days": "7"},
        )
    ],
    "person_work.throw_away": [
        Stands(DESK, "/desk/people/{person}/notes/{nobody}", at="/desk/people/{person}")
    ],
    "person_work.refer": [
        Stands(
            DESK,
            "/desk/people/{person}/referrals",
            at="/desk/people/{person}",
            given={"service": "newcomers", "reason": "no_hours", "words": "Vraag naar Inge"},
        )
    ],
}
"""By endpoint; names in braces are ids of the scene in the test."""
