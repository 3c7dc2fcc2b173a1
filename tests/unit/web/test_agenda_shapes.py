"""What other programs read of a gathering: the shape of UiTdatabank, and an event of schema.org."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from volunteer.config import from_environment
from volunteer.domain.access import FEATURES
from volunteer.domain.gatherings import GatheringKind
from volunteer.services.agenda import Announced
from volunteer.translation import translations
from volunteer.web.schemas.schema_event import schema_event
from volunteer.web.schemas.uitdatabank import uitdatabank_event

CENTRE = from_environment({}).centre
NOW = datetime(2027, 3, 1, 9, tzinfo=UTC)
LINK = "https://schakel.example/agenda/00000000-0000-0000-0000-000000000007"
WORKSHOP = Announced(
    id=UUID(int=7),
    kind=GatheringKind.CANDIDATE_WORKSHOP,
    titles={"nl": "Wat is vrijwilligerswerk?", "fr": "Le volontariat", "ar": "التطوع"},
    abouts={"nl": "Drie vragen, en koffie."},
    starts_at=datetime(2027, 3, 30, 8, tzinfo=UTC),
    ends_at=datetime(2027, 3, 30, 10, tzinfo=UTC),
    closes_at=datetime(2027, 3, 29, 8, tzinfo=UTC),
    published_at=datetime(2027, 2, 1, 8, tzinfo=UTC),
    venue="Buurthuis De Brug",
    street="Lindenkaai 24",
    postal_code="1080",
    municipality="sint-jans-molenbeek",
    is_online=False,
    is_on_site=True,
    languages=("nl",),
    interpreters=("ar", "vgt"),
    access=("ic.plain_language", "ph.step_free_entrance", "sv.buddy"),
    seats=20,
    free=3,
    is_cancelled=False,
    reasons={},
    changes=0,
    link=LINK,
)
EXPECTED = {
    "@id": LINK,
    "@type": "Event",
    "mainLanguage": "nl",
    "languages": ["nl", "fr"],
    "name": {"nl": "Wat is vrijwilligerswerk?", "fr": "Le volontariat"},
    "description": {"nl": "Drie vragen, en koffie."},
    "terms": [
        {"id": "0.3.1.0.0", "label": "Cursus of workshop", "domain": "eventtype"},
        {"id": "3.34.0.0.0", "label": "Vereenvoudigde informatie", "domain": "facility"},
        {"id": "3.33.0.0.0", "label": "Tolken Vlaamse Gebarentaal", "domain": "facility"},
    ],
    "labels": [
        "vrijwilligerswerk",
        "schakel-candidate_workshop",
        "schakel-taal-nl",
        "schakel-tolk-ar",
        "schakel-tolk-vgt",
        "schakel-helpt-ph.step_free_entrance",
        "schakel-helpt-sv.buddy",
    ],
    "calendarType": "single",
    "startDate": "2027-03-30T10:00:00+02:00",
    "endDate": "2027-03-30T12:00:00+02:00",
    "subEvent": [
        {
            "id": 0,
            "startDate": "2027-03-30T10:00:00+02:00",
            "endDate": "2027-03-30T12:00:00+02:00",
            "status": {"type": "Available"},
            "bookingAvailability": {"type": "Available", "capacity": 20, "remainingCapacity": 3},
        }
    ],
    "status": {"type": "Available"},
    "bookingAvailability": {"type": "Available"},
    "attendanceMode": "offline",
    "location": {
        "@type": "Place",
        "mainLanguage": "nl",
        "name": {"nl": "Buurthuis De Brug"},
        "address": {
            "nl": {
                "addressCountry": "BE",
                "addressLocality": "Sint-Jans-Molenbeek",
                "postalCode": "1080",
                "streetAddress": "Lindenkaai 24",
            }
        },
    },
    "organizer": {"name": {"nl": CENTRE.name}, "email": CENTRE.email, "phone": CENTRE.phone},
    "contactPoint": {"phone": [CENTRE.phone], "email": [CENTRE.email], "url": [LINK]},
    "bookingInfo": {
        "phone": CENTRE.phone,
        "email": CENTRE.email,
        "url": LINK,
        "urlLabel": {each: translations(each).gettext("Sign up") for each in ("nl", "fr")},
        # Before the clocks go forward, so with another offset than the day itself.
        "availabilityStarts": "2027-02-01T09:00:00+01:00",
        "availabilityEnds": "2027-03-29T10:00:00+02:00",
    },
    "audience": {"audienceType": "everyone"},
    "typicalAgeRange": "16-",
    "priceInfo": [{"category": "base", "price": 0, "priceCurrency": "EUR"}],
    "availableFrom": "2027-02-01T09:00:00+01:00",
    "availableTo": "2027-03-30T12:00:00+02:00",
    "workflowStatus": "READY_FOR_VALIDATION",
}


def test_the_event_database_reads_one_gathering_word_for_word() -> None:
    made = uitdatabank_event(WORKSHOP, CENTRE, now=NOW)
    assert made == EXPECTED
    assert list(made) == list(EXPECTED)
    json.dumps(made)


def test_wheelchairs_are_promised_only_where_everything_for_them_is_there() -> None:
    def terms(*access: str) -> set[str]:
        made = uitdatabank_event(replace(WORKSHOP, access=access, interpreters=()), CENTRE, now=NOW)
        return {term["id"] for term in made["terms"] if term["domain"] == "facility"}

    parts = ("ph.lift_or_ground", "ph.step_free_entrance", "ph.wheelchair_space")
    assert terms(*parts) == {"3.27.0.0.0"}
    assert all(terms(*(each for each in parts if each != missing)) == set() for missing in parts)


def test_what_was_called_off_says_so_and_why() -> None:
    off = replace(WORKSHOP, is_cancelled=True, reasons={"nl": "De zaal is nat.", "ar": "…"})
    made = uitdatabank_event(off, CENTRE, now=NOW)
    assert made["status"] == {"type": "Unavailable", "reason": {"nl": "De zaal is nat."}}
    assert made["bookingAvailability"] == {"type": "Unavailable"}
    said = schema_event(off, CENTRE, language="nl", now=NOW)
    assert said["eventStatus"] == "https://schema.org/EventCancelled"
    assert said["offers"]["availability"] == "https://schema.org/SoldOut"


@pytest.mark.parametrize(
    ("changed", "now"),
    [(replace(WORKSHOP, free=0), NOW), (WORKSHOP, WORKSHOP.closes_at)],
    ids=["full", "closed"],
)
def test_who_cannot_sit_down_any_more_is_not_invited(changed: Announced, now: datetime) -> None:
    assert uitdatabank_event(changed, CENTRE, now=now)["bookingAvailability"]["type"] == "Unavailable"
    said = schema_event(changed, CENTRE, language="nl", now=now)
    assert said["offers"]["availability"] == "https://schema.org/SoldOut"


def test_a_training_is_for_members() -> None:
    training = replace(WORKSHOP, kind=GatheringKind.ORGANISATION_TRAINING)
    assert uitdatabank_event(training, CENTRE, now=NOW)["audience"] == {"audienceType": "members"}


@pytest.mark.parametrize(
    ("on_site", "mode", "places"),
    [(True, "Mixed", ["Place", "VirtualLocation"]), (False, "Online", ["VirtualLocation"])],
)
def test_a_meeting_online_is_found_on_its_page_alone(on_site: bool, mode: str, places: list[str]) -> None:
    online = replace(WORKSHOP, is_online=True, is_on_site=on_site)
    made = uitdatabank_event(online, CENTRE, now=NOW)
    assert (made["attendanceMode"], "location" in made) == (mode.lower(), on_site)
    said = schema_event(online, CENTRE, language="nl", now=NOW)
    assert said["eventAttendanceMode"] == f"https://schema.org/{mode}EventAttendanceMode"
    assert [each["@type"] for each in said["location"]] == places
    assert said["location"][-1]["url"] == LINK


def test_search_engines_read_who_it_is_for() -> None:
    said = schema_event(WORKSHOP, CENTRE, language="ar", now=NOW)
    assert (said["@type"], said["name"], said["description"]) == (
        "EducationEvent",
        "التطوع",
        "Drie vragen, en koffie.",
    )
    assert said["inLanguage"] == ["nl", "ar", "vgt"]
    assert (said["maximumAttendeeCapacity"], said["remainingAttendeeCapacity"]) == (20, 3)
    assert said["offers"]["price"] == 0
    assert said["organizer"]["name"] == CENTRE.name
    (place,) = said["location"]
    assert {each["propertyID"]: each["name"] for each in place["amenityFeature"]} == {
        code: FEATURES[code].label("ar") for code in WORKSHOP.access
    }


@given(
    st.integers(0, 2 * 366 * 24 * 60),
    st.integers(1, 3 * 24 * 60),
)
def test_a_moment_names_the_same_instant_on_the_clock_of_the_centre(minutes: int, lasts: int) -> None:
    starts_at = datetime(2027, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    moved = replace(WORKSHOP, starts_at=starts_at, ends_at=starts_at + timedelta(minutes=lasts))
    for made in (
        uitdatabank_event(moved, CENTRE, now=NOW),
        schema_event(moved, CENTRE, language="nl", now=NOW),
    ):
        begins = datetime.fromisoformat(made["startDate"])
        assert begins == starts_at
        assert begins.utcoffset() == starts_at.astimezone(ZoneInfo(CENTRE.time_zone)).utcoffset()
        assert begins < datetime.fromisoformat(made["endDate"])
