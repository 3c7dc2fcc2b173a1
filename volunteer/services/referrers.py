"""What a referrer tells and agrees to, and whether its support workers may begin."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID, uuid4

from volunteer.domain.errors import ImpossibleStep, NotAllowed
from volunteer.domain.organisations import Approval, Turn
from volunteer.domain.referrers import Lack, Standing, agreement_on, parse_publics
from volunteer.models import Account, Organisation, ReferrerAgreement
from volunteer.queries.referrers import agreements_of
from volunteer.services import organisation_talk
from volunteer.unit_of_work import UnitOfWork

_SAID: Mapping[Lack, str] = {
    Lack.REFERRER: "Your organisation does not bring people yet. Ask at the info desk.",
    Lack.APPROVAL: "The info desk looks at your organisation first. We write to you when you can start.",
    Lack.LIFTING: "Your organisation is suspended for now. Ask at the info desk.",
    Lack.AGREEMENT: "Somebody who leads your team first accepts the agreement on data.",
}


def standing(uow: UnitOfWork, organisation: Organisation) -> Standing:
    """How far this referrer is today."""
    accepted = agreements_of(uow.session, organisation.id)
    return Standing(
        is_referrer=organisation.is_referrer,
        approval=Approval(organisation.approval),
        had_yes=organisation.had_yes,
        is_suspended=organisation.suspended_at is not None,
        accepted_version=accepted[0].version if accepted else None,
        version=agreement_on(uow.today).version,
    )


def check_may_enrol(uow: UnitOfWork, organisation_id: UUID) -> Organisation:
    """The referrer, when its support workers may begin something new.

    Raises :class:`NotFound`, and :class:`NotAllowed` with what comes first.
    """
    organisation = organisation_talk.held(uow, organisation_id)
    lack = standing(uow, organisation).lacks()
    if lack is not None:
        raise NotAllowed(_SAID[lack])
    return organisation


def accept(uow: UnitOfWork, organisation_id: UUID, *, version: str, language: str, account_id: UUID) -> None:
    """An owner says yes to the wording they read; harmless to repeat.

    Raises :class:`NotFound`, and :class:`ImpossibleStep` for a wording that does not count any more.
    """
    organisation = organisation_talk.held(uow, organisation_id)
    stands = standing(uow, organisation)
    if version != stands.version:
        raise ImpossibleStep("There is a newer agreement. Read it, and say yes to that one.")
    if stands.accepted_version == version:
        return
    uow.session.add(
        ReferrerAgreement(
            id=uuid4(),
            organisation_id=organisation_id,
            version=version,
            language=language,
            account_id=account_id,
            author=uow.session.get_one(Account, account_id).name,
            accepted_at=uow.now,
        )
    )


def tell_publics(uow: UnitOfWork, organisation_id: UUID, publics: Iterable[str], *, account_id: UUID) -> None:
    """Say anew with whom it works; the desk looks again, as it said yes to the old ones.

    Raises :class:`NotFound`, :class:`InvalidValue`.
    """
    organisation = organisation_talk.held(uow, organisation_id)
    chosen = sorted(parse_publics(publics))
    if chosen == organisation.publics:
        return
    organisation.publics = chosen
    organisation_talk.take(uow, organisation_id, Turn.CHANGE, account_id=account_id)
