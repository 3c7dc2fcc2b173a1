"""Gatherings: what everybody reads, who signs up, and what the desk does."""

from __future__ import annotations

from tests.functional.matrix.patterns import Row, by_link, desk, everybody, own_file, own_thing, support, team

ROWS: dict[str, Row] = {
    # agenda
    "GET /after/<token>": by_link("200").at(token="afterwards link"),
    "POST /after/<token>": by_link("422").at(token="afterwards link"),
    "GET /agenda": everybody("200"),
    "GET /agenda.ics": everybody("200"),
    "GET /agenda.json": everybody("200"),
    "GET /agenda/<uuid:gathering_id>": everybody("200"),
    "GET /agenda/<uuid:gathering_id>/calendar.ics": everybody("200"),
    "GET /agenda/<uuid:gathering_id>/join": everybody("200"),
    "POST /agenda/<uuid:gathering_id>/join": everybody("422"),
    "POST /agenda/<uuid:gathering_id>/mine": own_file("on"),
    "GET /agenda/<uuid:gathering_id>/my-seat": own_thing("on"),
    "GET /seat": everybody("on"),
    "POST /seat": everybody("404"),
    "GET /seat/<token>": by_link("200").at(token="seat link"),
    "POST /seat/<token>": by_link("422").at(token="seat link"),
    "GET /ticket/<token>": by_link("on").at(token="ticket link"),
    # desk_gatherings
    "GET /desk/gatherings": desk("200"),
    "GET /desk/gatherings/<uuid:gathering_id>": desk("200"),
    "GET /desk/gatherings/<uuid:gathering_id>/afterwards": desk("200"),
    "POST /desk/gatherings/<uuid:gathering_id>/afterwards": desk("on"),
    "GET /desk/gatherings/<uuid:gathering_id>/attendance": desk("200"),
    "POST /desk/gatherings/<uuid:gathering_id>/attendance": desk("unchanged"),
    "GET /desk/gatherings/<uuid:gathering_id>/attendance.pdf": desk("200"),
    "GET /desk/gatherings/<uuid:gathering_id>/cancel": desk("200"),
    "POST /desk/gatherings/<uuid:gathering_id>/cancel": desk("422"),
    "GET /desk/gatherings/<uuid:gathering_id>/change": desk("200"),
    "POST /desk/gatherings/<uuid:gathering_id>/change": desk("422"),
    "GET /desk/gatherings/<uuid:gathering_id>/expertise": desk("200").at(gathering_id="company_day"),
    "POST /desk/gatherings/<uuid:gathering_id>/expertise": desk("on").at(gathering_id="company_day"),
    "POST /desk/gatherings/<uuid:gathering_id>/help": desk("200"),
    "POST /desk/gatherings/<uuid:gathering_id>/people/<uuid:candidate_id>": desk("on"),
    "GET /desk/gatherings/<uuid:gathering_id>/preview": desk("200"),
    "POST /desk/gatherings/<uuid:gathering_id>/publish": desk("on"),
    "GET /desk/gatherings/<uuid:gathering_id>/sign-up": desk("200"),
    "POST /desk/gatherings/<uuid:gathering_id>/sign-up": desk("422"),
    "GET /desk/gatherings/new": desk("200"),
    "POST /desk/gatherings/new": desk("422"),
    "GET /desk/gatherings/parties/<uuid:party_id>": desk("200"),
    "POST /desk/gatherings/parties/<uuid:party_id>": desk("422"),
    "GET /desk/gatherings/people/<uuid:candidate_id>": desk("200"),
    # organisation_gatherings
    "GET /organisation/gatherings": team("200"),
    "GET /organisation/gatherings/<uuid:gathering_id>": team("200").at(gathering_id="organisation_training"),
    "POST /organisation/gatherings/<uuid:gathering_id>": team("422").at(gathering_id="organisation_training"),
    # support_gatherings
    "GET /support/gatherings": support("200"),
    "GET /support/gatherings/<uuid:gathering_id>": support("200"),
    "POST /support/gatherings/<uuid:gathering_id>": support("422"),
}
