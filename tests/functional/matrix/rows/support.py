"""What support workers do, alone and together with a person."""

from __future__ import annotations

from tests.functional.matrix.patterns import Row, by_link, helped, leads_support, own_thing, support

ROWS: dict[str, Row] = {
    # card_groups
    "GET /support/groups": support("200"),
    "POST /support/groups": support("422"),
    "GET /support/groups/<uuid:group_id>": helped("200"),
    "GET /support/groups/<uuid:group_id>/cards": helped("200"),
    "POST /support/groups/<uuid:group_id>/more": helped("422"),
    "POST /support/groups/<uuid:group_id>/stop": helped("done"),
    # passed_answers: the person looks at what was passed on, and undoes it
    "GET /me/support/answers/<uuid:entry_id>": own_thing("200"),
    "POST /me/support/answers/<uuid:entry_id>": own_thing("done").sending(do="undo"),
    "GET /passed/<token>": by_link("200").at(token="passed link"),
    "POST /passed/<token>": by_link("done").at(token="passed link").sending(do="undo"),
    # pending; a card is on paper only just after it was made, in the browser where that was done
    "GET /support/waiting/<uuid:link_id>": helped("200").at(link_id="waiting link"),
    "GET /support/waiting/<uuid:link_id>/card": support("404").at(link_id="waiting link"),
    "POST /support/waiting/<uuid:link_id>/card": helped("done").at(link_id="waiting link"),
    "POST /support/waiting/<uuid:link_id>/hand-over": helped("done").at(link_id="waiting link"),
    "POST /support/waiting/<uuid:link_id>/send": helped("on").at(link_id="waiting link"),
    "POST /support/waiting/<uuid:link_id>/throw-away": helped("done").at(link_id="waiting link"),
    # support
    "GET /support": support("200"),
    "GET /support/also-offers": support("200"),
    "POST /support/also-offers": leads_support("422"),
    "GET /support/about": support("200"),
    "POST /support/about": leads_support("422"),
    "GET /support/agreement": support("200"),
    "POST /support/agreement": leads_support("422"),
    "GET /support/agreement/paper": support("200"),
    "GET /support/approval": support("200"),
    "POST /support/approval": leads_support("422"),
    "POST /support/choose": support("on", elsewhere="403").sending(organisation="school"),
    "GET /support/team": support("200"),
    "POST /support/team": leads_support("422"),
    "POST /support/team/invitations/<uuid:invitation_id>": leads_support("done", elsewhere="422")
    .at(invitation_id="invitation of school")
    .sending(do="take_back"),
    "POST /support/team/leave": support("done", school="422", elsewhere="422"),
    "POST /support/team/members/<uuid:membership_id>": leads_support("done", elsewhere="422")
    .at(membership_id="seat of helper")
    .sending(do="take_out"),
    # support_links
    "GET /support/enrol": support("200"),
    "POST /support/enrol": support("on"),
    "GET /support/enrol/<step>": support("on").at(step="name"),
    "POST /support/enrol/<step>": support("on").at(step="name"),
    # support_people
    "GET /support/people/<uuid:link_id>": helped("200"),
    "POST /support/people/<uuid:link_id>/how/<uuid:follow_up_id>": helped("done").sending(going="well"),
    "POST /support/people/<uuid:link_id>/introductions/<uuid:introduction_id>": helped("done").sending(
        time="cannot"
    ),
    "POST /support/people/<uuid:link_id>/messages/<uuid:message_id>": helped("done"),
}
