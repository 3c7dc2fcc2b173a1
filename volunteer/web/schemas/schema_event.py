"""A gathering as search engines read it: an event of schema.org, as JSON-LD."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from volunteer.config import Centre
from volunteer.domain.access import FEATURES
from volunteer.domain.gatherings import GatheringKind, said_in
from volunteer.domain.places import MUNICIPALITIES
from volunteer.services.agenda import Announced

_HOME = "https://schema.org"
_TYPES = {
    GatheringKind.CANDIDATE_WORKSHOP: "EducationEvent",
    GatheringKind.SUPPORT_INFO_SESSION: "Event",
    GatheringKind.ORGANISATION_TRAINING: "EducationEvent",
    GatheringKind.COMPANY_DAY: "BusinessEvent",
}


def schema_event(of: Announced, centre: Centre, *, language: str, now: datetime) -> dict[str, Any]:
    """One event, with its words in ``language`` where they are said in it."""
    about = said_in(of.abouts, language)
    return {
        "@context": _HOME,
        "@type": _TYPES[of.kind],
        "@id": of.link,
        "identifier": str(of.id),
        "url": of.link,
        "name": said_in(of.titles, language),
        **({"description": about} if about else {}),
        "startDate": _moment(of.starts_at, centre),
        "endDate": _moment(of.ends_at, centre),
        "eventStatus": f"{_HOME}/{'EventCancelled' if of.is_cancelled else 'EventScheduled'}",
        "eventAttendanceMode": f"{_HOME}/{_attendance(of)}EventAttendanceMode",
        "location": _where(of, language),
        # Somebody who follows through an interpreter follows it in their language.
        "inLanguage": list(dict.fromkeys((*of.languages, *of.interpreters))),
        "maximumAttendeeCapacity": of.seats,
        "remainingAttendeeCapacity": of.free,
        "isAccessibleForFree": True,
        "offers": {
            "@type": "Offer",
            "price": 0,
            "priceCurrency": "EUR",
            "availability": f"{_HOME}/{'InStock' if of.is_open(now) else 'SoldOut'}",
            "availabilityEnds": _moment(of.closes_at, centre),
            "url": of.link,
        },
        "organizer": {
            "@type": "Organization",
            "name": centre.name,
            "email": centre.email,
            "telephone": centre.phone,
        },
    }


def _moment(moment: datetime, centre: Centre) -> str:
    return moment.astimezone(ZoneInfo(centre.time_zone)).isoformat(timespec="seconds")


def _attendance(of: Announced) -> str:
    if not of.is_online:
        return "Offline"
    return "Mixed" if of.is_on_site else "Online"


def _where(of: Announced, language: str) -> list[dict[str, Any]]:
    """The venue with what helps there; of a meeting online the page alone, where one signs up for it."""
    found: list[dict[str, Any]] = []
    if of.is_on_site:
        town = MUNICIPALITIES.get(of.municipality or "")
        address = {
            "streetAddress": of.street,
            "postalCode": of.postal_code,
            "addressLocality": town.label(language) if town else "",
            "addressCountry": "BE",
        }
        found.append(
            {
                "@type": "Place",
                "name": of.venue,
                "address": {
                    "@type": "PostalAddress",
                    **{name: said for name, said in address.items() if said},
                },
                "amenityFeature": [
                    {
                        "@type": "LocationFeatureSpecification",
                        "name": FEATURES[code].label(language),
                        "propertyID": code,
                        "value": True,
                    }
                    for code in of.access
                ],
            }
        )
    if of.is_online:
        found.append({"@type": "VirtualLocation", "url": of.link})
    return found
