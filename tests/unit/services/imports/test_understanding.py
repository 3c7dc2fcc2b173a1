"""Rows become postings and sign-ups; whatever is wrong in a row is said at once, cell by cell."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from volunteer.domain.access import ASKED_OF_ORGANISATIONS, ASKED_OF_PEOPLE, Answer, Strength
from volunteer.domain.availability import Availability, DatedSpan, Span
from volunteer.domain.candidates import Channel
from volunteer.domain.commitment import Commitment
from volunteer.domain.consent import Purpose
from volunteer.domain.interests import SECTORS, TASKS
from volunteer.domain.languages import LANGUAGES
from volunteer.services.imports import understanding
from volunteer.services.imports.candidate_rows import CandidateRow
from volunteer.services.imports.opportunity_rows import OpportunityRow
from volunteer.services.imports.report import ImportImpossible
from volunteer.services.imports.understanding import Understood


def roles(*rows: dict[str, str], encoding: str = "utf-8") -> Understood[OpportunityRow]:
    return understanding.opportunities(written(*rows, encoding=encoding), mapping=None, language="nl")


def people(*rows: dict[str, str], witness: str | None = None) -> Understood[CandidateRow]:
    return understanding.candidates(written(*rows), mapping=None, language="nl", witness=witness)


def written(*rows: dict[str, str], encoding: str = "utf-8") -> bytes:
    target = io.StringIO(newline="")
    columns = list(dict.fromkeys(column for row in rows for column in row))
    writer = csv.DictWriter(target, columns, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return target.getvalue().encode(encoding)


ROLE = {"external_id": "r1", "organisation": "De Kring", "title": "Soep"}
PERSON = {"external_id": "p1", "first_name": "Amal"}


def wrong(understood: Understood[OpportunityRow] | Understood[CandidateRow]) -> dict[str | None, str]:
    return {problem.column: problem.reason for problem in understood.problems}


def test_every_column_of_a_role_is_understood() -> None:
    understood = roles(
        {
            **ROLE,
            "description": "Koken voor\nveel mensen",
            "language": "NL",
            "tasks": "t.cook; t.serve",
            "sectors": "sec.food",
            "street": "Straat 1",
            "postal_code": "B-1060",
            "municipality": "Saint-Gilles",
            "latitude": "50,83",
            "longitude": "4.34",
            "wanted": "3",
            "starts_on": "01/12/2026",
            "ends_on": "2026-12-31",
            "commitment": "Months",
            "times": "mon 09:00-12:00;sat 14:00-18:00",
            "languages": "nl:2;fr:1",
            "languages_spoken": "nl;fr",
            "access_yes": "sv.buddy",
            "access_arrangeable": "ph.quiet_place",
            "access_no": "ph.lift_or_ground",
            "contact_name": "An",
            "contact_email": "An@Example.org",
            "getting_there": "Tram 4",
            "url": "https://example.org",
        }
    )
    assert understood.problems == ()
    (row,) = understood.rows
    posting = row.posting
    assert (row.organisation, row.contact_email) == ("De Kring", "an@example.org")
    assert posting.tasks == {"t.cook", "t.serve"}
    assert (posting.starts_on, posting.ends_on) == (date(2026, 12, 1), date(2026, 12, 31))
    assert posting.commitment is Commitment.MONTHS
    assert (posting.place.municipality, posting.place.postal_code) == ("sint-gillis", "1060")
    assert (posting.place.latitude, posting.place.longitude) == (50.83, 4.34)
    assert posting.languages_needed == {"nl": 2, "fr": 1}
    assert posting.access == {
        "sv.buddy": Answer.YES,
        "ph.quiet_place": Answer.ARRANGEABLE,
        "ph.lift_or_ground": Answer.NO,
    }


def test_what_is_empty_is_unknown() -> None:
    (row,) = roles({**ROLE, "tasks": "", "times": "", "access_yes": "", "latitude": ""}).rows
    assert not row.posting.times.is_known
    assert not row.posting.access
    assert not row.posting.place.is_known()


def test_every_mistake_of_a_row_is_named_with_its_column_and_line() -> None:
    bad = {
        "external_id": "r2",
        "title": "",
        "organisation": " ",
        "tasks": "t.cook;t.nothing;t.void",
        "latitude": "north",
        "wanted": "a few",
        "starts_on": "31/02/2026",
        "commitment": "months;long",
        "times": "mon 25:00-26:00;never",
        "languages": "nl:9;xx:1",
        "access_yes": "sv.buddy;ic.other_language",
        "access_no": "sv.buddy",
        "contact_email": "nobody",
        "url": "ftp://example.org",
        "description": "Mijn nummer is 85.07.30-033 28",
    }
    understood = roles(ROLE, bad)
    assert {problem.line for problem in understood.problems} == {3}
    columns = [problem.column for problem in understood.problems]
    assert columns.count("tasks") == 2
    assert columns.count("times") == 2
    assert columns.count("languages") == 2
    assert set(columns) == {*(bad.keys() - {"external_id"}), "longitude"}
    assert "national number" in wrong(understood)["description"]
    assert len(understood.rows) == 1


def test_an_end_before_the_start_is_named() -> None:
    assert set(wrong(roles({**ROLE, "starts_on": "2026-02-02", "ends_on": "2026-01-01"}))) == {"ends_on"}


def test_the_same_id_twice_in_one_file_is_wrong_and_says_where_the_first_is() -> None:
    understood = roles(ROLE, {**ROLE, "title": "Anders"})
    assert [(problem.line, problem.column) for problem in understood.problems] == [(3, "external_id")]
    assert "line 2" in understood.problems[0].reason


def test_columns_that_every_row_needs_must_be_there() -> None:
    with pytest.raises(ImportImpossible, match="external_id, organisation"):
        roles({"title": "Soep"})


def test_columns_of_a_header_may_be_written_in_capitals() -> None:
    (row,) = roles({"External_ID": "r1", "ORGANISATION": "De Kring", "Title": "Soep"}).rows
    assert row.posting.title == "Soep"


@pytest.mark.parametrize(
    ("postal_code", "municipality", "code"),
    [
        ("1030", "", "schaarbeek"),
        ("", "Schaerbeek", "schaarbeek"),
        ("1030", "Brussel", "schaarbeek"),
        ("1800", "", None),
        ("", "", None),
    ],
)
def test_the_municipality_follows_from_whatever_is_said(
    postal_code: str, municipality: str, code: str | None
) -> None:
    (row,) = people({**PERSON, "postal_code": postal_code, "municipality": municipality}).rows
    assert row.sign_up.municipality == code


def test_a_postal_code_of_another_municipality_is_a_mistake() -> None:
    assert set(wrong(people({**PERSON, "postal_code": "1030", "municipality": "Jette"}))) == {"municipality"}


def test_a_person_needs_no_more_than_a_name() -> None:
    (row,) = people(PERSON).rows
    assert row.sign_up.channel is Channel.DESK
    assert row.sign_up.consents == frozenset()


def test_how_far_and_how_often_are_understood() -> None:
    (row,) = people({**PERSON, "travel_minutes": "1440", "commitments": "once; Long ;once"}).rows
    assert row.sign_up.travel_minutes == 1440
    assert row.sign_up.commitments == {Commitment.ONCE, Commitment.LONG}
    (silent,) = people({**PERSON, "travel_minutes": "", "commitments": ""}).rows
    assert (silent.sign_up.travel_minutes, silent.sign_up.commitments) == (None, frozenset())


def test_a_witness_gives_the_consents_that_the_row_calls_for() -> None:
    with_needs = {**PERSON, "external_id": "p2", "needs_must": "ph.seated_work", "needs_nice": "sv.buddy"}
    plain, needing = people(PERSON, with_needs, witness="Yasmina").rows
    assert plain.sign_up.consents == {Purpose.ACCOUNT, Purpose.MATCH}
    assert needing.sign_up.consents == {Purpose.ACCOUNT, Purpose.MATCH, Purpose.NEEDS}
    assert needing.sign_up.witness == "Yasmina"
    assert needing.sign_up.needs == {"ph.seated_work": Strength.MUST, "sv.buddy": Strength.NICE}


@pytest.mark.parametrize(
    ("cells", "columns"),
    [
        ({"channel": "sms", "contact": ""}, {"contact"}),
        ({"channel": "", "contact": "0470123456"}, {"channel"}),
        ({"channel": "desk", "contact": "0470123456"}, {"contact"}),
        ({"channel": "pigeon", "contact": ""}, {"channel"}),
        ({"channel": "email", "contact": "0470123456"}, {"contact"}),
        ({"language": "pt"}, {"language"}),
        ({"travel_minutes": "half an hour"}, {"travel_minutes"}),
        ({"travel_minutes": "4"}, {"travel_minutes"}),
        ({"travel_minutes": "-30"}, {"travel_minutes"}),
        ({"travel_minutes": "1441"}, {"travel_minutes"}),
        ({"commitments": "once;daily"}, {"commitments"}),
        ({"first_name": "85073003328"}, {"first_name"}),
        ({"external_id": "85073003328"}, {"external_id"}),
        ({"needs_must": "sv.no_id_no_extract"}, {"needs_must"}),
        ({"channel": "letter", "contact": "Straat 1, 85.07.30-033.28"}, {"contact"}),
    ],
)
def test_mistakes_about_people_are_named(cells: dict[str, str], columns: set[str]) -> None:
    assert columns <= set(wrong(people({**PERSON, **cells})))


def test_a_need_for_a_sign_language_says_which_one() -> None:
    understood = people({**PERSON, "needs_must": "ic.sign_language", "languages": "nl:2"}, witness="Tom")
    assert set(wrong(understood)) == {"languages"}


codes = st.sampled_from
spans = st.builds(
    lambda day, start, length: Span(day, start, min(start + length, 24 * 60)),
    st.integers(0, 6),
    st.integers(0, 24 * 60 - 1),
    st.integers(1, 600),
)
dated_spans = st.builds(
    lambda on, span: DatedSpan(on, *span[1:]), st.dates(date(2026, 1, 1), date(2099, 12, 31)), spans
)
words = st.text(
    st.characters(codec="cp1252", exclude_categories=("Cc", "Cs", "Nd"), exclude_characters="\xa0\xad"),
    min_size=1,
    max_size=40,
).map(lambda text: " ".join(text.split()))


def _is_utf_8_by_chance(text: str) -> bool:
    """Nobody could tell such bytes apart; no sentence in a language looks like that."""
    encoded = text.encode("windows-1252")
    try:
        return not encoded.isascii() and bool(encoded.decode("utf-8"))
    except UnicodeDecodeError:
        return False


@settings(max_examples=60, deadline=None)
@given(
    title=words.filter(bool),
    description=words,
    tasks=st.sets(codes(sorted(TASKS))),
    sectors=st.sets(codes(sorted(SECTORS))),
    levels=st.dictionaries(codes(sorted(LANGUAGES)), st.integers(0, 4), max_size=5),
    times=st.builds(
        Availability,
        st.lists(spans, max_size=4).map(tuple),
        st.booleans(),
        st.lists(dated_spans, max_size=2).map(tuple),
        st.booleans(),
    ),
    access=st.dictionaries(codes(sorted(ASKED_OF_ORGANISATIONS)), codes(list(Answer)), max_size=6),
    encoding=codes(["utf-8", "utf-8-sig", "windows-1252"]),
)
def test_what_is_written_in_our_columns_is_read_back(
    title: str,
    description: str,
    tasks: set[str],
    sectors: set[str],
    levels: dict[str, int],
    times: Availability,
    access: dict[str, Answer],
    encoding: str,
) -> None:
    def saying(wanted: Answer) -> str:
        return ";".join(code for code, answer in access.items() if answer is wanted)

    row = {
        **ROLE,
        "title": title,
        "description": description,
        "tasks": ";".join(tasks),
        "sectors": ";".join(sectors),
        "languages": ";".join(f"{code}:{level}" for code, level in levels.items()),
        "languages_spoken": ";".join(levels),
        "times": str(times),
        "access_yes": saying(Answer.YES),
        "access_arrangeable": saying(Answer.ARRANGEABLE),
        "access_no": saying(Answer.NO),
    }
    assume(encoding != "windows-1252" or not _is_utf_8_by_chance(title + description))
    understood = roles(row, encoding=encoding)
    assert understood.problems == ()
    posting = understood.rows[0].posting
    assert (posting.title, posting.description) == (title, description)
    assert posting.tasks == tasks
    assert posting.sectors == sectors
    assert posting.languages_needed == levels
    assert posting.languages_spoken == set(levels)
    assert posting.times == times
    assert posting.access == access


@settings(max_examples=60, deadline=None)
@given(
    must=st.sets(codes(ASKED_OF_PEOPLE)),
    nice=st.sets(codes(ASKED_OF_PEOPLE)),
    want=st.sets(codes(sorted(TASKS))),
    levels=st.dictionaries(codes(sorted(LANGUAGES)), st.integers(0, 4), max_size=5),
)
def test_people_are_read_back_too(
    must: set[str], nice: set[str], want: set[str], levels: dict[str, int]
) -> None:
    levels = levels | {"vgt": 3}  # whoever needs a sign language says which
    row = {
        **PERSON,
        "needs_must": ";".join(must),
        "needs_nice": ";".join(nice),
        "tasks_want": ";".join(want),
        "languages": ";".join(f"{code}:{level}" for code, level in levels.items()),
    }
    (read,) = people(row, witness="Yasmina").rows
    needs = read.sign_up.needs
    assert {code for code, strength in needs.items() if strength is Strength.MUST} == must
    assert {code for code, strength in needs.items() if strength is Strength.NICE} == nice - must
    assert read.sign_up.interests.want == want
    assert read.sign_up.languages == levels
