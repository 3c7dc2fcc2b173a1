"""What is done about a nightly comparison of the offer that failed."""

from __future__ import annotations

from volunteer.domain.events.offer import OfferCheckFailed
from volunteer.matching.following import OfferCheck
from volunteer.unit_of_work import UnitOfWork

NAMED = 50
"""More roles than this are counted, and not named."""


def report_failure(uow: UnitOfWork, check: OfferCheck) -> None:
    """Write down which columns and roles differed."""
    differing = check.differences.opportunity_ids
    uow.record(
        OfferCheckFailed(
            snapshot_version=check.version,
            columns=",".join(check.differences.columns),
            opportunity_ids=",".join(map(str, differing[:NAMED])),
            roles=len(differing),
        )
    )
