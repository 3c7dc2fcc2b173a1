"""The demo city, brought to life in an empty database: organisations, roles, people and log-ins."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import uuid4

from sqlalchemy import select

from volunteer.domain.accounts import Role
from volunteer.domain.events.opportunities import OpportunitiesImported
from volunteer.domain.referrers import agreement_on
from volunteer.models import Account, Candidate, ImportRun, Organisation
from volunteer.queries.accounts import holders_of
from volunteer.services import accounts, candidates, referrers
from volunteer.services.demo_city import (
    desk,
    files,
    gatherings,
    introductions,
    market,
    newcomers,
    offer,
    people,
    writing,
)
from volunteer.services.demo_city.files import DemoFiles, Entry
from volunteer.unit_of_work import UnitOfWork

_ROLES = {
    "desk": Role.DESK_WORKER,
    "admin": Role.ADMIN,
    "member": Role.OWNER,
    "support_owner": Role.REFERRER_OWNER,
    "support_worker": Role.SUPPORT_WORKER,
}
_KIND = "demo city"


@dataclass(frozen=True, slots=True)
class LogIn:
    """A demo account, with the password made for this installation."""

    role: str
    email: str
    password: str


def is_empty(uow: UnitOfWork) -> bool:
    """Whether nobody has put anything into this database yet."""
    return not any(
        uow.session.scalar(select(table.id).limit(1)) for table in (Organisation, Candidate, Account)
    )


def load(uow: UnitOfWork) -> list[LogIn]:
    """Write the whole city, marked as demo. Returns the log-ins, whose passwords are new."""
    read = files.read()
    city = offer.City()
    offer.load_organisations(uow, read.organisations, are_referrers=False, city=city)
    offer.load_organisations(uow, read.referrers, are_referrers=True, city=city)
    offer.load_roles(uow, read.roles, city=city)
    writing.load(uow, read.written, city=city)
    _say_so(uow, read)
    enrolled = [
        (person, candidates.enrol(uow, person, origin="demo")[0]) for person in people.generate(read.people)
    ]
    roles = {role["external_id"]: role for role in read.roles}
    introductions.load(uow, read.introductions, enrolled, roles=roles)
    log_ins = [_account(uow, entry, city) for entry in read.people["account"]]
    uow.session.flush()
    colleague = holders_of(uow.session, Role.DESK_WORKER)[0]
    persons = [candidate for _, candidate in enrolled]
    desk.load(uow, read.desk, persons, colleague_id=colleague.id)
    newcomers.load(uow, read.joining, colleague_id=colleague.id)
    gatherings.load(uow, read.gatherings, persons, city=city, colleague_id=colleague.id)
    market.load(uow, read, persons, city=city, colleague_id=colleague.id)
    return log_ins


def _say_so(uow: UnitOfWork, read: DemoFiles) -> None:
    run = ImportRun(
        id=uuid4(),
        kind=_KIND,
        file_name="volunteer/data/demo",
        added=len(read.roles),
        changed=0,
        unchanged=0,
        skipped=0,
        finished_at=uow.now,
    )
    uow.session.add(run)
    uow.record(OpportunitiesImported(run.id))


def _account(uow: UnitOfWork, entry: Entry, city: offer.City) -> LogIn:
    organisation = city.organisations[entry["organisation"]] if "organisation" in entry else None
    password = accounts.one_time_password()
    account = accounts.create(
        uow,
        name=entry["name"],
        email=entry["email"],
        password=password,
        language=organisation.language if organisation else "nl",
    )
    account.is_demo = True
    accounts.grant(uow, account, _ROLES[entry["role"]], organisation=organisation)
    if organisation is not None and _ROLES[entry["role"]] is Role.REFERRER_OWNER:
        uow.session.flush()
        referrers.accept(
            uow,
            organisation.id,
            version=agreement_on(uow.today).version,
            language=organisation.language,
            account_id=account.id,
        )
    role = entry["role"].replace("_", " ")
    return LogIn(f"{role}, {organisation.name}" if organisation else role, entry["email"], password)
