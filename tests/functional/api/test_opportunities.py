from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from tests.functional.api.conftest import Join, Member, Program, a_posting
from volunteer.bootstrap import Core
from volunteer.domain.accounts import Role
from volunteer.domain.opportunities import OpportunityState, Scope
from volunteer.models import AccessAnswer, Opportunity, OutboxEvent, Question
from volunteer.services import access_answers, questions
from volunteer.web.api.registration import PREFIX

OPPORTUNITIES = f"{PREFIX}/opportunities"


@pytest.fixture
def member(join: Join) -> Member:
    return join()


def _post(client: Program, member: Member, **content: Any) -> dict[str, Any]:
    response = client.post(OPPORTUNITIES, json=a_posting(**content), headers=member.headers)
    assert response.status_code == 201, response.json
    assert isinstance(response.json, dict)
    return response.json


def _patch(client: Program, member: Member, role: dict[str, Any], **change: Any) -> Any:
    return client.patch(f"{OPPORTUNITIES}/{role['id']}", json=change, headers=member.headers)


def _event_types(core: Core) -> list[str]:
    with core.units.read() as uow:
        return list(uow.session.scalars(select(OutboxEvent.type).order_by(OutboxEvent.seq)))


def test_a_role_is_posted_whole(client: Program, core: Core, member: Member) -> None:
    content = a_posting(
        external_id="r-1",
        sectors=["sec.food"],
        wanted=3,
        starts_on="2027-03-01",
        ends_on=None,
        commitment="long",
        languages_needed={"nl": 1},
        languages_spoken=["fr", "nl"],
        place={
            "street": "Plein 1",
            "postal_code": "1050",
            "municipality": "elsene",
            "latitude": 50.83,
            "longitude": 4,
            "district": None,
        },
        contact_name="Fatma",
        getting_there="Bus 71, halte Flagey.",
        url="https://buurthuis.example/koken",
        is_remote=False,
        extract_required=True,
        access={"sv.buddy": "yes", "ph.seated_work": "no", "sv.trial": None},
    )
    response = client.post(OPPORTUNITIES, json=content, headers=member.headers)

    assert response.status_code == 201
    assert response.headers["ETag"]
    role = response.json
    expected = {**content, "access": {"ph.seated_work": "no", "sv.buddy": "yes"}, "times": "tue 09:00-13:00"}
    assert {name: role[name] for name in expected} == expected
    assert role["state"] == "open"
    assert _event_types(core) == ["opportunity_published"]
    with core.units.read() as uow:
        said_by = set(uow.session.scalars(select(AccessAnswer.said_by)))
        assert said_by == {f"account:{member.account_id}"}


def test_what_is_left_out_is_unknown(client: Program, member: Member) -> None:
    least = {"title": "Koken", "description": "", "language": "nl"}
    role = client.post(OPPORTUNITIES, json=least, headers=member.headers).json
    assert role["place"] is None
    assert role["times"] == ""
    assert role["commitment"] is None
    assert role["wanted"] == 1
    assert role["access"] == role["languages_needed"] == {}


@pytest.mark.parametrize(
    ("content", "field"),
    [
        ({"wanted": "2"}, "wanted"),
        ({"starts_on": "2027-03-02", "ends_on": "2027-03-01"}, "ends_on"),
        ({"commitment": "forever"}, "commitment"),
        ({"commitment": ["once"]}, "commitment"),
        ({"access": {"ic.other_language": "yes"}}, "access.ic.other_language"),
        ({"organisation_id": str(uuid4())}, "organisation_id"),
    ],
)
def test_what_is_not_right_is_named(
    client: Program, core: Core, member: Member, content: dict[str, Any], field: str
) -> None:
    response = client.post(OPPORTUNITIES, json=a_posting(**content), headers=member.headers)
    assert response.status_code == 422
    assert field in response.json["errors"]
    assert _event_types(core) == []


def test_a_viewer_looks_on(client: Program, join: Join, member: Member) -> None:
    role = _post(client, member)
    viewer = join(Role.VIEWER, organisation_id=member.organisation_id)
    assert client.get(f"{OPPORTUNITIES}/{role['id']}", headers=viewer.headers).status_code == 200
    assert client.post(OPPORTUNITIES, json=a_posting(), headers=viewer.headers).status_code == 403
    assert _patch(client, viewer, role, title="Anders").status_code == 403


@pytest.mark.parametrize("method", ["get", "post", "patch"])
def test_without_a_token_there_is_nothing(client: Program, method: str) -> None:
    address = f"{OPPORTUNITIES}/{uuid4()}" if method == "patch" else OPPORTUNITIES
    body = {} if method == "get" else {"json": a_posting() if method == "post" else {}}
    for headers in ({}, {"Authorization": "Bearer wrong"}):
        response = getattr(client, method)(address, headers=headers, **body)
        assert response.status_code == 401


def test_the_roles_of_others_are_not_there(client: Program, join: Join, member: Member) -> None:
    role = _post(client, member)
    other = join()
    assert client.get(OPPORTUNITIES, headers=other.headers).json["opportunities"] == []
    assert client.get(f"{OPPORTUNITIES}/{role['id']}", headers=other.headers).status_code == 404
    assert _patch(client, other, role, title="Van mij").status_code == 404
    assert client.get(f"{OPPORTUNITIES}/{role['id']}", headers=member.headers).json["title"] == role["title"]


def test_a_list_is_read_page_by_page(client: Program, member: Member) -> None:
    posted = [_post(client, member, title=f"Rol {number}")["id"] for number in range(7)]
    found: list[str] = []
    query: dict[str, Any] = {"limit": 3}
    sizes = []
    while True:
        page = client.get(OPPORTUNITIES, query_string=query, headers=member.headers).json
        sizes.append(len(page["opportunities"]))
        found += [role["id"] for role in page["opportunities"]]
        if page["next_cursor"] is None:
            break
        query["cursor"] = page["next_cursor"]
    assert sizes == [3, 3, 1]
    assert found == posted[::-1]


def test_a_list_of_one_state(client: Program, member: Member) -> None:
    paused = _post(client, member)
    _post(client, member)
    _patch(client, member, paused, state="paused")
    page = client.get(OPPORTUNITIES, query_string={"state": "paused"}, headers=member.headers).json
    assert [role["id"] for role in page["opportunities"]] == [paused["id"]]


@pytest.mark.parametrize(
    "query", ["limit=0", "limit=101", "limit=x", "cursor=x", "cursor=%C3%A9", "cursor=%00", "state=gone"]
)
def test_a_list_is_asked_for_rightly(client: Program, member: Member, query: str) -> None:
    response = client.get(f"{OPPORTUNITIES}?{query}", headers=member.headers)
    assert response.status_code == 422
    assert response.json["field"] == query.split("=", maxsplit=1)[0]


def test_a_change_leaves_the_rest(client: Program, core: Core, member: Member) -> None:
    role = _post(client, member, external_id="r-1", access={"sv.buddy": "yes"}, wanted=2)
    response = _patch(client, member, role, title="Samen koken", times="flexible", ends_on="2027-06-30")
    assert response.status_code == 200
    changed = {"title": "Samen koken", "times": "flexible", "ends_on": "2027-06-30"}
    assert {**role, **changed, "updated_at": response.json["updated_at"]} == response.json
    assert _event_types(core) == ["opportunity_published", "opportunity_changed"]


def test_a_change_of_nothing_is_none(client: Program, core: Core, member: Member) -> None:
    role = _post(client, member)
    assert _patch(client, member, role).json == role
    assert _patch(client, member, role, title=role["title"], place=role["place"]).json == role
    assert _event_types(core) == ["opportunity_published"]


def test_a_place_is_replaced_whole_and_forgotten(client: Program, member: Member) -> None:
    role = _post(client, member)
    moved = _patch(client, member, role, place={"municipality": "jette"}).json
    assert moved["place"]["municipality"] == "jette"
    assert moved["place"]["street"] is None
    assert _patch(client, member, role, place=None).json["place"] is None


def test_what_does_not_hold_together_changes_nothing(client: Program, member: Member) -> None:
    role = _post(client, member, starts_on="2027-03-01")
    response = _patch(client, member, role, title="Anders", ends_on="2027-02-01")
    assert response.status_code == 422
    assert client.get(f"{OPPORTUNITIES}/{role['id']}", headers=member.headers).json == role


def test_the_states_an_organisation_may_set(client: Program, core: Core, member: Member) -> None:
    role = _post(client, member)
    for state in ("paused", "open", "closed", "open"):
        assert _patch(client, member, role, state=state).json["state"] == state
    assert _patch(client, member, role, state="waiting").status_code == 422
    with core.units.write() as uow:
        uow.session.get_one(Opportunity, UUID(role["id"])).state = OpportunityState.WAITING
    refused = _patch(client, member, role, state="open")
    assert refused.status_code == 409
    assert refused.json["field"] == "state"


def test_an_external_id_is_used_once(client: Program, join: Join, member: Member) -> None:
    role = _post(client, member, external_id="r-1")
    other = _post(client, member)
    again = client.post(OPPORTUNITIES, json=a_posting(external_id="r-1"), headers=join().headers)
    assert again.status_code == 409
    assert again.json["code"] == "already_in_use"
    assert _patch(client, member, other, external_id="r-1").status_code == 409
    assert _patch(client, member, role, external_id="r-1").status_code == 200


def test_nobody_undoes_the_work_of_a_colleague(client: Program, member: Member) -> None:
    role = _post(client, member)
    address = f"{OPPORTUNITIES}/{role['id']}"
    etag = client.get(address, headers=member.headers).headers["ETag"]
    unchanged = client.get(address, headers={**member.headers, "If-None-Match": etag})
    assert unchanged.status_code == 304

    with_etag = {**member.headers, "If-Match": etag}
    assert client.patch(address, json={"title": "Eerst"}, headers=with_etag).status_code == 200
    late = client.patch(address, json={"title": "Te laat"}, headers=with_etag)
    assert late.status_code == 412
    assert late.json["code"] == "changed_meanwhile"
    assert client.get(address, headers=member.headers).json["title"] == "Eerst"


def test_access_answers_change_one_by_one(client: Program, core: Core, member: Member) -> None:
    role = _post(client, member, access={"sv.buddy": "yes", "sv.trial": "no"})
    response = _patch(client, member, role, access={"sv.trial": None, "sv.talk_first": "arrangeable"})
    assert response.json["access"] == {"sv.buddy": "yes", "sv.talk_first": "arrangeable"}
    assert _event_types(core)[-1] == "access_answered"


def test_a_change_of_the_title_makes_no_answer_younger(client: Program, core: Core, member: Member) -> None:
    role = _post(client, member)
    with core.units.write() as uow:
        access_answers.record(
            uow,
            {"sv.buddy": "yes"},  # type: ignore[dict-item] # as a list says it
            organisation_id=member.organisation_id,
            scope=Scope.OPPORTUNITY,
            scope_id=UUID(role["id"]),
            said_by="import",
        )
        said_at = uow.now
    _patch(client, member, role, title="Anders")
    with core.units.read() as uow:
        answer = uow.session.scalars(select(AccessAnswer)).one()
        assert (answer.said_by, answer.said_at) == ("import", said_at)


def test_an_answer_settles_the_question_that_waited_for_it(
    client: Program, core: Core, member: Member
) -> None:
    role = _post(client, member)
    with core.units.write() as uow:
        opportunity = uow.session.get_one(Opportunity, UUID(role["id"]))
        questions.open_for(uow, opportunity, "sv.buddy")
    _patch(client, member, role, access={"sv.buddy": "arrangeable"})
    with core.units.read() as uow:
        question = uow.session.scalars(select(Question)).one()
        assert (question.state, question.answer) == ("answered", "arrangeable")
    assert "access_answered" in _event_types(core)


def test_a_commitment_is_changed_and_taken_back(client: Program, member: Member) -> None:
    role = _post(client, member, commitment="once")
    assert _patch(client, member, role, commitment="months").json["commitment"] == "months"
    assert _patch(client, member, role, wanted=2).json["commitment"] == "months"
    assert _patch(client, member, role, commitment=None).json["commitment"] is None
