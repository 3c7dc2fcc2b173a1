"""What the desk and administrators do."""

from __future__ import annotations

from tests.functional.matrix.patterns import Row, admin, desk, everybody

ROWS: dict[str, Row] = {
    # admin
    "GET /admin": admin("200"),
    "POST /admin": admin("422"),
    # desk
    "GET /desk": desk("200"),
    "GET /desk/<kind>/<uuid:row_id>": desk("200").at(kind="calls", row_id="call"),
    "POST /desk/calls/<uuid:row_id>": desk("422").at(row_id="call"),
    "GET /desk/figures": desk("200"),
    "POST /desk/questions/<uuid:row_id>": desk("422").at(row_id="question_id"),
    "POST /desk/remarks/<uuid:row_id>": desk("422").at(row_id="remark"),
    "POST /desk/signals/<uuid:row_id>": desk("on").at(row_id="signal"),
    "POST /desk/stuck/<uuid:row_id>": desk("done").at(row_id="stuck").sending(do="again"),
    "POST /desk/undelivered/<uuid:row_id>": desk("done").at(row_id="stuck").sending(do="again"),
    # desk_cards
    "POST /desk/people/<uuid:candidate_id>/card/close": desk("done"),
    "POST /desk/people/<uuid:candidate_id>/card/devices/<uuid:device_id>/confirm": desk("done"),
    "POST /desk/people/<uuid:candidate_id>/card/devices/<uuid:device_id>/refuse": desk("done"),
    "POST /desk/people/<uuid:candidate_id>/card/renew": desk("done"),
    "POST /desk/people/<uuid:candidate_id>/card/stop": desk("done"),
    # desk_organisations
    "GET /desk/organisations": desk("200"),
    "GET /desk/organisations/<uuid:organisation_id>": desk("200"),
    "POST /desk/organisations/<uuid:organisation_id>": desk("422"),
    "POST /desk/organisations/<uuid:organisation_id>/other-side": desk("404").sending(do="approve"),
    "POST /desk/organisations/asking/<uuid:invitation_id>": desk("done")
    .at(invitation_id="invitation asked of desk")
    .sending(do="let_in"),
    # desk_replies
    "POST /desk/replies/<uuid:row_id>": desk("done").at(row_id="reply"),
    # desk_reports
    "POST /desk/reports/<uuid:row_id>": desk("422").at(row_id="report"),
    "POST /desk/suspended/<uuid:row_id>": desk("done").at(row_id="suspended"),
    # kiosk
    "GET /kiosk/hand-over": desk("200"),
    "POST /kiosk/hand-over": desk("on"),
    "POST /kiosk/here": everybody("409"),
    "GET /kiosk/leave": everybody("login"),
    "POST /kiosk/leave": everybody("login"),
    "GET /kiosk/over": everybody("on"),
    "GET /kiosk/paper": everybody("on"),
    # messages
    "GET /desk/messages": desk("200"),
    "GET /desk/messages/letters": desk("200"),
    "POST /desk/messages/letters": desk("on"),
    "GET /desk/messages/preview": desk("200"),
    "GET /desk/messages/preview/<kind>/<language>": desk("200").at(kind="suggestions_ready", language="nl"),
    "GET /desk/messages/preview/<kind>/<language>/letter": desk("200").at(
        kind="suggestions_ready", language="nl"
    ),
    "GET /desk/messages/preview/<kind>/<language>/mail": desk("200").at(
        kind="suggestions_ready", language="nl"
    ),
    # people
    "GET /desk/people": desk("200"),
    "POST /desk/people": desk("done"),
    "GET /desk/people/<uuid:candidate_id>": desk("200"),
    "GET /desk/people/<uuid:candidate_id>/answers": desk("200"),
    "POST /desk/people/<uuid:candidate_id>/answers": desk("422"),
    "POST /desk/people/<uuid:candidate_id>/consents/<purpose>/give": desk("on").at(purpose="follow_up"),
    "POST /desk/people/<uuid:candidate_id>/consents/<purpose>/take-back": desk("done").at(
        purpose="follow_up"
    ),
    "POST /desk/people/<uuid:candidate_id>/contest": desk("done").at(candidate_id="waiting person"),
    "GET /desk/people/<uuid:candidate_id>/erase": desk("200"),
    "POST /desk/people/<uuid:candidate_id>/erase": desk("done"),
    "POST /desk/people/<uuid:candidate_id>/introductions/<uuid:introduction_id>/time": desk("done")
    .at(introduction_id="introduction proposed")
    .sending(time="none"),
    "POST /desk/people/<uuid:candidate_id>/introductions/<uuid:introduction_id>/withdraw": desk("done"),
    "GET /desk/people/<uuid:candidate_id>/meet/<uuid:suggestion_id>": desk("200"),
    "POST /desk/people/<uuid:candidate_id>/meet/<uuid:suggestion_id>": desk("422"),
    "POST /desk/people/<uuid:candidate_id>/needs": desk("200"),
    "POST /desk/people/<uuid:candidate_id>/needs/change": desk("done"),
    "POST /desk/people/<uuid:candidate_id>/others": desk("on"),
    "GET /desk/people/<uuid:candidate_id>/same/<uuid:other_id>": desk("200"),
    "POST /desk/people/<uuid:candidate_id>/same/<uuid:other_id>": desk("200"),
    "GET /desk/people/<uuid:candidate_id>/suggestions": desk("200"),
    "POST /desk/people/<uuid:candidate_id>/support/answers/<uuid:entry_id>": desk("done").sending(do="undo"),
    "POST /desk/people/<uuid:candidate_id>/support/<uuid:link_id>/stop": desk("done"),
    "POST /desk/people/known": desk("200"),
    "GET /desk/people/new": desk("200"),
    "POST /desk/people/new": desk("422"),
    "GET /desk/people/new/kept": desk("on"),
    "POST /desk/people/new/kept/forget": desk("on"),
    "POST /desk/people/new/known/<uuid:candidate_id>": desk("done"),
    # person_work
    "POST /desk/people/<uuid:candidate_id>/notes": desk("422"),
    "POST /desk/people/<uuid:candidate_id>/notes/<uuid:note_id>": desk("done"),
    "POST /desk/people/<uuid:candidate_id>/referrals": desk("422"),
    "GET /desk/people/<uuid:candidate_id>/referrals/<uuid:referral_id>": desk("200"),
}
