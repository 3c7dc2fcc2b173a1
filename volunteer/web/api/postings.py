"""Between the wire and the domain: what an organisation posts, and how a role is shown to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from volunteer.domain.access import Answer
from volunteer.domain.availability import Availability
from volunteer.domain.commitment import Commitment
from volunteer.domain.errors import InvalidValue
from volunteer.domain.opportunities import Place, Posting
from volunteer.models import Opportunity
from volunteer.services.opportunities import posting_of

_SETS = ("tasks", "sectors", "languages_spoken")


def understood(given: Mapping[str, Any]) -> Posting:
    """A new posting, as the domain knows it; the whole is checked. Raises :class:`InvalidValue`."""
    said = _understood(given)
    said["access"] = {code: Answer(answer) for code, answer in given.get("access", {}).items() if answer}
    posting = Posting(**said)
    posting.check()
    return posting


def changed(opportunity: Opportunity, given: Mapping[str, Any]) -> Posting:
    """The present posting of a role with what is given, without access. Raises :class:`InvalidValue`."""
    posting = replace(posting_of(opportunity), **_understood(given))
    posting.check()
    return posting


def shown(opportunity: Opportunity, answers: Mapping[str, str]) -> Mapping[str, Any]:
    """A role as its organisation sees it."""
    columns = (
        "id external_id state title description language tasks sectors wanted starts_on ends_on commitment "
        "times languages_needed languages_spoken contact_name getting_there url is_remote "
        "extract_required created_at updated_at"
    )
    role = {name: getattr(opportunity, name) for name in columns.split()}
    return {**role, "place": opportunity.venue, "access": answers}


def _understood(given: Mapping[str, Any]) -> dict[str, Any]:
    said = {name: value for name, value in given.items() if name not in {"access", "place", "times"}}
    for name in _SETS:
        if name in said:
            said[name] = frozenset(said[name])
    if said.get("external_id") == "":
        said["external_id"] = None
    if given.get("commitment"):
        said["commitment"] = Commitment(given["commitment"])
    if "times" in given:
        said["times"] = Availability.parse(given["times"])
    if "place" in given:
        said["place"] = _place(given["place"] or {})
    return said


def _place(given: Mapping[str, Any]) -> Place:
    place = Place(**{**given, "district": given.get("district") or None})
    if (place.latitude is None) != (place.longitude is None):
        raise InvalidValue("Give both the latitude and the longitude, or neither.", field="place")
    return place
