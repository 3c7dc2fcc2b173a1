"""What the teams of the demo city are writing: drafts, other languages, and roles that grew old."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from volunteer.domain.availability import Availability
from volunteer.domain.opportunities import Posting
from volunteer.domain.role_templates import TEMPLATES
from volunteer.models import Opportunity
from volunteer.services import opportunities, opportunity_texts
from volunteer.services.demo_city.files import Entry
from volunteer.services.demo_city.offer import SAID_BY, City
from volunteer.services.opportunity_texts import WrittenBy
from volunteer.unit_of_work import UnitOfWork


def load(uow: UnitOfWork, written: Entry, *, city: City) -> None:
    """Lay it all out, by the real use cases, and date it back."""
    for entry in written["draft"]:
        _draft(uow, entry, city)
    uow.session.flush()
    for entry in written["old"]:
        role = _role(uow, entry)
        role.created_at = role.updated_at = uow.now - timedelta(days=entry["days"])
        role.asked_at = uow.now - timedelta(days=entry["asked_days"]) if "asked_days" in entry else None
    for entry in written["text"]:
        writer = entry.get("writer", "")
        opportunity_texts.say(
            uow,
            _role(uow, entry),
            entry["language"],
            title=entry["title"],
            description=entry["description"],
            written_by=WrittenBy.PERSON if writer else WrittenBy.TEAM,
            writer=writer,
        )


def _draft(uow: UnitOfWork, entry: Entry, city: City) -> None:
    template, language = TEMPLATES[entry["template"]], entry["language"]
    posting = Posting(
        title=template.title(language),
        description=template.description(language),
        language=language,
        tasks=frozenset(template.tasks),
        commitment=template.commitment,
        times=Availability.parse(entry["times"]),
    )
    organisation = city.organisations[entry["organisation"]]
    opportunities.draft(uow, posting, organisation_id=organisation.id, said_by=SAID_BY).is_demo = True


def _role(uow: UnitOfWork, entry: Entry) -> Opportunity:
    return uow.session.scalars(select(Opportunity).where(Opportunity.external_id == entry["role"])).one()
