"""What programs do: the API, with tokens and never with a session."""

from __future__ import annotations

from tests.functional.matrix.patterns import Row, everybody

ROWS: dict[str, Row] = {
    # api-docs
    "GET /api/v1/openapi.json": everybody("200"),
    # candidates
    "POST /api/v1/candidates": everybody("422"),
    # districts
    "GET /api/v1/districts": everybody("200"),
    # opportunities
    "GET /api/v1/opportunities": everybody(
        "401", team_program="200", viewer_program="200", stranger_program="200"
    ),
    "POST /api/v1/opportunities": everybody(
        "401", team_program="201", viewer_program="403", stranger_program="201"
    ).sending(title="Soep koken", description="Elke dinsdag.", language="nl"),
    "GET /api/v1/opportunities/<uuid:opportunity_id>": everybody(
        "401", team_program="200", viewer_program="200", stranger_program="404"
    ),
    "PATCH /api/v1/opportunities/<uuid:opportunity_id>": everybody(
        "401", team_program="200", viewer_program="403", stranger_program="404"
    ),
    # suggestions
    "GET /api/v1/candidates/<uuid:candidate_id>/suggestions": everybody("401", program="200"),
    # tokens
    "POST /api/v1/tokens": everybody("422"),
    # vocabulary
    "GET /api/v1/vocabulary": everybody("200"),
}
