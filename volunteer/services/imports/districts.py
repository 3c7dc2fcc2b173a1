"""Importing a map of districts: it takes the place of the one before, whole or not at all."""

from __future__ import annotations

from volunteer.domain.districts import District
from volunteer.domain.events.places import DistrictsImported
from volunteer.models import District as DistrictRow
from volunteer.queries import imports as queries
from volunteer.queries.districts import all_districts
from volunteer.services import districts
from volunteer.services.imports import travel
from volunteer.services.imports.district_features import UnderstoodDistricts
from volunteer.services.imports.report import Change, ImportRefused, Report
from volunteer.services.imports.runs import note
from volunteer.unit_of_work import UnitOfWork


def carry_out(
    uow: UnitOfWork,
    understood: UnderstoodDistricts,
    *,
    file_name: str,
    source: str | None = None,
    dry_run: bool = False,
) -> Report:
    """Replace the districts, place every venue anew, and record one event if anything differs.

    Travel times and choices that name a district that is gone go with it. Raises :class:`ImportRefused` when
    anything is wrong; a dry run writes nothing.
    """
    if understood.problems:
        raise ImportRefused(understood.problems)
    queries.wait_for_other_imports(uow.session)
    present = {row.code: row for row in all_districts(uow.session)}
    report = _compared(present, understood)
    if dry_run:
        return report
    run = note(uow, report, file_name=file_name, source=source)
    if report.added or report.changes or report.removed:
        _write(uow, present, understood.districts)
        _follow(uow, report)
        uow.record(DistrictsImported(run.id))
    return report


def _compared(present: dict[str, DistrictRow], understood: UnderstoodDistricts) -> Report:
    report = Report("districts", warnings=list(understood.warnings))
    for district in understood.districts:
        row = present.get(district.code)
        if row is None:
            report.added += 1
        elif columns := _differences(row, district):
            report.changes.append(Change(district.code, columns))
        else:
            report.unchanged += 1
    report.removed = sorted(present.keys() - {each.code for each in understood.districts})
    return report


def _differences(row: DistrictRow, district: District) -> tuple[str, ...]:
    return tuple(column for column, value in _content(district).items() if getattr(row, column) != value)


def _content(district: District) -> dict[str, object]:
    return {
        "names": dict(district.names),
        "municipality": district.municipality,
        "latitude": district.label_point.latitude,
        "longitude": district.label_point.longitude,
        **district.shape.box._asdict(),
        "shape": district.shape.to_geojson(),
    }


def _write(uow: UnitOfWork, present: dict[str, DistrictRow], wanted: tuple[District, ...]) -> None:
    codes = {district.code for district in wanted}
    for code, row in present.items():
        if code not in codes:
            uow.session.delete(row)
    for district in wanted:
        content = _content(district)
        if district.code not in present:
            uow.session.add(DistrictRow(code=district.code, **content))
            continue
        for column in _differences(present[district.code], district):
            setattr(present[district.code], column, content[column])
    uow.session.flush()


def _follow(uow: UnitOfWork, report: Report) -> None:
    """Let everything that names a district follow the new map."""
    placed = districts.settle_all(uow)
    report.warnings.append(f"Placed anew: {placed} venues.")
    if people := districts.forget_gone(uow):
        report.warnings.append(
            f"{people} people had named a district that is gone: they count in their municipality again."
        )
    if rows := travel.forget_gone(uow):
        report.warnings.append(
            f"{rows} rows of the travel table were about other places and are gone. Import it again."
        )
