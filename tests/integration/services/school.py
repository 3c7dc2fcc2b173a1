"""A referrer with two support workers, and somebody whom one of them enrolls."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from tests.factories.referrers import make_referrer
from tests.integration.services.conftest import Town
from volunteer.domain.accounts import Role
from volunteer.domain.candidates import Channel, SignUp
from volunteer.domain.consent import GivenHow, Purpose
from volunteer.domain.support import Scope
from volunteer.models import Candidate, Membership, Organisation
from volunteer.services import accounts, candidates, pending_files, support_links
from volunteer.unit_of_work import UnitOfWork

AMINA = SignUp(first_name="Amina", language="fr", channel=Channel.SMS, contact="+32470123456")
YES = frozenset({Purpose.ACCOUNT, Purpose.MATCH})


@dataclass
class School:
    """A referrer with two support workers, and somebody whom one of them enrolls."""

    town: Town
    id: UUID
    veerle: UUID
    hamid: UUID

    def enrol(self, sign_up: SignUp = AMINA) -> tuple[UUID, UUID]:
        """Veerle sits beside Amina; returns the ids of link and file."""
        link = self.town.do(
            lambda uow: pending_files.begin(uow, sign_up, account_id=self.veerle, organisation_id=self.id)
        )
        return link.id, link.candidate_id

    def confirm(self, candidate_id: UUID, *scopes: Scope) -> None:
        """Amina says yes on her own phone."""
        self.town.do(lambda uow: self.say_yes(uow, candidate_id, *scopes))

    def say_yes(self, uow: UnitOfWork, candidate_id: UUID, *scopes: Scope) -> None:
        """As :meth:`confirm`, within what happens already."""
        candidate = pending_files.waiting(uow, candidate_id)
        whole = candidates.answers_of(uow, candidate)
        said = SignUp(
            first_name=whole.first_name,
            language="fr",
            channel=whole.channel,
            contact=whole.contact,
            consents=YES,
            given_how=GivenHow.OWN_DEVICE,
        )
        pending_files.confirm(uow, candidate, said, scopes)

    def sees(self, candidate_id: UUID, scope: Scope = Scope.SEES_PROGRESS, *, by: UUID | None = None) -> bool:
        """Whether the rule lets Veerle (or another one) do this now, and both ways of asking agree."""
        account_id = by or self.veerle
        with self.town.core.units.read() as uow:
            alone = support_links.allowed(uow, account_id, candidate_id, scope) is not None
            listed = [each.id for _, each, may in support_links.people_of(uow, account_id) if scope in may]
            assert alone == (candidate_id in listed)
            return alone

    def amina(self, candidate_id: UUID) -> Candidate | None:
        """The file as it is now."""
        with self.town.core.units.read() as uow:
            return uow.session.get(Candidate, candidate_id)


def open_school(town: Town) -> School:
    """The school, which may bring people."""
    school_id = town.organisation("Taalschool Het Alfabed")
    with town.core.units.write() as uow:
        found = []
        for name in ("Veerle", "Hamid"):
            account = accounts.create(
                uow,
                name=name,
                email=f"{name.lower()}@alfabed.example",
                password="een lange zin als sleutel",
                language="nl",
            )
            uow.session.flush()
            uow.session.add(
                Membership(
                    account_id=account.id,
                    organisation_id=school_id,
                    role=Role.SUPPORT_WORKER,
                    created_at=uow.now,
                )
            )
            found.append(account.id)
        make_referrer(uow, uow.session.get_one(Organisation, school_id), accepted_by=found[0])
    return School(town, school_id, *found)
