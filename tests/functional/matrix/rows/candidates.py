"""What a person does with their own file, and before there is one."""

from __future__ import annotations

from tests.functional.matrix.patterns import (
    Row,
    by_card,
    by_link,
    confirming,
    everybody,
    not_for_staff,
    own_file,
    own_thing,
    with_card,
)

ROWS: dict[str, Row] = {
    # blank_cards; without a card in the session one is led to the start
    "GET /k/<code>": not_for_staff("/with-card", desk="/desk/people/new", admin="/desk/people/new").at(
        code="blank card"
    ),
    "GET /with-card": everybody("/"),
    "POST /with-card": everybody("/"),
    # cards
    "GET /c/<token>": by_card("/me/first", candidate="/me").at(token="card"),
    "GET /card": everybody("200"),
    "POST /card": by_card("/me/first", candidate="/me").sending(card="card"),
    "GET /open/<token>": by_link("/me").at(token="open link"),
    "GET /p/<token>": by_card("/me/first", candidate="/me").at(token="paper link"),
    # confirming
    "GET /together": confirming("200"),
    "POST /together": confirming("422"),
    "GET /together/gone": everybody("200"),
    "POST /together/not-mine": confirming("done"),
    "GET /yes/<token>": not_for_staff("/together").at(token="confirm link"),
    # devices
    "GET /confirm/<token>": by_link("200").at(token="device link"),
    "POST /confirm/<token>": by_link("done").at(token="device link"),
    "GET /confirm/<token>/no": by_link("200").at(token="device link"),
    "POST /confirm/<token>/stop": by_link("/card").at(token="device link"),
    "GET /confirmed": everybody("200"),
    "GET /me/card": own_file("200"),
    "POST /me/card/stop": own_file("done"),
    "POST /me/devices/<uuid:device_id>/forget": own_thing("done", other="unchanged"),
    "GET /me/first": with_card("/me", finder="200"),
    "POST /me/first/ask": with_card("/me/first"),
    "GET /me/first/state": with_card("200"),
    # me
    "GET /keep/<token>": by_link("200").at(token="keep link"),
    "POST /keep/<token>": by_link("200").at(token="keep link"),
    "GET /me": own_file("200"),
    "GET /me/answers": own_file("200"),
    "GET /me/answers/<path:step>": own_file("200").at(step="where"),
    "POST /me/answers/<path:step>": own_file("422").at(step="where"),
    "GET /me/consents": own_file("200"),
    "POST /me/consents/<purpose>/give": own_file("on").at(purpose="follow_up"),
    "POST /me/consents/<purpose>/take-back": own_file("done").at(purpose="follow_up"),
    "GET /me/data": own_file("200"),
    "GET /me/data.json": own_file("200"),
    "GET /me/erase": own_file("200"),
    "POST /me/erase": own_file("422"),
    "GET /me/erased": everybody("200"),
    "GET /me/introductions/<uuid:introduction_id>/calendar.ics": own_thing("200"),
    "POST /me/introductions/<uuid:introduction_id>/time": own_thing("done")
    .at(introduction_id="introduction proposed")
    .sending(time="none"),
    "POST /me/introductions/<uuid:introduction_id>/withdraw": own_thing("done"),
    "GET /me/journal": own_file("200"),
    "POST /me/leave": everybody("on"),
    "GET /me/may-help": own_file("/me/suggestions"),
    "POST /me/may-help": own_file("/me/suggestions"),
    "GET /me/messages": own_file("200"),
    "POST /me/messages": own_file("on"),
    "GET /me/support": own_file("200"),
    "POST /me/support/<uuid:link_id>/<scope>/give": own_thing("on").at(scope="sees_progress"),
    "POST /me/support/<uuid:link_id>/<scope>/take-back": own_thing("done").at(scope="sees_progress"),
    "POST /me/support/<uuid:link_id>/not-mine": own_thing("done"),
    "POST /me/support/<uuid:link_id>/stop": own_thing("done"),
    # my_refusals
    "POST /me/suggestions/<uuid:suggestion_id>/closer": own_thing("on").at(
        suggestion_id="refused suggestion"
    ),
    "GET /me/suggestions/<uuid:suggestion_id>/refuse": own_thing("200"),
    "POST /me/suggestions/<uuid:suggestion_id>/refuse": own_thing("done"),
    "GET /me/suggestions/<uuid:suggestion_id>/refused": own_thing("200").at(
        suggestion_id="refused suggestion"
    ),
    "POST /me/suggestions/<uuid:suggestion_id>/undo": own_thing("done").at(
        suggestion_id="refused suggestion"
    ),
    "GET /me/suggestions/refused": own_file("200"),
    # my_signals
    "GET /me/nothing-fits": own_file("200"),
    "POST /me/nothing-fits": own_file("422"),
    "GET /me/nothing-fits/others": own_file("200"),
    # my_suggestions
    "GET /me/suggestions": own_file("200"),
    "GET /me/suggestions/<uuid:suggestion_id>": own_thing("200"),
    "GET /me/suggestions/<uuid:suggestion_id>/meet": own_thing("200"),
    "POST /me/suggestions/<uuid:suggestion_id>/meet": own_thing("done"),
    "POST /me/suggestions/<uuid:suggestion_id>/save": own_thing("done"),
    "POST /me/suggestions/<uuid:suggestion_id>/take-out": own_thing("on"),
    "POST /me/suggestions/again": own_file("done"),
    "GET /me/suggestions/list": own_file("200"),
    "GET /me/suggestions/lists/<uuid:list_id>": own_thing("200"),
    "POST /me/suggestions/lists/<uuid:list_id>/others": own_thing("done"),
    # signup
    "GET /signup": everybody("on"),
    "GET /signup/<path:step>": everybody("200").at(step="name"),
    "POST /signup/<path:step>": everybody("422").at(step="name"),
    "GET /signup/too-young": everybody("200"),
}
