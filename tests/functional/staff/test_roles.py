"""Posting a role: in minutes, without JavaScript, keeping what was typed, and never by somebody else."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from html.parser import HTMLParser
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from tests.functional.browsing import Browser
from tests.functional.signing_up import answers, sign_up
from tests.functional.staff.conftest import POLLEPEL, Hire, organisation_named
from volunteer.bootstrap import Core
from volunteer.domain.accounts import Role
from volunteer.domain.opportunities import TRIAL, Place
from volunteer.models import AccessAnswer, Opportunity, OutboxEvent, Venue
from volunteer.services import opportunity_dates, organisations

ROLES = "/organisation/roles"
PostRole = Callable[..., UUID]
Mails = Callable[[], list[tuple[str, str]]]


class _Form(HTMLParser):
    """What a browser without JavaScript would send of the one form that writes a role."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, list[str]] = {}
        self._inside = False
        self._select = self._area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._inside = self._inside or given.get("id") == "role-form"
        if not self._inside:
            return
        name, kind = given.get("name", ""), given.get("type", "")
        if tag == "input" and (kind not in {"checkbox", "radio"} or "checked" in given):
            self.fields.setdefault(name, []).append(given.get("value", ""))
        elif tag == "select":
            self._select = name
        elif tag == "option" and "selected" in given:
            self.fields.setdefault(self._select, []).append(given["value"])
        elif tag == "textarea":
            self._area = name
            self.fields[name] = [""]

    def handle_data(self, data: str) -> None:
        if self._area:
            self.fields[self._area][0] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = ""
        elif tag == "form":
            self._inside = False


def form_on(page: str) -> dict[str, Any]:
    """The fields of the form as it stands."""
    parser = _Form()
    parser.feed(page)
    return parser.fields


def _venue(core: Core, name: str = POLLEPEL) -> str:
    with core.units.write() as uow:
        owner = organisation_named(uow, name)
        uow.session.flush()
        place = Place(street="Plein 1", postal_code="1050", municipality="elsene")
        venue = organisations.new_venue(uow, owner.id, place)
        uow.session.flush()
        return venue.id.hex


def _roles(core: Core) -> list[Opportunity]:
    with core.units.read() as uow:
        return list(uow.session.scalars(select(Opportunity).order_by(Opportunity.created_at)))


def _events(core: Core) -> list[str]:
    with core.units.read() as uow:
        return list(uow.session.scalars(select(OutboxEvent.type).order_by(OutboxEvent.seq)))


def test_a_role_in_minutes(hire: Hire, core: Core) -> None:
    """From a template: three screens, and three fields that somebody fills in."""
    browser = hire(Role.OWNER).browser
    venue = _venue(core)
    browser.get(f"{ROLES}/new")
    assert len(re.findall(r'href="[^"]*template=\w+"', browser.page)) >= 13
    browser.get(f"{ROLES}/new?template=kitchen")
    given = form_on(browser.page)
    assert given["title"] == ["Help in the kitchen"]
    assert given["tasks"] == ["t.cook", "t.serve", "t.clean"]
    assert given["where"] == [venue]
    typed: dict[str, Any] = {"week_day_0": "tue", "week_from_0": "10:00", "week_to_0": "13:00"}
    browser.post(f"{ROLES}/new", **{**given, **typed, "then": "publish"})
    assert "Your role is open." in browser.text
    assert "Tuesday from 10 to 13" in browser.text
    (role,) = _roles(core)
    assert (role.state, role.times, role.wanted) == ("open", "tue 10:00-13:00", 1)
    assert role.venue_id is not None
    assert role.venue_id.hex == venue
    assert role.languages_needed == {}
    assert _events(core).count("opportunity_published") == 1


def test_a_draft_may_be_empty_and_is_seen_by_nobody(hire: Hire, core: Core) -> None:
    browser = hire(Role.EDITOR).browser
    browser.get(f"{ROLES}/new?template=none")
    browser.post(f"{ROLES}/new", language="nl", then="draft")
    assert "Kept as a draft." in browser.text
    assert "Without a title yet" in browser.text
    (role,) = _roles(core)
    assert role.state == "draft"
    assert not {"opportunity_published", "opportunity_changed"} & set(_events(core))
    browser.post(f"{ROLES}/{role.id}/step", step="open")
    assert "Give the role a title." in browser.text
    assert 'id="role-form"' in browser.page
    browser.get(ROLES)
    assert "Nobody sees it yet." in browser.text
    browser.get(f"{ROLES}/{role.id}")
    browser.post(f"{ROLES}/{role.id}/discard")
    assert _roles(core) == []


def test_what_was_typed_stays_and_everything_is_said_at_once(hire: Hire, core: Core) -> None:
    browser = hire(Role.OWNER).browser
    browser.get(f"{ROLES}/new?template=none")
    typed: dict[str, Any] = {
        "title": "Koken <b>samen</b>",
        "description": "Elke dinsdag.",
        "language": "xx",
        "week_day_0": "mon",
        "week_from_0": "10:00",
        "date_on_0": "2027-02-30",
        "date_from_0": "10:00",
        "date_to_0": "12:00",
        "wanted": "veel",
        "starts_on": "morgen",
        "where": "nowhere",
        "url": "javascript:alert(1)",
        "tasks": ["t.cook", "t.fly"],
        "needs_language_0": "nl",
    }
    browser.post(f"{ROLES}/new", status=422, then="publish", **typed)
    for field in ("language", "week_day_0", "wanted", "starts_on", "where", "tasks", "needs_level_0"):
        assert f'href="#{field}"' in browser.page, field
        assert f'id="{field}"' in browser.page, field
    kept = form_on(browser.page)
    assert kept["title"] == ["Koken <b>samen</b>"]
    assert kept["week_from_0"] == ["10:00"]
    assert kept["wanted"] == ["veel"]
    assert "<b>samen" not in browser.page
    assert _roles(core) == []


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("title", "x" * 161),
        ("description", "é" * 6001),
        ("description", "Neem 93.05.18-223.61 mee"),
        ("contact_name", "y" * 81),
        ("wanted", "0"),
        ("wanted", "99999999999999999999"),
        ("wanted", "٣x"),
        ("ends_on", "0001-13-01"),
        ("url", "ftp://x.example"),
        ("getting_there", "z" * 1001),
        ("where", "00000000000000000000000000000001"),
    ],
)
def test_hostile_texts_are_refused_kindly(hire: Hire, core: Core, field: str, typed: str) -> None:
    browser = hire(Role.OWNER).browser
    browser.get(f"{ROLES}/new?template=none")
    given: dict[str, Any] = {"title": "Koken", "language": "nl", "then": "publish", field: typed}
    browser.post(f"{ROLES}/new", status=422, **given)
    assert f'href="#{field}"' in browser.page
    assert "93.05.18-223.61" not in browser.page
    assert _roles(core) == []


def test_more_rows_keep_what_was_typed_and_keep_nothing(hire: Hire, core: Core) -> None:
    browser = hire(Role.OWNER).browser
    browser.get(f"{ROLES}/new?template=party")
    rows = browser.page.count('name="date_on_')
    browser.post(f"{ROLES}/new", title="Feest", language="nl", date_on_1="2027-06-01", then="more_dates")
    assert browser.page.count('name="date_on_') == rows + 2
    assert form_on(browser.page)["date_on_1"] == ["2027-06-01"]
    assert _roles(core) == []


def test_single_days_flexible_hours_trial_and_levels(hire: Hire, core: Core) -> None:
    browser = hire(Role.OWNER).browser
    browser.get(f"{ROLES}/new?template=none")
    browser.post(
        f"{ROLES}/new",
        title="Feest",
        language="fr",
        date_on_0="2027-06-05",
        date_from_0="22:00",
        date_to_0="00:00",
        trial="yes",
        extract="yes",
        needs_language_0="fr",
        needs_level_0="2",
        languages_spoken=["fr", "ar"],
        where="other",
        street="Kaai 3",
        postal_code="1000",
        commitment="once",
        wanted="12",
        then="publish",
    )
    (role,) = _roles(core)
    assert role.times == "2027-06-05 22:00-24:00"
    assert (role.languages_needed, role.languages_spoken) == ({"fr": 2}, ["ar", "fr"])
    assert (role.extract_required, role.commitment, role.wanted) == (True, "once", 12)
    assert role.venue_id is not None
    with core.units.read() as uow:
        (said,) = uow.session.scalars(select(AccessAnswer).where(AccessAnswer.scope_id == role.id))
        assert (said.code, said.answer) == (TRIAL, "yes")
    browser.get(f"{ROLES}/{role.id}/edit")
    given = form_on(browser.page)
    assert given["date_to_0"] == ["00:00"]
    assert given["needs_level_0"] == ["2"]
    browser.post(f"{ROLES}/{role.id}/edit", **{**given, "trial": [], "then": "keep"})
    assert _roles(core)[0].times == "2027-06-05 22:00-24:00"
    with core.units.read() as uow:
        assert uow.session.scalars(select(AccessAnswer).where(AccessAnswer.scope_id == role.id)).all() == []


def test_a_copy_has_no_dates(hire: Hire, core: Core, post_role: PostRole) -> None:
    role = post_role(wanted=4)
    browser = hire(Role.OWNER).browser
    browser.get(f"{ROLES}/new?copy={role}")
    given = form_on(browser.page)
    assert given["title"] == ["Koken met de ploeg"]
    assert given["week_day_0"] == ["tue"]
    assert given["wanted"] == ["4"]
    assert "seen" not in given
    other = post_role(organisation="Woonhuis De Linde", title="Geheim")
    browser.get(f"{ROLES}/new?copy={other}")
    assert "Geheim" not in browser.page


def test_the_steps_of_a_role(hire: Hire, core: Core, post_role: PostRole) -> None:
    role = post_role()
    browser = hire(Role.EDITOR).browser
    page = f"{ROLES}/{role}"
    for step, state in (
        ("pause", "paused"),
        ("open", "open"),
        ("fill", "full"),
        ("open", "open"),
        ("close", "closed"),
    ):
        browser.send(f"{page}/step", at=page, step=step)
        assert _roles(core)[0].state == state
    browser.send(f"{page}/step", at=page, step="pause")
    assert "This role is closed. Open it again first." in browser.text
    assert _roles(core)[0].state == "closed"
    browser.send(f"{page}/step", at=page, step="wait", status=404)
    browser.send(f"{page}/discard", at=page, status=409)


def test_who_looks_on_changes_nothing_and_others_see_nothing(
    hire: Hire, core: Core, post_role: PostRole
) -> None:
    role = post_role()
    page = f"{ROLES}/{role}"
    viewer = hire(Role.VIEWER).browser
    viewer.get(page)
    assert "A colleague of your team changes it." in viewer.text
    stranger = hire(Role.OWNER, at="Woonhuis De Linde").browser
    for path in ("", "/edit", "/words", "/as-seen/nl"):
        stranger.get(page + path, status=404)
    for path in ("/edit", "/words"):
        viewer.get(page + path, status=403)
    viewer.get(f"{ROLES}/new", status=403)
    actions: dict[str, dict[str, Any]] = {
        "/edit": {"title": "Weg"},
        "/step": {"step": "close"},
        "/confirm": {},
        "/discard": {},
        "/words/fr": {"title_fr": "Parti", "description_fr": "x"},
    }
    for path, fields in actions.items():
        viewer.send(page + path, at=ROLES, status=403, **fields)
        stranger.send(page + path, at=ROLES, status=404, **fields)
    (kept,) = _roles(core)
    assert (kept.title, kept.state) == ("Koken met de ploeg", "open")


def test_a_colleague_was_quicker(hire: Hire, core: Core, post_role: PostRole) -> None:
    page = f"{ROLES}/{post_role()}/edit"
    one, two = hire(Role.EDITOR).browser, hire(Role.OWNER).browser
    one.get(page)
    two.get(page)
    mine, theirs = form_on(one.page), form_on(two.page)
    one.post(page, **{**mine, "title": "Soep", "then": "keep"})
    two.post(page, status=422, **{**theirs, "title": "Brood", "then": "keep"})
    assert "A colleague changed this role meanwhile." in two.text
    assert _roles(core)[0].title == "Soep"
    two.post(page, **{**form_on(two.page), "then": "keep"})
    assert _roles(core)[0].title == "Brood"


def test_advice_is_advice(hire: Hire, core: Core) -> None:
    browser = hire(Role.OWNER).browser
    browser.get(f"{ROLES}/new?template=none")
    hard = "Teneinde de participatie te faciliteren zoeken wij vrijwilligers om te koken."
    browser.post(f"{ROLES}/plain", title="Hulp", description=hard, language="nl")
    assert "“teneinde”: try “om te”" in browser.text
    assert "Cooking" in browser.text
    assert _roles(core) == []
    browser.get(f"{ROLES}/new?template=none")
    browser.post(f"{ROLES}/new", title="Hulp", description=hard, language="nl", then="publish")
    assert _roles(core)[0].state == "open"
    browser.get(f"{ROLES}/{_roles(core)[0].id}/edit")
    assert "“teneinde”: try “om te”" in browser.text
    browser.post(f"{ROLES}/plain", title="طبخ", description="<script>", language="ar")
    assert "<script>" not in browser.page


def test_every_language_beside_the_original(hire: Hire, core: Core, post_role: PostRole) -> None:
    role = post_role(access={})
    page = f"{ROLES}/{role}/words"
    browser = hire(Role.OWNER).browser
    said: dict[str, Any] = {
        "title_fr": "Cuisiner ensemble",
        "description_fr": "Chaque mardi.",
        "written_by_fr": "person",
    }
    browser.send(f"{page}/fr", at=page, status=422, **said)
    assert 'href="#writer_fr"' in browser.page
    assert "Cuisiner ensemble" in browser.page
    browser.post(f"{page}/fr", **said, writer_fr="Leïla")
    assert "Written by Leïla on" in browser.text
    assert "older than the original" not in browser.text
    browser.get(f"{ROLES}/{role}/as-seen/fr")
    assert '<html lang="fr"' in browser.page
    assert "Cuisiner ensemble" in browser.text
    assert "Chaque mardi." in browser.text
    browser.get(f"{ROLES}/{role}/as-seen/ar")
    assert re.search(r'<h1[^>]* lang="nl">Koken met de ploeg', browser.page)
    browser.get(f"{ROLES}/{role}/edit")
    changed = {**form_on(browser.page), "title": "Koken met velen", "then": "keep"}
    browser.post(f"{ROLES}/{role}/edit", **changed)
    assert "The original changed since." in browser.text
    browser.get(page)
    assert "older than the original" in browser.text
    browser.post(f"{page}/fr", then="remove")
    assert "Cuisiner" not in browser.page
    browser.post(f"{page}/nl", status=422, title_nl="x", description_nl="y")
    browser.post(f"{page}/xx", status=404)


def test_people_read_it_in_their_language(
    hire: Hire, post_role: PostRole, app: Flask, work: Callable[[], None]
) -> None:
    page = f"{ROLES}/{post_role()}/words"
    owner = hire(Role.OWNER).browser
    owner.send(f"{page}/en", at=page, title_en="Cook with us", description_en="Every Tuesday.")
    person = Browser(app, language="en")
    sign_up(person, answers())
    work()
    person.get("/me/suggestions")
    assert re.search(r'<h3 id="[^"]+"><a href="[^"]+">Cook with us', person.page)
    person.get(re.findall(r'<h3 id="[^"]+"><a href="([^"]+)"', person.page)[0])
    assert "Every Tuesday." in person.text
    assert "Elke dinsdag" not in person.text


def test_a_link_in_a_mail_confirms_by_its_button_alone(
    hire: Hire, core: Core, post_role: PostRole, app: Flask, work: Callable[[], None], mails: Mails
) -> None:
    role = post_role()
    hired = hire(Role.EDITOR)
    hire(Role.VIEWER)
    with core.units.write() as uow:
        uow.session.get_one(Opportunity, role).updated_at = uow.now - timedelta(days=91)
    opportunity_dates.act(core.units)
    work()
    ((address, text),) = mails()
    assert address == hired.email
    (link,) = re.findall(r"https?://[^/\s]+(/still-true/\S+)", text)
    stranger = Browser(app, language="en")
    for _scanned in range(3):
        stranger.get(link)
    assert "Is this role still true?" in stranger.text
    assert _roles(core)[0].confirmed_at is None
    stranger.post(link)
    assert "We go on looking for people." in stranger.text
    assert _roles(core)[0].confirmed_at is not None
    stranger.get(link)
    assert "Thank you" in stranger.text
    assert "<form" not in stranger.page.partition("<main")[2]
    stranger.get(link[:-3] + "xyz", status=403)
    assert _events(core).count("opportunity_confirmed") == 1


def test_what_nobody_confirms_closes_and_its_team_hears_of_it(
    hire: Hire, core: Core, post_role: PostRole, app: Flask, work: Callable[[], None], mails: Mails
) -> None:
    role = post_role()
    hire(Role.OWNER)
    with core.units.write() as uow:
        found = uow.session.get_one(Opportunity, role)
        found.updated_at, found.asked_at = uow.now - timedelta(days=106), uow.now - timedelta(days=15)
    opportunity_dates.act(core.units)
    work()
    ((_address, text),) = mails()
    assert "we closed it" in text
    assert f"/organisation/roles/{role}" in text
    assert _roles(core)[0].state == "closed"


def test_a_role_pressed_twice_is_written_once(hire: Hire, core: Core) -> None:
    browser = hire(Role.OWNER).browser
    browser.get(f"{ROLES}/new?template=kitchen")
    given = form_on(browser.page)
    for _ in range(2):
        browser.post(f"{ROLES}/new", **{**given, "then": "draft"})
    assert len(_roles(core)) == 1


def test_a_role_is_not_written_for_a_team_that_was_chosen_meanwhile(hire: Hire, core: Core) -> None:
    browser = hire(Role.OWNER).browser
    browser.get(f"{ROLES}/new?template=kitchen")
    browser.post(f"{ROLES}/new", status=409, **{**form_on(browser.page), "team": uuid4().hex})
    assert _roles(core) == []


def test_a_place_pressed_twice_is_there_once_and_for_the_team_of_its_form(hire: Hire, core: Core) -> None:
    browser = hire(Role.OWNER).browser
    path = "/organisation/venues/new"
    typed: dict[str, Any] = {"street": "Nieuwe straat 7", "postal_code": "1050", "getting_there": "Tram 81."}
    browser.get(path)
    form_id = re.search(r'name="form_id" value="([0-9a-f]{32})"', browser.page)
    assert form_id
    browser.post(path, status=409, team=uuid4().hex, **typed)
    for _ in range(2):
        browser.send(path, form_id=form_id[1], **typed)
    with core.units.read() as uow:
        streets = uow.session.scalars(select(Venue.street)).all()
        assert streets.count("Nieuwe straat 7") == 1
