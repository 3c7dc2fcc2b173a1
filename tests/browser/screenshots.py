"""The pictures of ``docs/screenshots``, taken from a demo city that is made for them and thrown away.

Run it with ``make screenshots``. Nobody in the pictures exists.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pypdfium2
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.chromium import QUIET, path_of_chromium
from tests.browser.walking import GO_ON_BY_THEMSELVES

FOLDER = Path(__file__).parents[2] / "docs" / "screenshots"
PHONE, TABLET, DESKTOP = (390, 844), (820, 1180), (1280, 800)
HALL = (1920, 1080)
DESK = (1440, 900)
STARTS_WITHIN_SECONDS = 180
Look = Callable[[Page], None]


class City:
    """A demo city that runs on this machine for as long as the pictures take."""

    def __init__(self, address: str, data: Path, browser: Browser) -> None:
        self.address = address
        self._log_ins = dict(_log_ins(data))
        self._browser = browser

    @contextmanager
    def visitor(
        self, size: tuple[int, int], *, language: str = "nl", dark: bool = False, forced: bool = False
    ) -> Iterator[Page]:
        """A browser of somebody new; ``forced`` shows the colours of the reader."""
        context = self._browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            locale=language,
            base_url=self.address,
            color_scheme="dark" if dark else "light",
            forced_colors="active" if forced else "none",
        )
        yield context.new_page()
        context.close()

    @contextmanager
    def staff(self, role: str, size: tuple[int, int] = DESK, *, dark: bool = False) -> Iterator[Page]:
        """A browser of the first demo account whose role begins like this."""
        email, password = next(found for name, found in self._log_ins.items() if name.startswith(role))
        with self.visitor(size, dark=dark) as page:
            page.goto("/login")
            page.fill("#email", email)
            page.fill("#password", password)
            page.click("main form button[type=submit]")
            yield page


def take_all(city: City) -> None:
    """Every picture, one person after another."""
    _start(city)
    _questions(city)
    _person(city)
    _staff(city)
    _organisation(city)
    _support(city)
    _gatherings(city)
    _market(city)


def _start(city: City) -> None:
    with city.visitor(DESKTOP) as page:
        page.goto("/")
        _keep(page, "start")
    with city.visitor(PHONE, language="ar") as page:
        page.goto("/")
        _keep(page, "start-arabic-phone", whole=False)
    with city.visitor(PHONE) as page:
        page.goto("/law")
        _keep(page, "law-phone", whole=False)


def _questions(city: City) -> None:
    with city.visitor(PHONE) as page:
        _answer_until(page, "tasks")
        page.check("input[name=tasks_want][value='t.cook']")
        _keep(page, "question-phone", whole=False)
    with city.visitor(DESKTOP) as page:
        _answer_until(page, "needs/physical")
        page.check("input[name='need_ph.step_free_entrance'][value=must]")
        page.check("input[name='need_ph.seated_work'][value=nice]")
        _keep(page, "question-needs", whole=False)
    with city.visitor(PHONE, language="ar") as page:
        _answer_until(page, "needs/physical")
        page.check("input[name='need_ph.step_free_entrance'][value=must]")
        _keep(page, "question-arabic-phone", whole=False)
    with city.visitor(DESKTOP, forced=True) as page:
        _answer_until(page, "tasks")
        page.check("input[name=tasks_want][value='t.cook']")
        page.keyboard.press("Tab")
        _keep(page, "question-forced-colours", whole=False)


def _person(city: City) -> None:
    with city.visitor(DESKTOP) as page:
        _answer_until(page, None)
        page.wait_for_selector("article.suggestion")
        page.set_viewport_size({"width": DESKTOP[0], "height": 1600})
        _keep(page, "suggestions", whole=False)
        _open_one_on_the_map(page)
        _keep(page, "suggestion")
        page.click("form[action*='/meet'] button")
        page.click("form .actions button:not([name=back])")
        page.wait_for_url("**/me")
        _keep(page, "file")
    with city.visitor(PHONE, language="ar", dark=True) as page:
        _answer_until(page, None)
        page.wait_for_selector("article.suggestion")
        _keep(page, "suggestions-arabic-dark-phone", whole=False)
        _open_one_on_the_map(page)
        _paper(page, "slip", "/paper/slip")


def _staff(city: City) -> None:
    with city.staff("desk") as page:
        page.goto("/desk")
        _keep(page, "desk", whole=False)
        page.goto("/desk/people/new")
        _keep(page, "enrolment", whole=False)
    with city.staff("desk", dark=True) as page:
        page.goto("/desk")
        _keep(page, "desk-dark", whole=False)
    with city.staff("desk", TABLET) as page:
        page.goto("/kiosk/hand-over")
        page.click("main form button[type=submit]")
        _keep(page, "kiosk", whole=False)


def _organisation(city: City) -> None:
    with city.staff("member") as page:
        page.goto("/organisation")
        page.wait_for_selector("text=/ongeveer/")
        _keep(page, "openings")
        page.click("main a[href*='/organisation/introductions/']")
        page.wait_for_url("**/organisation/introductions/**")
        _keep(page, "introduction")
        page.goto("/organisation/access")
        _keep(page, "access-check", whole=False)
        page.goto("/organisation/roles/new?template=repair_cafe")
        _keep(page, "posting", whole=False)
    with city.staff("member", PHONE) as page:
        page.goto("/organisation")
        page.wait_for_selector("text=/ongeveer/")
        _keep(page, "openings-phone", whole=False)


def _support(city: City) -> None:
    with city.staff("support owner", PHONE) as page:
        page.goto("/support")
        _keep(page, "support-phone", whole=False)
    with city.staff("support owner") as page:
        page.goto("/support/groups")
        page.fill("#name", "Nederlands 1.2, dinsdag")
        page.select_option("#language", "ar")
        page.click("main form button[type=submit]")
        page.wait_for_url("**/support/groups/*")
        _keep(page, "class", whole=False)
        _paper(page, "class-cards", "/cards")


def _gatherings(city: City) -> None:
    with city.visitor(PHONE) as page:
        page.goto("/agenda")
        _keep(page, "agenda-phone", whole=False)
    with city.visitor(PHONE, language="ar") as page:
        page.goto("/agenda")
        page.locator("main article a").first.click()
        page.wait_for_url("**/agenda/*")
        _keep(page, "gathering-arabic-phone", whole=False)
    with city.staff("desk") as page:
        page.goto("/desk/gatherings")
        page.locator("main ul.rows a").first.click()
        page.wait_for_url("**/desk/gatherings/*")
        _keep(page, "gathering-desk", whole=False)


def _market(city: City) -> None:
    """The smaller market of the demo, which is on; its timetable was made when the city opened."""
    with city.staff("desk") as page:
        page.goto("/desk/markets")
        page.locator("main ul.rows a").first.click()
        page.wait_for_url("**/desk/markets/*-*")
        market = page.url.removeprefix(city.address).removeprefix("/desk/markets/")
        _keep(page, "market", whole=False)
        page.goto(f"/desk/markets/{market}/day")
        _keep(page, "market-day", whole=False)
        page.goto(f"/desk/markets/{market}/timetables")
        _keep(page, "timetables", whole=False)
        page.goto(f"/desk/markets/{market}/papers")
        _paper(page, "route-card", "size=a6")
        page.goto(f"/desk/markets/{market}/stands")
        stand = page.locator("main a[href*='/desk/markets/stands/']").first.get_attribute("href")
    with city.staff("desk", PHONE) as page:
        page.goto(f"{stand}/today")
        _keep(page, "stand-phone")
    with city.visitor(HALL) as page:
        page.goto(f"/board/{market}")
        _keep(page, "market-board", whole=False)
    with city.visitor(PHONE, language="ar") as page:
        page.goto(f"/market/{market}")
        _keep(page, "market-arabic-phone", whole=False)


ANSWERS: dict[str, Look] = {
    "name": lambda page: page.fill("#first_name", "Amal"),
    "age": lambda page: page.click("button[name=is_16][value=yes]"),
    "where": lambda page: _choose(page, "where", "sint-jans-molenbeek"),
    "tasks": lambda page: page.check("input[name=tasks_want][value='t.cook']"),
    "when": lambda page: page.check("input[name=days_parts][value='tue:morning']"),
    "languages": lambda page: page.check("input[name=level_nl][value='2']"),
    "contact": lambda page: page.check("input[name=channel][value=desk]"),
    "consent": lambda page: _agree(page, "account", "match"),
    "helps": lambda page: page.click("button[name=consent_needs][value=yes]"),
    "needs/physical": lambda page: page.check("input[name='need_ph.step_free_entrance'][value=must]"),
    "needs/information": lambda page: page.check("input[name='need_ic.plain_language'][value=nice]"),
    "needs/service": lambda page: None,
    "check": lambda page: None,
}


def _answer_until(page: Page, step: str | None) -> None:
    page.goto("/signup")
    for slug, answer in ANSWERS.items():
        page.wait_for_url(f"**/signup/{slug}")
        if slug == step:
            return
        answer(page)
        if slug in GO_ON_BY_THEMSELVES:
            continue
        page.locator("main .actions button:not([name=back])").click()


def _open_one_on_the_map(page: Page) -> None:
    """The first suggestion that is somewhere in the city, and not at home."""
    for link in page.locator("article.suggestion h3 a").all():
        page.goto(link.get_attribute("href") or "")
        if page.locator("svg.city-map").count():
            return
        page.go_back()


def _choose(page: Page, name: str, value: str) -> None:
    page.select_option(f"select[name={name}]", value)


def _agree(page: Page, *consents: str) -> None:
    for each in consents:
        page.check(f"#consent_{each}")


def _keep(page: Page, name: str, *, whole: bool = True) -> None:
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready")
    page.screenshot(path=FOLDER / f"{name}.png", full_page=whole)


def _paper(page: Page, name: str, path: str) -> None:
    """The first page of the PDF that the page prints, under an address with this in it."""
    address = page.locator(f"main a[href*='{path}']").first.get_attribute("href")
    reads = {"Accept-Language": page.evaluate("document.documentElement.lang")}
    printed = page.request.get(address or "", headers=reads).body()
    with pypdfium2.PdfDocument(printed) as document:
        document[0].render(scale=2).to_pil().save(FOLDER / f"{name}.png")


def _log_ins(data: Path) -> Iterator[tuple[str, tuple[str, str]]]:
    for line in (data / "demo-logins.txt").read_text("utf-8").splitlines():
        role, email, password = line.split("\t")
        yield role, (email, password)


@contextmanager
def _running(folder: Path) -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    places = {"PORT": str(port), "DATA": str(folder / "var"), "KEYS": str(folder / "keys")}
    command = [sys.executable, "-m", "volunteer.cli", "run"]
    with subprocess.Popen(
        command, env={**os.environ, **places, "RATE_LIMITS": "0", "LOG_LEVEL": "WARNING"}, text=True
    ) as program:
        try:
            _wait_for(f"{address}/readyz")
            yield address
        finally:
            program.terminate()


def _wait_for(address: str) -> None:
    until = time.monotonic() + STARTS_WITHIN_SECONDS
    while time.monotonic() < until:
        try:
            with urlopen(address, timeout=5):
                return
        except OSError:
            time.sleep(0.5)
    raise TimeoutError(address)


def main() -> None:
    """Take every picture."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path_of_chromium(), args=list(QUIET))
        with _running(Path(folder)) as address:
            take_all(City(address, Path(folder) / "var", browser))
        browser.close()


if __name__ == "__main__":
    main()
