from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from tests.functional.api.conftest import Join, Program, a_posting
from volunteer.bootstrap import Core
from volunteer.matching.scoring import HAND_WEIGHTS
from volunteer.models import Candidate, NeedReading, Opportunity, Suggestion
from volunteer.services import devices, opportunity_texts
from volunteer.services.opportunity_texts import WrittenBy
from volunteer.web.api.registration import PREFIX

Enrol = Callable[..., dict[str, Any]]
Look = Callable[[str], None]
WITH_NEEDS = {
    "consents": ["account", "match", "needs"],
    "needs_must": ["sv.buddy"],
    "needs_nice": ["ph.near_transport"],
}


def _bearer(enrolled: dict[str, Any]) -> dict[str, str]:
    return {"Authorization": f"Bearer {enrolled['token']}"}


@pytest.fixture
def roles(client: Program, join: Join) -> list[str]:
    """A role with a buddy, and one of which nobody knows whether there is one."""
    headers = join().headers
    postings = (
        a_posting(external_id="sure", title="Koken met een buddy", access={"sv.buddy": "yes"}),
        a_posting(external_id="unsure", title="Soep uitdelen", tasks=["t.serve"]),
    )
    return [
        client.post(f"{PREFIX}/opportunities", json=posting, headers=headers).json["id"]
        for posting in postings
    ]


def test_until_there_is_a_list_we_are_looking(client: Program, enrol: Enrol) -> None:
    enrolled = enrol()
    response = client.get(enrolled["suggestions"], headers=_bearer(enrolled))
    assert response.status_code == 200
    expected = {"candidate_id": enrolled["id"], "state": "looking", "made_by": None, "suggestions": []}
    assert response.json == expected


def test_suggestions_say_why(client: Program, core: Core, enrol: Enrol, look: Look, roles: list[str]) -> None:
    enrolled = enrol(**WITH_NEEDS)
    look(enrolled["id"])
    response = client.get(enrolled["suggestions"], headers={**_bearer(enrolled), "Accept-Language": "en"})

    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-store"
    assert response.json["state"] == "ready"
    assert response.json["made_by"]["weights"] == HAND_WEIGHTS.version
    assert response.json["made_by"]["snapshot"]
    sure, unsure = response.json["suggestions"]
    assert [sure["rank"], unsure["rank"]] == [1, 2]
    assert [sure["explored"], unsure["explored"]] == [False, False]
    assert [sure["group"], unsure["group"]] == ["fits", "we_ask_first"]
    assert [sure["opportunity"]["id"], unsure["opportunity"]["id"]] == roles
    assert sure["opportunity"]["external_id"] == "sure"
    assert sure["opportunity"]["municipality"] == "elsene"
    assert sum(sure["parts"].values()) == pytest.approx(sure["score"], abs=1e-6)
    assert {need["code"]: need["state"] for need in sure["needs"]} == {
        "sv.buddy": "fits",
        "ph.near_transport": "ask",
    }
    assert "You like to do this: cooking." in [reason["sentence"] for reason in sure["reasons"]]
    assert any(reason["kind"] == "ask" and reason["about"] == "need" for reason in unsure["reasons"])
    with core.units.read() as uow:
        assert all(each.shown_at for each in uow.session.scalars(select(Suggestion)))
        readers = uow.session.scalars(
            select(NeedReading.reader).where(NeedReading.candidate_id == UUID(enrolled["id"]))
        )
        assert "person" in set(readers)


def test_reasons_come_in_the_language_that_is_asked_for(
    client: Program, enrol: Enrol, look: Look, roles: list[str]
) -> None:
    enrolled = enrol(**WITH_NEEDS)
    look(enrolled["id"])
    said = set()
    for language in ("nl", "fr", "en"):
        headers = {**_bearer(enrolled), "Accept-Language": language}
        first = client.get(enrolled["suggestions"], headers=headers).json["suggestions"][0]
        said.add((first["reasons"][0]["sentence"], first["needs"][0]["label"]))
    assert len(said) == 3


def test_a_file_opens_with_its_own_token_only(client: Program, enrol: Enrol, join: Join) -> None:
    mine, theirs = enrol(), enrol(first_name="Bo")
    assert client.get(mine["suggestions"], headers=_bearer(mine)).status_code == 200
    assert client.get(theirs["suggestions"], headers=_bearer(mine)).status_code == 401
    nobody = f"{PREFIX}/candidates/{uuid4()}/suggestions"
    assert client.get(nobody, headers=_bearer(mine)).status_code == 401
    assert client.get(mine["suggestions"], headers=join().headers).status_code == 401


def test_a_card_shows_no_more_than_on_our_pages(
    client: Program, enrol: Enrol, look: Look, roles: list[str]
) -> None:
    enrolled = enrol(**WITH_NEEDS)
    look(enrolled["id"])
    found = {"token": enrolled["card"].rpartition("/c/")[2]}
    response = client.get(enrolled["suggestions"], headers=_bearer(found))
    assert response.status_code == 403
    assert not {"suggestions", "reasons", "needs"} & response.json.keys()
    assert "buddy" not in response.text
    assert client.get(f"/c/{enrolled['token']}").headers["Location"] == "/card", "nor is the token a card"
    assert client.get(f"/c/{found['token']}").headers["Location"] == "/me/first"


def test_a_token_of_a_program_ends_with_the_devices(client: Program, enrol: Enrol, core: Core) -> None:
    enrolled = enrol()
    assert client.get(enrolled["suggestions"], headers=_bearer(enrolled)).status_code == 200
    with core.units.write() as uow:
        devices.forget_all(uow, uow.session.get_one(Candidate, UUID(enrolled["id"])))
    assert client.get(enrolled["suggestions"], headers=_bearer(enrolled)).status_code == 401


@pytest.mark.parametrize(
    "authorization",
    [None, "", "Bearer", "Bearer ", "Bearer wrong", "Basic YTpi", "Bearer a b", "Bearer \xe9"],
)
def test_without_a_token_nothing_is_said(client: Program, enrol: Enrol, authorization: str | None) -> None:
    headers = {} if authorization is None else {"Authorization": authorization}
    response = client.get(enrol()["suggestions"], headers=headers)
    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"] == "Bearer"
    assert response.json["code"] == "bad_token"


def test_an_address_without_an_id_is_no_address(client: Program) -> None:
    response = client.get(f"{PREFIX}/candidates/me/suggestions")
    assert response.status_code == 404
    assert response.json["code"] == "not_found"


def test_the_title_comes_in_the_language_of_the_reader_where_somebody_wrote_it(
    client: Program, core: Core, enrol: Enrol, look: Look, roles: list[str]
) -> None:
    with core.units.write() as uow:
        role = uow.session.get_one(Opportunity, UUID(roles[0]))
        opportunity_texts.say(
            uow, role, "fr", title="Cuisiner à deux", description="Ensemble.", written_by=WrittenBy.TEAM
        )
    enrolled = enrol(**WITH_NEEDS)
    look(enrolled["id"])
    said = {}
    for language in ("fr", "en"):
        headers = {**_bearer(enrolled), "Accept-Language": language}
        found = client.get(enrolled["suggestions"], headers=headers).json["suggestions"]
        said[language] = {(each["opportunity"]["title"], each["opportunity"]["language"]) for each in found}
    assert said["fr"] == {("Cuisiner à deux", "fr"), ("Soep uitdelen", "nl")}
    assert said["en"] == {("Koken met een buddy", "nl"), ("Soep uitdelen", "nl")}
