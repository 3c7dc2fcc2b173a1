"""A person's own answers in words, as the file holds them."""

from __future__ import annotations

from datetime import date

from volunteer.domain.candidates import SignUp
from volunteer.web.dates import spoken_times
from volunteer.web.forms import signup as reading
from volunteer.web.forms.answers import Answers, several
from volunteer.web.forms.file_answers import answers_of
from volunteer.web.language import gettext as _
from volunteer.web.signup_summary import Row, needs_in_words, rows_without_needs


def own_rows(file: SignUp, today: date, *, with_contact: bool = True) -> list[Row]:
    """Label, answer in words and the page that asks for it; what no page can say is said all the same."""
    answers = answers_of(file)
    exact: dict[str, str | None] = {}
    if file.times.is_known and not _says_all(answers, file):
        exact[_("When you have time")] = spoken_times(file.times, today)
    if file.travel_minutes is not None and "travel_minutes" not in answers:
        exact[_("How long the way may take")] = _("At most %(num)d minutes", num=file.travel_minutes)
    rows = rows_without_needs(answers, with_contact=with_contact)
    return [(label, exact.get(label) or said, slug) for label, said, slug in rows]


def own_needs(file: SignUp) -> str:
    """What helps this person; the needs must be opened in ``file``."""
    return needs_in_words(answers_of(file))


def _says_all(answers: Answers, file: SignUp) -> bool:
    """Whether the parts of days that are ticked are all there is to say about their hours."""
    return (
        bool(several(answers, "days_parts") or file.times.flexible) and reading.times(answers) == file.times
    )
