"""What the team of an organisation does, and how one joins."""

from __future__ import annotations

from tests.functional.matrix.patterns import (
    Row,
    by_link,
    editors,
    everybody,
    leads,
    own_editors,
    own_team,
    team,
)

ROWS: dict[str, Row] = {
    # access_changes
    "GET /organisation/access/<scope>/<uuid:scope_id>/change/<code>": own_team("200").at(
        scope="venue", code="ph.step_free_entrance"
    ),
    "POST /organisation/access/<scope>/<uuid:scope_id>/change/<code>": own_editors("422").at(
        scope="venue", code="ph.step_free_entrance"
    ),
    "POST /organisation/access/plans/<uuid:plan_id>": own_editors("done").sending(do="drop"),
    "POST /organisation/access/questions/<uuid:question_id>": own_editors("done").sending(said="unknown"),
    # access_check
    "GET /organisation/access": team("on"),
    "GET /organisation/access/<scope>/<uuid:scope_id>": own_team("200").at(scope="venue"),
    "POST /organisation/access/<scope>/<uuid:scope_id>": own_editors("on").at(scope="venue"),
    "POST /organisation/access/<scope>/<uuid:scope_id>/confirm": own_editors("on").at(scope="venue"),
    "GET /organisation/access/<scope>/<uuid:scope_id>/print": own_team("200").at(scope="venue"),
    # invitation
    "GET /join/<token>": by_link("200").at(token="invitation link"),
    "POST /join/<token>": by_link("422").at(token="invitation link"),
    # joining
    "GET /organisation/join": everybody("200"),
    "POST /organisation/join": everybody("422"),
    "GET /organisation/join/<token>": by_link("200").at(token="joining link"),
    "POST /organisation/join/<token>": by_link("422").at(token="joining link"),
    "GET /organisation/join/asked": everybody("200"),
    "GET /organisation/join/sent": everybody("200"),
    "GET /team/<token>": by_link("200").at(token="team link"),
    "POST /team/<token>": by_link("422").at(token="team link"),
    # organisation
    "GET /organisation": team("200"),
    "GET /organisation/also-brings": team("200"),
    "POST /organisation/also-brings": leads("422"),
    "GET /organisation/about": team("200"),
    "POST /organisation/about": editors("422"),
    "GET /organisation/approval": team("200"),
    "POST /organisation/approval": editors("422"),
    "POST /organisation/choose": team("on", stranger="403").sending(organisation="organisation_id"),
    "GET /organisation/information": team("200"),
    "GET /organisation/introductions/<uuid:introduction_id>": own_team("200"),
    "POST /organisation/introductions/<uuid:introduction_id>": own_editors("422"),
    "GET /organisation/introductions/<uuid:introduction_id>/agreement": own_team("200").at(
        introduction_id="introduction started"
    ),
    "GET /organisation/introductions/<uuid:introduction_id>/calendar.ics": own_team("200"),
    "POST /organisation/introductions/<uuid:introduction_id>/cancel": own_editors("422"),
    "GET /organisation/introductions/<uuid:introduction_id>/certificate": own_team("200").at(
        introduction_id="introduction started"
    ),
    "GET /organisation/introductions/<uuid:introduction_id>/information": own_team("200"),
    "POST /organisation/introductions/<uuid:introduction_id>/informed": own_editors("done"),
    "POST /organisation/introductions/<uuid:introduction_id>/moment": own_editors("done"),
    "POST /organisation/introductions/<uuid:introduction_id>/went": own_editors("done").sending(step="meet"),
    # A viewer is not asked about tasks: for them there are none.
    "POST /organisation/tasks/<uuid:suggestion_id>": own_team("done", viewer="404")
    .at(suggestion_id="task")
    .sending(fits="no"),
    "GET /organisation/team": team("200"),
    "POST /organisation/team": leads("422"),
    # What is not of this team is said on the page of the team, in the same words as what is not there.
    "POST /organisation/team/invitations/<uuid:invitation_id>": leads("done", stranger="422").sending(
        do="take_back"
    ),
    "POST /organisation/team/leave": team("422", editor="done", viewer="done"),
    "POST /organisation/team/members/<uuid:membership_id>": leads("done", stranger="422").sending(
        do="take_out"
    ),
    "GET /organisation/token": team("200"),
    "POST /organisation/token": editors("200"),
    "GET /organisation/venues": team("200"),
    "GET /organisation/venues/<uuid:venue_id>": own_editors("200"),
    "POST /organisation/venues/<uuid:venue_id>": own_editors("422").sending(do="remove"),
    "GET /organisation/venues/new": editors("200"),
    "POST /organisation/venues/new": editors("422"),
    # own_messages
    "GET /account/messages": team("200"),
    "POST /account/messages": team("on"),
    # questions
    "GET /q/<token>": by_link("200").at(token="question link"),
    "POST /q/<token>": by_link("422").at(token="question link"),
    # roles
    "GET /organisation/roles": team("200"),
    "GET /organisation/roles/<uuid:role_id>": own_team("200"),
    "GET /organisation/roles/<uuid:role_id>/as-seen/<language>": own_team("200").at(language="fr"),
    "POST /organisation/roles/<uuid:role_id>/confirm": own_editors("done"),
    "POST /organisation/roles/<uuid:role_id>/discard": own_editors("409"),
    "GET /organisation/roles/<uuid:role_id>/edit": own_editors("200"),
    "POST /organisation/roles/<uuid:role_id>/edit": own_editors("422"),
    "POST /organisation/roles/<uuid:role_id>/step": own_editors("done").sending(step="pause"),
    "GET /organisation/roles/<uuid:role_id>/words": own_editors("200"),
    "POST /organisation/roles/<uuid:role_id>/words/<language>": own_editors("422").at(language="fr"),
    "GET /organisation/roles/new": editors("200"),
    "POST /organisation/roles/new": editors("422"),
    "POST /organisation/roles/plain": team("200"),
    "GET /still-true/<token>": by_link("200").at(token="role link"),
    "POST /still-true/<token>": by_link("200").at(token="role link"),
}
