"""The people of the demo city: drawn from lists, the same ones for the same seed."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace

from volunteer.domain.access import SIGN_LANGUAGE, Strength, parse_needs
from volunteer.domain.availability import Availability
from volunteer.domain.candidates import Channel, SignUp
from volunteer.domain.commitment import parse_commitments
from volunteer.domain.consent import NECESSARY, GivenHow, Purpose
from volunteer.domain.interests import Interests
from volunteer.domain.languages import HIGHEST_LEVEL, SIGN_LANGUAGES, check_levels
from volunteer.domain.places import MUNICIPALITIES
from volunteer.services.demo_city.files import Entry

_FIRST_NUMBER = 32_400_000_000
"""No Belgian telephone number begins with 0400: these cannot reach anybody."""

_SIGNED = {"nl": "vgt", "fr": "sfb", "en": "vgt", "ar": "sfb"}
"""The sign language of those around, by the language of the screen."""


def generate(people: Entry) -> Iterator[SignUp]:
    """Everyone of the demo, with the consents that each of them would have given."""
    dice = _Dice(people, random.Random(people["seed"]))  # noqa: S311 - repeatable, not secret
    # Dice of their own: what people wish besides changes nothing about who they are.
    wishes = _Dice(people, random.Random(f"wishes {people['seed']}"))  # noqa: S311 - repeatable, not secret
    for number in range(people["count"]):
        yield _with_wishes(_person(dice, number), wishes)


@dataclass(frozen=True, slots=True)
class _Dice:
    """The lists, and the chance by which something is drawn from them."""

    people: Entry
    chance: random.Random

    def draw(self, name: str) -> Entry:
        entries: list[Entry] = self.people[name]
        return self.chance.choices(entries, weights=[entry["weight"] for entry in entries])[0]

    def first_name(self) -> str:
        names: list[str] = self.people["first_names"]
        return self.chance.choice(names)


def _person(dice: _Dice, number: int) -> SignUp:
    tongues, tasks = dice.draw("language_profile"), dice.draw("task_profile")
    needs = _needs(dice.draw("need_profile"))
    home = dice.draw("municipality")["code"] or None
    channel = Channel(dice.draw("channel")["code"])
    return SignUp(
        first_name=dice.first_name(),
        language=tongues["interface"],
        municipality=home,
        postal_code=dice.chance.choice(MUNICIPALITIES[home].postal_codes) if home else None,
        interests=Interests.of(
            can=tasks["can"], want=tasks["want"], learn=tasks["learn"], sectors=tasks["sectors"]
        ),
        languages=_languages(tongues, needs),
        times=Availability.parse(dice.draw("time_pattern")["times"]),
        channel=channel,
        contact=_contact(channel, number),
        needs=needs,
        consents=NECESSARY | {Purpose.NEEDS} if needs else NECESSARY,
        given_how=GivenHow.DEMO,
        external_id=f"demo-person-{number + 1:03}",
    )


def _with_wishes(person: SignUp, dice: _Dice) -> SignUp:
    """How far and how often, for those who know."""
    return replace(
        person,
        travel_minutes=dice.draw("travel_wish")["minutes"] or None,
        commitments=parse_commitments(dice.draw("commitment_wish")["commitments"]),
    )


def _languages(tongues: Entry, needs: dict[str, Strength]) -> dict[str, int]:
    """Needs and languages are drawn apart; who needs a sign language must have one."""
    levels: dict[str, int] = tongues["levels"]
    if SIGN_LANGUAGE in needs and SIGN_LANGUAGES.isdisjoint(levels):
        levels = levels | {_SIGNED[tongues["interface"]]: HIGHEST_LEVEL}
    return check_levels(levels)


def _needs(profile: Entry) -> dict[str, Strength]:
    return parse_needs(profile["must"], profile["nice"])


def _contact(channel: Channel, number: int) -> str | None:
    if channel in (Channel.SMS, Channel.PHONE):
        return f"+{_FIRST_NUMBER + number}"
    return {
        Channel.EMAIL: f"demo{number + 1:03}@people.example",
        Channel.LETTER: f"Demostraat {number + 1}, 1000 Brussel",
        Channel.SUPPORT_WORKER: "Taalschool Het Alfabed, Veerle",
    }.get(channel)
