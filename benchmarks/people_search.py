"""Finding one of 50,000 people at the desk by the sound of a name, beside comparing with everybody's."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from random import Random
from statistics import median
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select

from benchmarks.installation import installation
from benchmarks.report import Row, row
from volunteer.bootstrap import Core, make_core
from volunteer.domain.candidates import CandidateState, Channel
from volunteer.domain.places import MUNICIPALITIES
from volunteer.domain.sound import distance, folded, sound_key
from volunteer.models import Candidate
from volunteer.queries.people import possible_duplicates
from volunteer.services import duplicates, organisations, people_search
from volunteer.services.duplicates import Traits
from volunteer.unit_of_work import UnitOfWork

PEOPLE = 50_000
COMMON = ("Mohamed", "Muhammad", "Fatima", "Amina", "Youssef", "Khadija", "Jean", "Jan", "Sofie", "Ahmed")
"""One in five has one of these: the hardest case, since a thousand share a name."""
ORGANISATIONS = 2_000
"""As many as there are Dutch-language ones in Brussels, and then some."""
QUERIES = (
    *("mohammed", "Fatma 1080", "amina", "yusuf", "hadija 1000", "sophie", "Zzyzx", "moh", "0470001234"),
    "buurthuis polepel",
)
TURNS = 3
_AT_ONCE = 5_000


def measure(kind: str) -> list[Row]:
    """Searches, whether there is a file already, and what is perhaps twice; under a minute."""
    with installation(kind) as settings:
        core = make_core(settings)
        _fill(core)
        plain = _seconds(core, lambda uow: _compare_with_everybody(uow, "mohammed"))
        slowest = max(_seconds(core, partial(people_search.search, query=words)) for words in QUERIES)
        traits = Traits("Mohammed", "+32470000001", "1080")
        alike = _seconds(core, lambda uow: duplicates.files_like(uow, traits))
        twice = _seconds(core, lambda uow: possible_duplicates(uow.session, now=uow.now))
        core.engine.dispose()
    found = {
        f"slowest of {len(QUERIES)} searches among {PEOPLE:,} people": slowest,
        "is there a file already": alike,
        "perhaps twice, files of 30 days": twice,
    }
    baseline = "comparing with everybody"
    return [
        row(f"{name} ({kind})", took * 1000, "ms", baseline=baseline, baseline_value=plain * 1000)
        for name, took in found.items()
    ]


def _fill(core: Core) -> None:
    random = Random(1)
    parts = ("ba", "ri", "mo", "sa", "lin", "dor", "ka", "ne", "tou", "zer", "wi", "el", "ha", "jo")
    rare = ["".join(random.choices(parts, k=random.randint(2, 4))).title() for _ in range(3_000)]
    codes = [code for each in MUNICIPALITIES.values() for code in each.postal_codes]
    with core.units.write() as uow:
        kinds, places = ("Buurthuis", "Jeugdhuis", "Atelier", "Vzw"), rare[:500]
        for number in range(ORGANISATIONS):
            name = f"{kinds[number % len(kinds)]} {places[number % len(places)]} {number}"
            organisations.add(uow, name, language="nl")
        for first in range(0, PEOPLE, _AT_ONCE):
            rows = [_person(uow, random, rare, codes, first + number) for number in range(_AT_ONCE)]
            uow.session.execute(insert(Candidate), rows)


def _person(
    uow: UnitOfWork, random: Random, rare: list[str], codes: list[str], number: int
) -> dict[str, Any]:
    name = random.choice(COMMON if random.random() < 0.2 else rare)
    contact = f"+32470{number:06}"
    return {
        "id": UUID(int=random.getrandbits(128)),
        "state": CandidateState.CONFIRMED,
        "origin": "demo",
        "first_name": name,
        "sound_key": sound_key(name),
        "language": "nl",
        "postal_code": random.choice(codes),
        "channel": Channel.SMS,
        "contact_hash": uow.keyring.fingerprint(contact, kind="candidate"),
        "created_at": uow.now - timedelta(days=random.randint(0, 3650)),
    }


def _compare_with_everybody(uow: UnitOfWork, words: str) -> list[tuple[int, UUID]]:
    everybody = uow.session.execute(select(Candidate.first_name, Candidate.id))
    return sorted((distance(words, folded(name)), file_id) for name, file_id in everybody)[:20]


def _seconds(core: Core, act: Callable[[UnitOfWork], object]) -> float:
    took = []
    for _ in range(TURNS):
        with core.units.read() as uow:
            began = time.perf_counter()
            act(uow)
            took.append(time.perf_counter() - began)
    return median(took)
