"""Everything that is held on one person, for themselves. Every table is decided on here, by a test as well.

The keys are those of the tables and are described in docs/export.md. Sealed columns come opened; hashes,
which say nothing to anybody, and what is about somebody else stay out.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Column, LargeBinary, Table, or_, select

from volunteer.domain.access import FEATURES
from volunteer.domain.gatherings import text_in
from volunteer.models import (
    Account,
    Base,
    Candidate,
    CardGroup,
    Gathering,
    Introduction,
    Market,
    Opportunity,
    Sealed,
    SupportLink,
    Visit,
)
from volunteer.models.base import field_name
from volunteer.services import needs, remarks
from volunteer.unit_of_work import UnitOfWork

SCHEMA = "schakel.candidate-file"
SCHEMA_VERSION = 1
"""Grows when a key goes or means something else; a new key may come without."""
_ACCOUNT = "account:"


@dataclass(frozen=True, slots=True)
class Held:
    """Rows about a person: the columns that name them, and the columns that are not given."""

    by: tuple[str, ...] = ("candidate_id",)
    left_out: frozenset[str] = frozenset()


_STAFF = frozenset({"account_id", "taken_by_id", "reporter_id", "done_sealed"})
_OF_NO_FILE = frozenset({"name_sealed", "channel", "contact_sealed", "consent_version"})
"""Of a card at a market: what only who has no file told there."""
_OF_OTHERS = frozenset({"gathering_id", "account_id", "organisation_id", "name_sealed", "contact_sealed"})
"""Of a sign-up: what a person with a file has in their file, and what is said in words."""
HELD: Mapping[str, Held] = {
    "candidates": Held(by=("id",), left_out=frozenset({"needs_sealed", "session_epoch"})),
    "consents": Held(left_out=frozenset({"support_link_id"})),
    "need_readings": Held(),
    "support_links": Held(left_out=frozenset({"account_id", "organisation_id", "card_group_id"})),
    "support_entries": Held(left_out=frozenset({"link_id"})),
    "introductions": Held(left_out=frozenset({"organisation_id", "opportunity_id"})),
    "suggestion_lists": Held(left_out=frozenset({"event_id", "after_id"})),
    "suggestions": Held(left_out=frozenset({"list_id", "opportunity_id"})),
    "proposals": Held(left_out=frozenset({"introduction_id"})),
    "remarks": Held(left_out=frozenset({"introduction_id", "words_sealed"})),
    "follow_ups": Held(left_out=frozenset({"answered_by"})),
    "signals": Held(),
    "gathering_parties": Held(left_out=_OF_OTHERS),
    "gathering_help_readings": Held(left_out=frozenset({"party_id"})),
    "market_visitors": Held(
        left_out=_OF_NO_FILE | {"market_id", "group_id", "languages", "tasks", "together_id"}
    ),
    "messages": Held(
        by=("recipient_id",), left_out=frozenset({"cause_id", "about_id", "recipient", "bundled_in"})
    ),
    "former_contacts": Held(),
    "muted_topics": Held(by=("recipient_id",), left_out=frozenset({"recipient"})),
    "cards": Held(),
    "devices": Held(),
    "merged_files": Held(left_out=frozenset({"old_id"})),
    "notes": Held(left_out=_STAFF),
    "deeds": Held(),
    "referrals": Held(left_out=_STAFF),
    "replies": Held(left_out=frozenset({"message_id"})),
    "incidents": Held(left_out=_STAFF | {"organisation_id", "opportunity_id"}),
}
"""What is held on a person, by table."""

ELSEWHERE: Mapping[str, str] = {
    "told_apart": "tells of two people at once: that they are two; a person cannot be given the other one",
    "consent_proofs": "what is left of erased files; leads to nobody",
    "erasures": "keyed hashes of what was erased; leads to nobody",
    "drafts": "answers of who has no file yet, behind a cookie that only their browser knows",
    "outbox": "what happened, by random ids; holds nothing personal",
    "deliveries": "work on what happened; holds nothing personal",
    "referral_counts": "counts by month",
    "card_groups": "cards for whoever comes, and how often they were used; names nobody",
    "blank_cards": "one of those cards; whose file was begun with it is not kept",
    "figures": "rounded counts",
    "figure_anchors": "counts",
    "figure_runs": "days of counting",
    "gatherings": "what the centre holds; who comes is in gathering_parties",
    "markets": "what the centre holds; who comes is in market_visitors",
    "market_zones": "halls",
    "market_helpers": "people who help at a market, and no candidates",
    "market_groups": "groups of support workers; nobody in them is named",
    "market_help_readings": "who opened what helps a visitor without a file; a file has need_readings",
    "stands": "organisations",
    "timetables": "plans, by random ids; what came of them for a person is told with market_visitors",
    "visits": "told with market_visitors",
    "mornings": "days of looking again",
    "weights_versions": "what was learned from many; nobody can be taken out of it or read in it",
    "information_notes": "what organisations tell their volunteers",
    "join_requests": "organisations that wrote themselves in, until they confirm",
    "organisation_entries": "what the desk and a team said to each other",
    "team_invitations": "colleagues who come into a team",
    "import_runs": "which list was read when, and by whom",
    "taken_in": "keyed hashes of what came back, for a month; leads to nobody",
    "spent_forms": "ids of forms, and keyed hashes of what is counted, for a day; leads to nobody",
    "sent_links": "keyed hashes of addresses to which a link went, for a day; leads to nobody",
    "side_requests": "an organisation that would like to do the other half too",
    "questions": "names a role and a feature, never a person",
    "accounts": "people who log in, never candidates",
    "memberships": "people who log in",
    "api_tokens": "programs of organisations",
    "organisations": "organisations",
    "suspensions": "organisations",
    "referrer_agreements": "what referrers agreed on data",
    "venues": "organisations",
    "opportunities": "organisations",
    "opportunity_texts": "organisations",
    "task_suggestions": "organisations",
    "access_answers": "organisations",
    "access_changes": "organisations",
    "access_plans": "organisations",
    "question_mails": "names questions, never a person",
    "districts": "the map",
    "travel_times": "the map",
    "law_editions": "texts of the centre",
}
"""Tables that hold nothing on one candidate, or nothing that may be given, and why."""


def everything(uow: UnitOfWork, candidate: Candidate, *, language: str) -> dict[str, Any]:
    """What is held on this person, as JSON can hold it; opening their needs is written in the journal.

    ``language`` is that of the words beside codes.
    """
    known = needs.read(uow, candidate, reader="candidate", purpose="export")
    uow.session.flush()
    found: dict[str, Any] = {
        "schema": SCHEMA,
        "schema_version": SCHEMA_VERSION,
        "made_at": _plain(uow, uow.now),
        "needs": [
            {"code": code, "strength": str(strength), "words": FEATURES[code].label(language)}
            for code, strength in known.items()
        ],
    }
    for name, held in HELD.items():
        rows = _rows(uow, Base.metadata.tables[name], held, candidate.id)
        found["file" if name == "candidates" else name] = rows[0] if name == "candidates" else rows
    return found


def _rows(uow: UnitOfWork, table: Table, held: Held, candidate_id: UUID) -> list[dict[str, Any]]:
    """The rows of one table, in the order of its dates."""
    mine = or_(*(table.c[name] == candidate_id for name in held.by))
    given = [column for column in table.columns if _is_given(column, held)]
    moments = [column for column in given if column.name.endswith("_at") and not column.nullable]
    chosen = select(table).where(mine).order_by(*moments, *table.primary_key.columns)
    more = _MORE.get(table.name)
    return [
        {
            **(more(uow, row) if more else {}),
            **{column.name.removesuffix("_sealed"): _opened(uow, column, row) for column in given},
        }
        for row in uow.session.execute(chosen).mappings()
    ]


def _is_given(column: Column[Any], held: Held) -> bool:
    """Hashes say nothing to anybody; a sealed column is no hash."""
    is_hash = isinstance(column.type, LargeBinary)
    names_them = column.name in held.by or column.name in held.left_out
    return not (is_hash or names_them or column.name == "id")


def _opened(uow: UnitOfWork, column: Column[Any], row: Mapping[Any, Any]) -> Any:
    value = row[column]
    if isinstance(column.type, Sealed) and value is not None:
        text = uow.keyring.open(value, field=field_name(column.table.name, column.name))
        return json.loads(text) if _is_json(column) else text
    return _plain(uow, value)


def _plain(uow: UnitOfWork, value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, str) and value.startswith(_ACCOUNT):
        account = uow.session.get(Account, UUID(value.removeprefix(_ACCOUNT)))
        return account.name if account else "somebody who left"
    return str(value) if isinstance(value, UUID) else value


def _is_json(column: Column[Any]) -> bool:
    """Whether a sealed column holds JSON, and not what somebody wrote."""
    return column.name in {"detail_sealed", "help_sealed", "refusal_sealed", "shared_sealed"}


def _role(uow: UnitOfWork, row: Mapping[Any, Any]) -> dict[str, Any]:
    """Which role a row is about, in words."""
    role = uow.session.get(Opportunity, row["opportunity_id"]) if row["opportunity_id"] else None
    return {"role": role.title, "organisation": role.organisation.name} if role else {}


def _remark(uow: UnitOfWork, row: Mapping[Any, Any]) -> dict[str, Any]:
    """The words of a team, once the desk passed them on."""
    introduction = uow.session.get_one(Introduction, row["introduction_id"])
    return {"words": remarks.passed_on(uow, introduction)}


def _supporter(uow: UnitOfWork, row: Mapping[Any, Any]) -> dict[str, Any]:
    """Who the support worker is, for whom they work, and what they call the group whose card was used."""
    link = uow.session.get_one(SupportLink, row["id"])
    group = uow.session.get(CardGroup, link.card_group_id) if link.card_group_id else None
    return {
        "name": link.account.name,
        "organisation": link.organisation.name,
        "group": group.name if group else None,
    }


def _gathering(uow: UnitOfWork, row: Mapping[Any, Any]) -> dict[str, Any]:
    """Which gathering it is, and when."""
    gathering = uow.session.get_one(Gathering, row["gathering_id"])
    return {
        "title": text_in(gathering.texts, "title", row["language"]),
        "starts_at": _plain(uow, gathering.starts_at),
    }


def _market(uow: UnitOfWork, row: Mapping[Any, Any]) -> dict[str, Any]:
    """Which market it is, and whom they were to meet there."""
    market = uow.session.get_one(Market, row["market_id"])
    visits = uow.session.scalars(select(Visit).where(Visit.visitor_id == row["id"]).order_by(Visit.round))
    return {
        "title": text_in(market.texts, "title", row["language"]),
        "starts_at": _plain(uow, market.starts_at),
        "visits": [
            {
                "organisation": visit.stand.organisation.name,
                "starts_at": _plain(uow, market.rounds.starts(visit.round)),
                "state": visit.state,
                "interpreter": visit.interpreter,
                "visitor_says": visit.visitor_says,
            }
            for visit in visits
        ],
    }


_MORE: Mapping[str, Callable[[UnitOfWork, Mapping[Any, Any]], dict[str, Any]]] = {
    Introduction.__tablename__: _role,
    "suggestions": _role,
    "incidents": _role,
    "remarks": _remark,
    "gathering_parties": _gathering,
    "market_visitors": _market,
    SupportLink.__tablename__: _supporter,
}
"""Words beside ids, by table."""
