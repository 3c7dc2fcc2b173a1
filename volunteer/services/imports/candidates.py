"""Importing a list of people: pending files without needs, unless the desk says that each of them agreed."""

from __future__ import annotations

from dataclasses import dataclass, replace

from volunteer.domain.access import Strength
from volunteer.domain.availability import Availability
from volunteer.domain.candidates import CandidateState, Channel, SignUp
from volunteer.domain.commitment import parse_commitments
from volunteer.domain.consent import Purpose
from volunteer.domain.interests import Interests
from volunteer.models import Candidate
from volunteer.queries import imports as queries
from volunteer.services import candidates, needs
from volunteer.services.imports.candidate_rows import CandidateRow
from volunteer.services.imports.report import Change, ImportRefused, Report
from volunteer.services.imports.runs import note
from volunteer.services.imports.understanding import Advance, Understood, silent
from volunteer.unit_of_work import UnitOfWork

ORIGIN = "import"
_READER = "import"
_AT_ONCE = 500
_NEEDS_COLUMNS = {"needs_must": Strength.MUST, "needs_nice": Strength.NICE}


def carry_out(
    uow: UnitOfWork,
    understood: Understood[CandidateRow],
    *,
    file_name: str,
    witness: str | None,
    skip_bad: bool = False,
    dry_run: bool = False,
    advance: Advance = silent,
) -> Report:
    """Add and update people by external id.

    Without ``witness`` (the desk worker who says that each agreed) files are pending and hold no needs, and
    one that was confirmed is left alone. With one, they are confirmed and looked for. Nobody's withdrawn
    consent is given again by a list. Raises :class:`ImportRefused` when a row is wrong, unless ``skip_bad``.
    A dry run writes nothing but the journal of needs that it had to open to compare them.
    """
    if understood.problems and not skip_bad:
        raise ImportRefused(understood.problems)
    queries.wait_for_other_imports(uow.session)
    report = Report(
        "candidates", problems=understood.problems, skipped=understood.total - len(understood.rows)
    )
    with uow.session.no_autoflush:
        importing = _Importing(uow, understood, report, witness=witness, dry_run=dry_run)
        for done, row in enumerate(understood.rows, start=1):
            importing.take(row)
            if done % _AT_ONCE == 0 or done == len(understood.rows):
                uow.session.flush()
                advance(done, len(understood.rows))
    importing.warn()
    if not dry_run:
        note(uow, report, file_name=file_name, witness=witness)
    return report


@dataclass(frozen=True, slots=True)
class _File:
    """A known file, opened as far as a comparison needs."""

    needs: dict[str, Strength]
    contact: str | None


class _Importing:
    """Takes row after row, and keeps the report."""

    def __init__(
        self,
        uow: UnitOfWork,
        understood: Understood[CandidateRow],
        report: Report,
        *,
        witness: str | None,
        dry_run: bool,
    ) -> None:
        self._uow = uow
        self._columns = understood.columns
        self._report = report
        self._agreed = witness is not None
        self._dry_run = dry_run
        self._left_out = 0
        ids = [row.external_id for row in understood.rows]
        self._known = queries.candidates_by_external_id(uow.session, ids)

    def take(self, row: CandidateRow) -> None:
        """Add this person, change their file, or leave it alone."""
        candidate = self._known.get(row.external_id)
        if candidate is not None and self._is_theirs(candidate, row.sign_up):
            self._report.left_alone.append(row.external_id)
            return
        if row.sign_up.needs and not self._agreed:
            self._left_out += 1
        if candidate is not None:
            self._change(candidate, row)
            return
        self._report.added += 1
        if not self._dry_run:
            self._add(row.sign_up)

    def warn(self) -> None:
        """Say what was not taken over."""
        if self._left_out:
            self._report.warnings.append(
                f"Needs were left out in {self._left_out} rows: only the person can agree to keeping them. "
                "--consented-by-desk NAME says that each of them did."
            )

    def _add(self, sign_up: SignUp) -> None:
        if self._agreed:
            candidates.enrol(self._uow, sign_up, origin=ORIGIN)
        else:
            candidates.put_on_file(self._uow, sign_up, origin=ORIGIN)

    def _is_theirs(self, candidate: Candidate, sign_up: SignUp) -> bool:
        """Whether this file is decided by its person, and not by a list."""
        if not self._agreed:
            return candidate.state == CandidateState.CONFIRMED
        withdrawn = {consent.purpose for consent in candidate.consents if consent.withdrawn_at is not None}
        return not withdrawn.isdisjoint(sign_up.consents)

    def _change(self, candidate: Candidate, row: CandidateRow) -> None:
        file = self._opened(candidate)
        sign_up = _completed(candidate, file, row.sign_up, self._columns)
        changed = _differences(candidate, file, sign_up, with_needs=self._agreed)
        confirms = self._agreed and candidate.state == CandidateState.PENDING
        if not changed and not confirms:
            self._report.unchanged += 1
            return
        columns = (*changed, "confirmed") if confirms else tuple(changed)
        self._report.changes.append(Change(row.external_id, columns))
        if not self._dry_run:
            self._write(candidate, sign_up, confirms=confirms)

    def _write(self, candidate: Candidate, sign_up: SignUp, *, confirms: bool) -> None:
        if confirms:
            candidates.confirm(self._uow, candidate, sign_up)
        elif self._agreed:
            candidates.change(self._uow, candidate, sign_up)
        else:
            candidates.write_answers(self._uow, candidate, sign_up, with_needs=False)

    def _opened(self, candidate: Candidate) -> _File:
        opened: dict[str, Strength] = {}
        if self._agreed:
            opened = needs.read(self._uow, candidate, reader=_READER, purpose="import")
        return _File(opened, candidates.contact_of(self._uow, candidate))


def _completed(candidate: Candidate, file: _File, new: SignUp, said: frozenset[str]) -> SignUp:
    """The new answers, with what is known of whatever the list does not speak of."""
    known = Interests.of(
        can=candidate.tasks_can,
        want=candidate.tasks_want,
        learn=candidate.tasks_learn,
        sectors=candidate.sectors,
    )
    interests = Interests.of(
        can=new.interests.can if "tasks_can" in said else known.can,
        want=new.interests.want if "tasks_want" in said else known.want,
        learn=new.interests.learn if "tasks_learn" in said else known.learn,
        sectors=new.interests.sectors if "sectors" in said else known.sectors,
    )
    completed = replace(
        new,
        language=new.language if "language" in said else candidate.language,
        languages=new.languages if "languages" in said else candidate.languages,
        times=new.times if "times" in said else Availability.parse(candidate.times),
        travel_minutes=new.travel_minutes if "travel_minutes" in said else candidate.travel_minutes,
        commitments=new.commitments if "commitments" in said else parse_commitments(candidate.commitments),
        interests=interests,
        needs=_needs(file, new, said),
    )
    if "channel" not in said:
        completed = replace(completed, channel=Channel(candidate.channel), contact=file.contact)
    if said.isdisjoint({"postal_code", "municipality"}):
        completed = replace(completed, postal_code=candidate.postal_code, municipality=candidate.municipality)
    if completed.municipality == candidate.municipality:
        completed = replace(completed, district=candidate.district)
    return _agreeing_to_needs(completed)


def _needs(file: _File, new: SignUp, said: frozenset[str]) -> dict[str, Strength]:
    """One column of the two may be missing: then those needs stay."""
    unsaid = {strength for column, strength in _NEEDS_COLUMNS.items() if column not in said}
    kept = {code: strength for code, strength in file.needs.items() if strength in unsaid}
    return {**kept, **new.needs}


def _agreeing_to_needs(sign_up: SignUp) -> SignUp:
    if not sign_up.needs or not sign_up.consents:
        return sign_up
    return replace(sign_up, consents=sign_up.consents | {Purpose.NEEDS})


def _differences(candidate: Candidate, file: _File, new: SignUp, *, with_needs: bool) -> list[str]:
    pairs: dict[str, tuple[object, object]] = {
        "first_name": (candidate.first_name, new.first_name),
        "language": (candidate.language, new.language),
        "postal_code": (candidate.postal_code, new.postal_code),
        "municipality": (candidate.municipality, new.municipality),
        "travel_minutes": (candidate.travel_minutes, new.travel_minutes),
        "commitments": (set(candidate.commitments), new.commitments),
        "tasks_can": (set(candidate.tasks_can), new.interests.can),
        "tasks_want": (set(candidate.tasks_want), new.interests.want),
        "tasks_learn": (set(candidate.tasks_learn), new.interests.learn),
        "sectors": (set(candidate.sectors), new.interests.sectors),
        "languages": (candidate.languages, dict(new.languages)),
        "times": (candidate.times, str(new.times)),
        "channel": (candidate.channel, new.channel),
        "contact": (file.contact, new.contact),
    }
    if with_needs:
        for column, strength in _NEEDS_COLUMNS.items():
            pairs[column] = (_codes(file.needs, strength), _codes(dict(new.needs), strength))
    return [column for column, (old, current) in pairs.items() if old != current]


def _codes(needs_by_code: dict[str, Strength], strength: Strength) -> set[str]:
    return {code for code, each in needs_by_code.items() if each is strength}
