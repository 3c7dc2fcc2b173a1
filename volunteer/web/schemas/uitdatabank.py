"""A gathering in the shape of the city's event database, UiTdatabank; ``docs/agenda.md`` names each source.

The shape is that of publiq's JSON schemas for an event. Terms are those of its own lists; what no term there
says is carried as a label of ours.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from volunteer.config import Centre
from volunteer.domain.gatherings import FIRST_LANGUAGE, OPEN_TO, GatheringKind, PartyKind
from volunteer.domain.places import MUNICIPALITIES
from volunteer.services.agenda import Announced
from volunteer.translation import translations

LANGUAGES = ("nl", "fr", "de", "en")
"""What it has room for (``common-languages.json``)."""
_TYPES: Mapping[GatheringKind, tuple[str, str]] = {
    GatheringKind.CANDIDATE_WORKSHOP: ("0.3.1.0.0", "Cursus of workshop"),
    GatheringKind.SUPPORT_INFO_SESSION: ("0.3.2.0.0", "Lezing of congres"),
    GatheringKind.ORGANISATION_TRAINING: ("0.3.1.0.0", "Cursus of workshop"),
    GatheringKind.COMPANY_DAY: ("0.51.0.0.0", "Type onbepaald"),
}
"""Exactly one type for each event; there is none for a day of companies."""
_WHEELCHAIR = frozenset({"ph.step_free_entrance", "ph.lift_or_ground", "ph.wheelchair_space"})
"""Only together they are what the term promises."""
_FACILITIES: Mapping[str, tuple[frozenset[str], str]] = {
    "3.27.0.0.0": (_WHEELCHAIR, "Rolstoeltoegankelijk"),
    "3.31.0.0.0": (frozenset({"ph.accessible_toilet"}), "Toegankelijk sanitair"),
    "3.26.0.0.0": (frozenset({"ph.parking_adapted"}), "Parkeerplaats"),
    "3.13.1.0.0": (frozenset({"ph.assistance_dog"}), "Voorzieningen voor assistentiehonden"),
    "3.17.1.0.0": (frozenset({"ic.hearing_support"}), "Ringleiding"),
    "3.34.0.0.0": (frozenset({"ic.plain_language"}), "Vereenvoudigde informatie"),
    "3.35.0.0.0": (frozenset({"sv.support_person"}), "1 begeleider gratis"),
}
_FLEMISH_SIGN_LANGUAGE = "vgt"
_SIGNED = ("3.33.0.0.0", "Tolken Vlaamse Gebarentaal")
_FROM_16 = "16-"
"""Who volunteers is 16 or older."""


def uitdatabank_event(of: Announced, centre: Centre, *, now: datetime) -> dict[str, Any]:
    """One event; moments carry the offset of the centre's clock on that day."""
    begins, ends = (_moment(each, centre) for each in (of.starts_at, of.ends_at))
    status, booking = _status(of), _booking(of, now)
    names = _in_its_languages(of.titles)
    return {
        "@id": of.link,
        "@type": "Event",
        "mainLanguage": FIRST_LANGUAGE,
        "languages": [*names],
        "name": names,
        "description": _in_its_languages(of.abouts),
        "terms": _terms(of),
        "labels": _labels(of),
        "calendarType": "single",
        "startDate": begins,
        "endDate": ends,
        "subEvent": [
            {
                "id": 0,
                "startDate": begins,
                "endDate": ends,
                "status": status,
                "bookingAvailability": {**booking, "capacity": of.seats, "remainingCapacity": of.free},
            }
        ],
        "status": status,
        "bookingAvailability": booking,
        "attendanceMode": _attendance(of),
        **({"location": _place(of)} if of.is_on_site else {}),
        "organizer": {"name": {FIRST_LANGUAGE: centre.name}, "email": centre.email, "phone": centre.phone},
        "contactPoint": {"phone": [centre.phone], "email": [centre.email], "url": [of.link]},
        "bookingInfo": _booking_info(of, centre),
        "audience": {"audienceType": _audience(of.kind)},
        "typicalAgeRange": _FROM_16,
        "priceInfo": [{"category": "base", "price": 0, "priceCurrency": "EUR"}],
        "availableFrom": _moment(of.published_at, centre),
        "availableTo": ends,
        "workflowStatus": "READY_FOR_VALIDATION",
    }


def _in_its_languages(said: Mapping[str, str]) -> dict[str, str]:
    return {language: said[language] for language in LANGUAGES if language in said}


def _moment(moment: datetime, centre: Centre) -> str:
    return moment.astimezone(ZoneInfo(centre.time_zone)).isoformat(timespec="seconds")


def _terms(of: Announced) -> list[dict[str, str]]:
    facilities = [
        (term, label) for term, (codes, label) in _FACILITIES.items() if codes <= frozenset(of.access)
    ]
    if _FLEMISH_SIGN_LANGUAGE in of.interpreters:
        facilities.append(_SIGNED)
    return [
        {"id": term, "label": label, "domain": domain}
        for domain, found in (("eventtype", [_TYPES[of.kind]]), ("facility", facilities))
        for term, label in found
    ]


def _labels(of: Announced) -> list[str]:
    """Ours: what it is, its languages, and what helps there that no term says."""
    said = {code for codes, _ in _FACILITIES.values() if codes <= frozenset(of.access) for code in codes}
    return [
        "vrijwilligerswerk",
        f"schakel-{of.kind}",
        *(f"schakel-taal-{code}" for code in of.languages),
        *(f"schakel-tolk-{code}" for code in of.interpreters),
        *(f"schakel-helpt-{code}" for code in of.access if code not in said),
    ]


def _status(of: Announced) -> dict[str, Any]:
    if not of.is_cancelled:
        return {"type": "Available"}
    reason = _in_its_languages(of.reasons)
    return {"type": "Unavailable", **({"reason": reason} if reason else {})}


def _booking(of: Announced, now: datetime) -> dict[str, Any]:
    return {"type": "Available" if of.is_open(now) else "Unavailable"}


def _attendance(of: Announced) -> str:
    if not of.is_online:
        return "offline"
    return "mixed" if of.is_on_site else "online"


def _place(of: Announced) -> dict[str, Any]:
    """Whoever sends it in puts the number of the place in UiTdatabank in its stead."""
    town = MUNICIPALITIES.get(of.municipality or "")
    locality = town.label(FIRST_LANGUAGE) if town else ""
    address = {
        "addressCountry": "BE",
        "addressLocality": locality,
        "postalCode": of.postal_code,
        "streetAddress": of.street,
    }
    return {
        "@type": "Place",
        "mainLanguage": FIRST_LANGUAGE,
        "name": {FIRST_LANGUAGE: of.venue},
        "address": {FIRST_LANGUAGE: {name: said for name, said in address.items() if said}},
    }


def _booking_info(of: Announced, centre: Centre) -> dict[str, Any]:
    return {
        "phone": centre.phone,
        "email": centre.email,
        "url": of.link,
        "urlLabel": {language: translations(language).gettext("Sign up") for language in _spoken(of.titles)},
        "availabilityStarts": _moment(of.published_at, centre),
        "availabilityEnds": _moment(of.closes_at, centre),
    }


def _spoken(titles: Mapping[str, str]) -> Sequence[str]:
    return [language for language in LANGUAGES if language in titles]


def _audience(kind: GatheringKind) -> str:
    return "everyone" if PartyKind.VISITOR in OPEN_TO[kind] else "members"
