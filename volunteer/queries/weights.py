"""Reads of versions of the weights."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from volunteer.models import WeightsVersion


def released_weights(session: Session) -> WeightsVersion | None:
    """The version in use; ``None`` while the weights chosen by hand are."""
    return session.scalar(select(WeightsVersion).where(WeightsVersion.state == "released"))


def weights_versions(session: Session) -> Sequence[WeightsVersion]:
    """Every version, the oldest first."""
    return session.scalars(
        select(WeightsVersion).order_by(WeightsVersion.trained_at, WeightsVersion.version)
    ).all()


def last_training(session: Session) -> datetime | None:
    """When the newest version was trained."""
    return session.scalar(
        select(WeightsVersion.trained_at).order_by(WeightsVersion.trained_at.desc()).limit(1)
    )


def number_of_versions(session: Session) -> int:
    """How many versions there are."""
    return session.scalar(select(func.count()).select_from(WeightsVersion)) or 0
