"""What the desk can print for one person, as links on their page."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for

from volunteer.domain.introductions import RUNNING
from volunteer.models import Candidate
from volunteer.queries.introductions import introductions_of
from volunteer.queries.suggestions import newest_list
from volunteer.unit_of_work import UnitOfWork
from volunteer.web.language import gettext as _


@dataclass(frozen=True, slots=True)
class Print:
    """One paper: what it is called, and where it is on A4 and on A5."""

    name: str
    a4_url: str
    a5_url: str


@dataclass(frozen=True, slots=True)
class PersonPrints:
    """Every paper there is for this person; one key prints the first."""

    papers: list[Print]


def person_prints(uow: UnitOfWork, candidate: Candidate) -> PersonPrints:
    """The slips of what runs, the list of suggestions; the card is printed where it is made."""
    running = [each for each in introductions_of(uow.session, candidate.id) if each.state in RUNNING]
    slips = [
        _print(
            _("Slip: %(organisation)s", organisation=each.opportunity.organisation.name),
            "papers.desk_slip",
            candidate_id=candidate.id,
            about_id=each.id,
        )
        for each in running
    ]
    has_list = newest_list(uow.session, candidate.id) is not None
    lists = (
        [_print(_("Suggestions"), "papers.desk_suggestions", candidate_id=candidate.id)] if has_list else []
    )
    return PersonPrints(slips + lists)


def _print(name: str, endpoint: str, **values: object) -> Print:
    return Print(name, url_for(endpoint, **values), url_for(endpoint, **values, size="a5"))  # type: ignore[arg-type]
