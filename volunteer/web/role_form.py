"""What the form of a role offers: places of the team, pictures, languages, and what it begins with."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import select

from volunteer.domain.access import Answer
from volunteer.domain.interests import TASKS
from volunteer.domain.languages import LANGUAGES
from volunteer.domain.opportunities import TRIAL, OpportunityState
from volunteer.domain.role_templates import LANGUAGES as TEMPLATE_LANGUAGES
from volunteer.domain.role_templates import TEMPLATES
from volunteer.models import Opportunity, Organisation, Venue
from volunteer.queries.opportunities import answers_for_roles, roles_in
from volunteer.queries.task_suggestions import suggested_tasks
from volunteer.services import opportunities, opportunity_texts
from volunteer.unit_of_work import UnitOfWork
from volunteer.web import choices
from volunteer.web.forms import roles as forms
from volunteer.web.forms.answers import Answers
from volunteer.web.language import current_language
from volunteer.web.language import gettext as _

MOST_TO_COPY = 40
_FEWEST_ROWS = 2
_NOT_COPIED = ("date_", "starts_on", "ends_on", "opens_on", "seen")


def beginnings(uow: UnitOfWork, organisation_id: UUID) -> dict[str, object]:
    """Templates in the reader's language, and the roles that can be copied."""
    reader = current_language()
    own = roles_in(uow.session, organisation_id, limit=MOST_TO_COPY)
    return {
        "templates": [(each.code, each.title(reader), each.tasks[0]) for each in TEMPLATES.values()],
        "own": [(each.id.hex, each.title) for each in own if each.title],
    }


def begun(uow: UnitOfWork, organisation: Organisation, chosen: Mapping[str, str], *, name: str) -> Answers:
    """The form as it begins: from a template, a role of the team, or nothing but what was said last."""
    copied = _to_copy(uow, organisation.id, chosen.get("copy", ""))
    if copied is not None:
        answers = of_role(uow, copied)
        return {field: said for field, said in answers.items() if not field.startswith(_NOT_COPIED)}
    last = next(iter(roles_in(uow.session, organisation.id, limit=1)), None)
    venues = venues_of(uow, organisation.id)
    contact = (last.contact_name if last else None) or organisation.contact_name or name
    answers = {
        "language": current_language() if current_language() in TEMPLATE_LANGUAGES else organisation.language,
        "wanted": "1",
        "contact_name": contact,
        "languages_spoken": list(last.languages_spoken) if last else [],
        "where": venues[0][0] if len(venues) == 1 else "",
    }
    template = TEMPLATES.get(chosen.get("template", ""))
    if template is None:
        return answers
    return {
        **answers,
        "title": template.title(answers["language"]),
        "description": template.description(answers["language"]),
        "tasks": list(template.tasks),
        "commitment": template.commitment,
        "extract": "yes" if template.extract_required else "",
    }


def of_role(uow: UnitOfWork, opportunity: Opportunity) -> Answers:
    """The form of a role that is there."""
    said = answers_for_roles(uow.session, [opportunity.id]).get(opportunity.id, {})
    answers = forms.filled(opportunities.posting_of(opportunity), trial=said.get(TRIAL) == Answer.YES)
    if opportunity.venue_id is not None and not opportunity.is_remote:
        answers["where"] = opportunity.venue_id.hex
    return {**answers, "seen": version(opportunity)}


def version(opportunity: Opportunity) -> str:
    """Changes whenever the role does."""
    return opportunity.updated_at.isoformat()


def offers(
    uow: UnitOfWork, organisation_id: UUID, answers: Answers, opportunity: Opportunity | None, *, more: str
) -> dict[str, object]:
    """Everything that can be chosen, and how many rows there are."""
    chosen = set(answers.get("tasks", []))
    groups = choices.task_groups()
    return {
        "team_id": organisation_id.hex,
        "team_name": uow.session.get_one(Organisation, organisation_id).name,
        "role_id": opportunity.id if opportunity else None,
        "is_draft": opportunity is None or opportunity.state == OpportunityState.DRAFT,
        "version": version(opportunity) if opportunity else "",
        "written_in": [(code, LANGUAGES[code].own) for code in opportunity_texts.LANGUAGES],
        "task_groups": [(_("Chosen most often"), choices.first_tasks()), *groups],
        "chosen_tasks": tasks_named([code for code in TASKS if code in chosen]),
        "venues": venues_of(uow, organisation_id),
        "municipalities": choices.municipalities(),
        "commitments": choices.commitments(),
        "spoken_languages": choices.spoken_languages(),
        "other_spoken": _other_spoken(answers),
        "every_language": [*choices.spoken_languages(), *choices.other_languages()],
        "weekly_rows": _rows(answers, "week_day", forms.MOST_WEEKLY, one_more=more == "more_weekly"),
        "dated_rows": _rows(answers, "date_on", forms.MOST_DATES, one_more=more == "more_dates"),
        "language_rows": _rows(
            answers, "needs_language", forms.MOST_LANGUAGES, one_more=more == "more_languages"
        ),
    }


def thought_of(uow: UnitOfWork, opportunity: Opportunity | None) -> list[str]:
    """Tasks that its text made the engine think of, the surest first, but for those that were answered."""
    if opportunity is None:
        return []
    found = [each for each in suggested_tasks(uow.session, opportunity.id) if each.answered_at is None]
    named = (each.task for each in sorted(found, key=lambda each: each.rank))
    return [task for task in named if task is not None and task in TASKS]


def tasks_named(codes: list[str]) -> list[choices.Choice]:
    """These tasks with their names in the reader's language."""
    return [choices.Choice(code, TASKS[code].label(current_language())) for code in codes]


def venues_of(uow: UnitOfWork, organisation_id: UUID) -> list[tuple[str, str]]:
    """The places of a team: id, and address in words."""
    venues = uow.session.scalars(
        select(Venue).where(Venue.organisation_id == organisation_id).order_by(Venue.created_at, Venue.id)
    )
    names = dict(choices.municipalities())
    return [(each.id.hex, _address(each, names)) for each in venues]


def _address(venue: Venue, names: Mapping[str, str]) -> str:
    town = " ".join(filter(None, (venue.postal_code, names.get(venue.municipality or ""))))
    return ", ".join(filter(None, (venue.street, town))) or _("A place without an address")


def _to_copy(uow: UnitOfWork, organisation_id: UUID, chosen: str) -> Opportunity | None:
    try:
        found = uow.session.get(Opportunity, UUID(chosen))
    except ValueError:
        return None
    return found if found is not None and found.organisation_id == organisation_id else None


def _other_spoken(answers: Answers) -> list[tuple[str, str]]:
    """Languages that the team chose before, beyond those that stand open."""
    opened = {code for code, _own in choices.spoken_languages()}
    chosen = (code for code in answers.get("languages_spoken", []) if code in LANGUAGES)
    return [(code, LANGUAGES[code].own) for code in chosen if code not in opened]


def _rows(answers: Answers, name: str, most: int, *, one_more: bool) -> int:
    shown = max(_FEWEST_ROWS, forms.rows_used(answers, name, most))
    return min(most, shown + 2 * one_more)
