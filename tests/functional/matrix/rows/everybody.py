"""What is open to all, and what more than one kind of people uses."""

from __future__ import annotations

from tests.functional.matrix.patterns import (
    Row,
    admin,
    by_link,
    desk,
    everybody,
    logged_in,
    own_file,
    own_thing,
)

ROWS: dict[str, Row] = {
    # access_guide
    "GET /access": everybody("200"),
    "GET /access/<code>": everybody("200").at(code="ph.step_free_entrance"),
    # auth
    "GET /account": logged_in("200"),
    "POST /account": logged_in("422"),
    "GET /login": logged_in("on", visitor="200", finder="200", candidate="200", other="200", waiting="200"),
    "POST /login": everybody("422"),
    "POST /logout": everybody("on"),
    # development: there only while somebody builds this, and only from this machine
    "GET /dev/mails": everybody("200"),
    "GET /dev/mails/<uuid:letter_id>": everybody("200").at(letter_id="letter"),
    # follow_ups
    "GET /desk/how/<uuid:follow_up_id>": desk("200").at(follow_up_id="follow-up of organisation"),
    "POST /desk/how/<uuid:follow_up_id>": desk("422").at(follow_up_id="follow-up of organisation"),
    "GET /how/<token>": by_link("200").at(token="follow-up link"),
    "POST /how/<token>": by_link("422").at(token="follow-up link"),
    "GET /me/how/<uuid:follow_up_id>": own_thing("200"),
    "POST /me/how/<uuid:follow_up_id>": own_thing("422"),
    # health
    "GET /healthz": everybody("200"),
    "GET /readyz": everybody("200"),
    # incidents
    "GET /not-right": everybody("200"),
    "POST /not-right": everybody("422"),
    "GET /not-right/sent": everybody("200"),
    # law
    "GET /admin/law": admin("200"),
    "GET /admin/law/<code>": admin("200").at(code="what.free"),
    "POST /admin/law/<code>": admin("422").at(code="what.free"),
    "POST /admin/law/<code>/checked": admin("done").at(code="what.free"),
    "GET /admin/law/new": admin("200"),
    "POST /admin/law/new": admin("422"),
    "GET /law": everybody("200"),
    "GET /law/workshop/<language>": everybody("200").at(language="nl"),
    # papers; a card is on paper only just after it was made, in the browser where that was done
    "GET /desk/calls/<uuid:message_id>/letter": desk("200").at(message_id="letter to post"),
    "GET /desk/calls/list": desk("200"),
    "GET /desk/people/<uuid:candidate_id>/paper/card": desk("404"),
    "GET /desk/people/<uuid:candidate_id>/paper/slip/<uuid:about_id>": desk("200").at(
        about_id="suggestion_id"
    ),
    "GET /desk/people/<uuid:candidate_id>/paper/suggestions": desk("200"),
    "GET /me/paper/card": own_file("404"),
    "GET /me/paper/slip/<uuid:about_id>": own_thing("200").at(about_id="suggestion_id"),
    "GET /me/paper/suggestions": own_file("200"),
    # start
    "GET /": everybody("200"),
    "GET /language/<code>": everybody("on").at(code="fr"),
    # static
    "GET /static/<path:filename>": everybody("200").at(filename="aloud.js"),
    # text_replies
    "POST /sms/incoming": everybody("401"),
    # unsubscribe
    "GET /unsubscribe/<token>": by_link("200").at(token="unsubscribe link"),
    "POST /unsubscribe/<token>": by_link("200").at(token="unsubscribe link"),
}
