from __future__ import annotations

from tests.functional.api.conftest import Program
from volunteer.web.api.registration import PREFIX

VOCABULARY = f"{PREFIX}/vocabulary"


def test_every_code_has_its_names(client: Program) -> None:
    lists = client.get(VOCABULARY).json
    counts = {name: len(lists[name]) for name in ("tasks", "sectors", "access_features", "municipalities")}
    assert counts == {"tasks": 42, "sectors": 18, "access_features": 40, "municipalities": 19}
    for name in ("tasks", "sectors", "access_features", "languages", "municipalities"):
        for entry in lists[name]:
            assert set(entry["labels"]) == {"nl", "fr", "en"}
            assert all(entry["labels"].values())


def test_it_tells_what_is_asked_of_whom(client: Program) -> None:
    features = {each["code"]: each for each in client.get(VOCABULARY).json["access_features"]}
    assert sum(each["asked_of_organisations"] for each in features.values()) == 38
    assert not features["sv.no_id_no_extract"]["asked_of_people"]


def test_commitments_go_from_light_to_heavy(client: Program) -> None:
    assert client.get(VOCABULARY).json["commitments"] == ["once", "sometimes", "months", "long"]


def test_it_may_be_kept(client: Program) -> None:
    first = client.get(VOCABULARY)
    assert first.cache_control.public
    assert first.cache_control.max_age
    again = client.get(VOCABULARY, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert again.data == b""
