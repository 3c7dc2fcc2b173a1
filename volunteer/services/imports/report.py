"""What an import says afterwards: what was wrong in the file, and what became of each row."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from volunteer.domain.errors import DomainError


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing wrong in one row. ``line`` counts lines of the file from 1, as an editor shows them.

    Where a file has no lines, it counts what ``counted`` names.
    """

    line: int
    column: str | None
    """The column as the file itself calls it; ``None`` when the row as a whole is wrong."""
    reason: str
    counted: str = "line"

    def __str__(self) -> str:
        where = f"{self.counted} {self.line}"
        if self.column is not None:
            where += f", {'column' if self.counted == 'line' else 'property'} “{self.column}”"
        return f"{where}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Change:
    """A row that was known already and now says something else."""

    external_id: str
    columns: tuple[str, ...]
    """Our own names of the columns that differ."""


@dataclass(slots=True)
class Report:
    """The outcome of one import, or of a dry run of it."""

    kind: str
    added: int = 0
    changes: list[Change] = field(default_factory=list)
    unchanged: int = 0
    left_alone: list[str] = field(default_factory=list)
    """External ids of people whose file the list may not touch."""
    removed: list[str] = field(default_factory=list)
    """Ids of what is gone, of lists that replace everything."""
    skipped: int = 0
    """Rows with something wrong, left out because that was asked for."""
    problems: tuple[Problem, ...] = ()
    warnings: list[str] = field(default_factory=list)

    @property
    def changed(self) -> int:
        """How many known rows were changed."""
        return len(self.changes)

    def changed_columns(self) -> Counter[str]:
        """How many rows changed in each column."""
        return Counter(column for change in self.changes for column in change.columns)


class ImportImpossible(DomainError):
    """The file, or its mapping, cannot be understood as a whole."""

    code = "import_impossible"


class ImportRefused(DomainError):
    """Rows are wrong and nothing was asked to be skipped: nothing was written."""

    code = "import_refused"

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("Nothing was imported: there is something wrong in the file.")
        self.problems = problems
