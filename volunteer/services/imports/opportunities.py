"""Importing a list of volunteer roles: all of it or nothing, in one transaction, told once."""

from __future__ import annotations

from uuid import UUID, uuid4

from volunteer.domain.events.opportunities import OpportunitiesImported
from volunteer.domain.opportunities import TRUE_FOR, OpportunityState
from volunteer.models import Opportunity, Organisation, Venue
from volunteer.queries import imports as queries
from volunteer.services import districts, organisations
from volunteer.services.imports import offer_plan
from volunteer.services.imports.list_answers import ListAnswers
from volunteer.services.imports.offer_plan import ATTRIBUTES, Plan, Step, VenueKey, key_of
from volunteer.services.imports.opportunity_rows import OpportunityRow
from volunteer.services.imports.report import Change, ImportRefused, Report
from volunteer.services.imports.runs import note
from volunteer.services.imports.understanding import Advance, Understood, silent
from volunteer.services.opportunities import content_of
from volunteer.unit_of_work import UnitOfWork

_AT_ONCE = 500
_CONFIRMED_AFTER = TRUE_FOR / 3


def carry_out(
    uow: UnitOfWork,
    understood: Understood[OpportunityRow],
    *,
    file_name: str,
    skip_bad: bool = False,
    dry_run: bool = False,
    advance: Advance = silent,
) -> Report:
    """Add and update roles by external id, and record one event for all of them.

    What a person said about access, or an organisation with accounts about its own address, stays as they
    said it. Raises :class:`ImportRefused` when a row is wrong, unless ``skip_bad``; a dry run writes nothing.
    """
    if understood.problems and not skip_bad:
        raise ImportRefused(understood.problems)
    queries.wait_for_other_imports(uow.session)
    with uow.session.no_autoflush:
        plan = offer_plan.make(uow, understood)
        problems = tuple(sorted((*understood.problems, *plan.problems), key=lambda problem: problem.line))
        if problems and not skip_bad:
            raise ImportRefused(problems)
        report = _report(plan)
        report.problems = problems
        report.skipped = understood.total - len(plan.steps)
        if not dry_run:
            _Writing(uow, plan, advance).write()
            run = note(uow, report, file_name=file_name)
            uow.record(OpportunitiesImported(run.id))
    return report


def _report(plan: Plan) -> Report:
    report = Report("opportunities")
    for step in plan.steps:
        if step.opportunity is None:
            report.added += 1
        elif step.columns:
            report.changes.append(Change(step.row.external_id, step.columns))
        else:
            report.unchanged += 1
    if plan.kept_addresses:
        report.warnings.append(
            f"{plan.kept_addresses} mail addresses were left out: their organisation has another one, "
            "from an earlier row or from its own team."
        )
    return report


class _Writing:
    """Writes a plan, parents before children: nothing tells the session in which order the rest depends."""

    def __init__(self, uow: UnitOfWork, plan: Plan, advance: Advance) -> None:
        self._uow = uow
        self._plan = plan
        self._advance = advance
        self._organisations: dict[str, Organisation] = dict(plan.known.organisations)
        self._venues: dict[tuple[UUID, VenueKey], Venue] = {}
        self._answers = ListAnswers(uow, plan.known.answers)

    def write(self) -> None:
        self._make_organisations()
        places = [(step, self._venue(step)) for step in self._plan.steps]
        districts.settle_all(self._uow, {venue.id: venue for _, venue in places if venue}.values())
        self._uow.session.flush()
        for start in range(0, len(places), _AT_ONCE):
            for step, venue in places[start : start + _AT_ONCE]:
                self._write_role(step, venue)
            self._uow.session.flush()
            self._answers.write()
            self._advance(min(start + _AT_ONCE, len(places)), len(places))

    def _make_organisations(self) -> None:
        for step in self._plan.steps:
            name = step.row.organisation.casefold()
            if name not in self._organisations:
                self._organisations[name] = organisations.add(
                    self._uow, step.row.organisation, language=step.row.posting.language
                )
        for name, email in self._plan.addresses.items():
            organisations.set_email(self._uow, self._organisations[name], email)
        self._uow.session.flush()
        concerned = {self._organisation(step).id for step in self._plan.steps}
        for venue in queries.venues_of(self._uow.session, concerned):
            self._venues.setdefault((venue.organisation_id, key_of(venue)), venue)

    def _organisation(self, step: Step) -> Organisation:
        return self._organisations[step.row.organisation.casefold()]

    def _venue(self, step: Step) -> Venue | None:
        if not step.place.is_known():
            return None
        organisation = self._organisation(step)
        key = (organisation.id, key_of(step.place))
        venue = self._venues.get(key)
        if venue is None:
            venue = organisations.new_venue(self._uow, organisation.id, step.place)
            self._venues[key] = venue
        if step.place.latitude is not None:
            venue.latitude, venue.longitude = step.place.latitude, step.place.longitude
        return venue

    def _write_role(self, step: Step, venue: Venue | None) -> None:
        if step.opportunity is None:
            self._add(step, venue)
        else:
            self._update(step, step.opportunity, venue)

    def _add(self, step: Step, venue: Venue | None) -> None:
        organisation = self._organisation(step)
        is_shown = organisations.may_publish(organisation)
        role = Opportunity(
            id=uuid4(),
            organisation_id=organisation.id,
            venue_id=venue.id if venue else None,
            state=OpportunityState.OPEN if is_shown else OpportunityState.WAITING,
            opened_at=self._uow.now if is_shown else None,
            created_at=self._uow.now,
            updated_at=self._uow.now,
            **content_of(step.row.posting),
        )
        self._uow.session.add(role)
        self._answers.say(role, step.row.posting.access)

    def _update(self, step: Step, role: Opportunity, venue: Venue | None) -> None:
        # What a list still names is still true. A fresh one needs no word of it.
        if role.asked_at or self._uow.now - (role.confirmed_at or role.updated_at) > _CONFIRMED_AFTER:
            role.confirmed_at, role.asked_at = self._uow.now, None
        if step.columns:
            if not {"title", "description"}.isdisjoint(step.columns):
                role.words_written_at = self._uow.now
            content = content_of(step.row.posting)
            for column in step.columns:
                if column in ATTRIBUTES:
                    setattr(role, ATTRIBUTES[column], content[ATTRIBUTES[column]])
            role.organisation_id = self._organisation(step).id
            role.venue_id = venue.id if venue else None
            role.updated_at = self._uow.now
        if offer_plan.speaks_of_access(self._plan.columns):
            self._answers.say_again(role, step.row.posting.access, moved="organisation" in step.columns)
