"""Every form that a candidate, a visitor or the desk can send, with what nobody types by accident in it.

The forms are found in the map of addresses: a new one fails here until somebody writes down where it stands.
Its fields are read from the page, so a new field is tried too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from html import escape
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import String, select

from tests.factories.gatherings import make_gathering
from tests.factories.gatherings import sign_up as sign_up_visitor
from tests.functional.browsing import Browser, csrf_token_of
from tests.functional.forms_on_page import Form, forms_on
from tests.functional.hostile_texts import HOSTILE, NUMBER, WITH_NUMBER, is_harmless
from tests.functional.signing_up import answers, sign_up
from tests.functional.staff.conftest import Hire
from tests.functional.staff.form_table import CANDIDATE, DESK, TABLE, WAITING, Stands
from tests.integration.services.markets import make_market, make_timetable, plan
from volunteer.bootstrap import Core
from volunteer.domain.accounts import Role
from volunteer.domain.candidates import Channel, SignUp
from volunteer.domain.gatherings import GatheringKind
from volunteer.links import Purpose
from volunteer.models import (
    Base,
    Candidate,
    Delivery,
    Device,
    Incident,
    Introduction,
    MarketHelper,
    MarketVisitor,
    Message,
    Organisation,
    Question,
    Sealed,
    Signal,
    Stand,
    Suggestion,
    SuggestionList,
)
from volunteer.models.base import field_name
from volunteer.services import (
    candidates,
    cards,
    market_cards,
    market_helpers,
    replies,
    stand_links,
    suspensions,
)

Work = Callable[[], None]
TYPED = {
    "short": HOSTILE["script"] + HOSTILE["template"][:20],
    "unseen": HOSTILE["turned"] + HOSTILE["control"] + HOSTILE["blank"],
    "long": HOSTILE["long"],
    "number": WITH_NUMBER,
}
CHOSEN = {"script": HOSTILE["script"], "number": WITH_NUMBER}
"""Where the page offers fixed answers, any other text is as wrong as the next."""
KINDLY = {200, 422}
GONE = {403, 404, 409}
"""What was done already, or was never there: said on a page of ours."""


@dataclass(frozen=True)
class Scene:
    """Who is there, and the ids in the addresses."""

    browsers: dict[str, Browser]
    ids: dict[str, str]


OF_ORGANISATIONS = frozenset({"invitation", "joining", "questions", "roles"})
"""Blueprints of which forms are open to all, or by a signed link, and sent by organisations."""
OF_PROGRAMS = frozenset({"text_replies"})
"""Blueprints that programs speak to, without a form."""


def _sent_by_candidates_or_desk(app: Flask) -> set[str]:
    found = set()
    for rule in app.url_map.iter_rules():
        guard = getattr(app.view_functions[rule.endpoint], "guard", None)
        is_theirs = not isinstance(guard, tuple) or not guard or Role.DESK_WORKER in guard
        if "POST" in (rule.methods or ()) and is_theirs and not rule.rule.startswith("/api/"):
            found.add(rule.endpoint)
    return {
        endpoint for endpoint in found if endpoint.partition(".")[0] not in OF_ORGANISATIONS | OF_PROGRAMS
    }


def test_every_form_stands_in_the_table(app: Flask) -> None:
    found = _sent_by_candidates_or_desk(app)
    assert found - TABLE.keys() == set(), (
        "write down in TABLE where this form stands, and what is typed there"
    )
    assert TABLE.keys() - found == set()


@pytest.fixture
def scene(app: Flask, core: Core, hire: Hire, post_role: Callable[..., UUID], work: Work) -> Scene:
    """Somebody with a suggestion, somebody else with the same name, and a desk that has to do with both."""
    post_role()
    other = Browser(app, language="en")
    sign_up(other, answers(contact={"channel": "phone", "contact_phone": "0470 12 34 57"}))
    work()
    other.get("/me/suggestions")
    other.send(re.findall(r'action="(/me/suggestions/[^"]+/meet)"', other.page)[0])
    other.send("/me/nothing-fits", cause="hours", words="Ik wil koken")
    work()
    browser = Browser(app, language="ar")
    sign_up(browser)
    work()
    browser.get("/me/suggestions")
    browser.send("/not-right", story="De deur was dicht.", place="Elsene")
    work()
    desk = hire(Role.DESK_WORKER, language="nl")
    ids = _ids(core, desk.account_id)
    return Scene({CANDIDATE: browser, DESK: desk.browser, WAITING: _who_waits(app, core)}, ids)


def _who_waits(app: Flask, core: Core) -> Browser:
    """Somebody with a card, whose file waits for their yes."""
    with core.units.write() as uow:
        told = SignUp(first_name="Zohra", language="ar", channel=Channel.DESK)
        pending = candidates.put_on_file(uow, told, origin="together")
        uow.session.flush()
        token = cards.issue(uow, pending)
    browser = Browser(app, language="ar")
    browser.get(f"/c/{token}")
    return browser


def _ids(core: Core, account_id: UUID) -> dict[str, str]:
    with core.units.write() as uow:
        other, person = uow.session.scalars(select(Candidate).order_by(Candidate.created_at)).all()
        device = uow.session.scalars(select(Device).where(Device.candidate_id == person.id)).one()
        delivery = uow.session.scalars(select(Delivery).limit(1)).one()
        delivery.state = "stuck"
        organisation = uow.session.scalars(select(Organisation)).one()
        suspensions.suspend(uow, organisation.id, account_id=account_id)
        links = core.links
        gathering_id = make_gathering(uow, seats=50)
        party = sign_up_visitor(uow, gathering_id)
        past = sign_up_visitor(uow, make_gathering(uow))
        past.gathering.ends_at = uow.now
        market = make_market(uow, ahead=timedelta(minutes=-40), signup_closes_at=uow.now + timedelta(hours=1))
        stand = uow.session.get_one(Stand, market.stands["B1"])
        found = {
            "market": market.id,
            "stand": stand.id,
            "helper": market.interpreter,
            "timetable": make_timetable(uow, market.id),
            "visit": plan(uow, market.visitors["Bart"], stand.id, 0),
            "market_visitor": market.visitors["Bart"],
            "market_group": market.group,
            "own_card_link": market_cards.own_link(
                links, uow.session.get_one(MarketVisitor, market.visitors["Bart"])
            ).rpartition("/")[2],
            "card_link": market_cards.card_link(
                links, uow.session.get_one(MarketVisitor, market.visitors["Bart"])
            ).rpartition("/")[2],
            "door_link": market_helpers.door_link(
                links, uow.session.get_one(MarketHelper, market.at_the_door)
            ).rpartition("/")[2],
            "stand_link": stand_links.host_link(links, stand).rpartition("/")[2],
            "person": person.id,
            "other": other.id,
            "device": device.id,
            "suggestion": uow.session.scalars(
                select(Suggestion.id).where(Suggestion.candidate_id == person.id)
            ).one(),
            "list": uow.session.scalars(
                select(SuggestionList.id).where(SuggestionList.candidate_id == person.id)
            ).first(),
            "introduction": uow.session.scalars(select(Introduction.id)).one(),
            "question": uow.session.scalars(select(Question.id)).first() or uuid4(),
            "call": uow.session.scalars(select(Message.id).where(Message.state == "to_do")).first()
            or uuid4(),
            "signal": uow.session.scalars(select(Signal.id)).one(),
            "report": uow.session.scalars(select(Incident.id)).one(),
            "stuck": delivery.id,
            "reply": replies.keep(
                uow, "Bel me", channel=Channel.SMS, candidate_id=person.id, message_id=None
            ).id,
            "organisation": organisation.id,
            "nobody": uuid4(),
            "gathering": gathering_id,
            "party": party.id,
            "company_day": make_gathering(uow, kind=GatheringKind.COMPANY_DAY),
            "after": links.make(Purpose.AFTERWARDS, past.id).rpartition("/")[2],
            "seat": links.make(Purpose.SEAT, party.id).rpartition("/")[2],
            "confirm": links.make(Purpose.CONFIRM_DEVICE, device.id).rpartition("/")[2],
            "passed": links.make(Purpose.PASSED_ANSWER, uuid4()).rpartition("/")[2],
            "keep": links.make(Purpose.KEEP_FILE, other.id).rpartition("/")[2],
            "unsubscribe": links.make(
                Purpose.UNSUBSCRIBE, other.id, proof="candidate:suggestions"
            ).rpartition("/")[2],
        }
    return {name: str(value) for name, value in found.items()}


@pytest.mark.parametrize("by", [CANDIDATE, DESK, WAITING])
def test_no_form_breaks_by_any_text(scene: Scene, core: Core, by: str) -> None:
    rows = [row for stands in TABLE.values() for row in stands if row.by == by]
    fallen: list[str] = []
    for row in sorted(rows, key=lambda each: each.ends):
        for trial in _trials(scene, row):
            fallen += trial
    assert not fallen, f"{len(fallen)} fell:\n" + "\n".join(fallen[:40])
    assert list(_kept_numbers(core)) == []


def _trials(scene: Scene, row: Stands) -> Iterator[list[str]]:
    """Every hostile text in every field of this form; what went wrong each time."""
    browser = scene.browsers[row.by]
    path, at = (part.format(**scene.ids) for part in (row.path, row.at or row.path))
    page = browser.client.get(at, headers=_READS[row.by], follow_redirects=True).get_data(as_text=True)
    token = csrf_token_of(page)
    if not token:
        elsewhere = browser.client.get(_WITH_FORM[row.by], headers=_READS[row.by], follow_redirects=True)
        token = csrf_token_of(elsewhere.get_data(as_text=True))
    form = _form(page, at, path)
    given = {
        name: [value.format(**scene.ids)] if isinstance(value, str) else value
        for name, value in row.given.items()
    }
    base = {**form.values, **given, "csrf_token": [token]}
    free = form.free
    for name in (row.tried or base.keys()) - {"csrf_token"}:
        for text in (TYPED if name in free else CHOSEN).values():
            sent = {**base, name: [text]}
            yield _sent(browser, row, path, sent, changed=name, free=free)
    if not row.ends:
        yield _sent(browser, row, path, base, changed="", free=free)
        yield _sent(
            browser,
            row,
            path,
            {**dict.fromkeys(base, _ALL_AT_ONCE), "csrf_token": [token]},
            changed="all",
            free=set(),
        )


def _form(page: str, at: str, path: str) -> Form:
    """Whatever this page sends to that address, as one form."""
    whole = Form(path)
    for each in forms_on(page, at=at):
        if each.action == path:
            whole.values = each.values | whole.values
            whole.free |= each.free
    return whole


_WITH_FORM = {CANDIDATE: "/not-right", DESK: "/desk/people", WAITING: "/not-right"}
_ALL_AT_ONCE = ["", *(text for name, text in HOSTILE.items() if name != "long")]
_READS = {by: {"Accept-Language": "nl" if by == DESK else "ar"} for by in (CANDIDATE, DESK, WAITING)}


def _sent(
    browser: Browser, row: Stands, path: str, data: dict[str, list[str]], *, changed: str, free: set[str]
) -> list[str]:
    """Send it; what is wrong with the answer, for people to read."""
    answer = browser.client.post(path, data=data, headers=_READS[row.by], follow_redirects=True)
    page = answer.get_data(as_text=True)
    text = data.get(changed, [""])[0][:20]
    where = f"{path[:70]} {changed}={text!r}: "
    if answer.status_code not in KINDLY | GONE:
        return [f"{where}{answer.status_code}"]
    try:
        is_harmless(page)
    except AssertionError as error:
        return [f"{where}not harmless {str(error)[:80]}"]
    wrong = []
    if answer.status_code == 422:
        is_said = any(mark in page for mark in ("error-summary", "-error", "flash", 'class="lead"'))
        if not is_said:
            wrong.append(f"{where}422 without a word")
        wrong += [
            f"{where}lost {name}"
            for name in free - {changed}
            for value in data.get(name, [])
            if value.strip() and escape(value) not in page and value not in page
        ]
    return wrong


def _kept_numbers(core: Core) -> Iterator[str]:
    """Columns that hold the national number that was typed, sealed or not."""
    plain = re.sub(r"\D", "", NUMBER)
    with core.units.read() as uow:
        for table in Base.metadata.sorted_tables:
            texts = [each for each in table.columns if isinstance(each.type, String)]
            sealed = [each for each in table.columns if isinstance(each.type, Sealed)]
            for row in uow.session.execute(select(*texts, *sealed)) if texts or sealed else ():
                opened = [
                    uow.keyring.open(row._mapping[each], field=field_name(table.name, each.name))
                    for each in sealed
                    if row._mapping[each] is not None
                ]
                for value in (*opened, *(row._mapping[each] or "" for each in texts)):
                    if NUMBER in value or plain in value:
                        yield table.name
