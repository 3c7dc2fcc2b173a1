"""Kinds of organisations and of work in the invented worlds: what is done there, when, in which mood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

FAMILIES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "people": ("t.welcome", "t.company", "t.listen", "t.buddy", "t.accompany", "t.read_aloud"),
        "care": ("t.errands", "t.care_help", "t.first_aid", "t.drive"),
        "words": ("t.paper_help", "t.interpret", "t.talk_table", "t.inform"),
        "teach": ("t.homework", "t.teach", "t.ict", "t.guide"),
        "children": ("t.children", "t.activities", "t.sport_coach"),
        "kitchen": ("t.cook", "t.serve", "t.hand_out"),
        "hands": ("t.sort", "t.shop", "t.clean", "t.repair", "t.diy", "t.sew", "t.carry"),
        "green": ("t.garden", "t.animals", "t.tidy_street"),
        "stage": ("t.event", "t.perform", "t.photo", "t.craft", "t.media"),
        "desk": ("t.office", "t.accounts", "t.board"),
    }
)
"""Tasks that the same people tend to like."""


@dataclass(frozen=True, slots=True)
class Trade:
    """One kind of organisation."""

    sectors: tuple[str, ...]
    tasks: tuple[str, ...]
    """Most usual first."""
    mood: tuple[float, ...]
    """Its atmosphere, in the order of ``hidden.ATMOSPHERE``."""
    evenings: float
    """Which part of its work is in the evening or at the weekend."""
    lasting: tuple[int, int, int, int]
    """How often each step of commitment is asked, from once to long."""


TRADES: Mapping[str, Trade] = MappingProxyType(
    {
        "social kitchen": Trade(
            ("sec.food", "sec.welfare"),
            ("t.cook", "t.serve", "t.hand_out", "t.clean", "t.carry"),
            (0.6, 0.8, -0.3, 0.8, 0.2, 0.3),
            0.3,
            (1, 3, 4, 3),
        ),
        "food bank": Trade(
            ("sec.food", "sec.welfare"),
            ("t.sort", "t.hand_out", "t.carry", "t.drive", "t.welcome"),
            (0.3, 0.5, -0.4, 0.8, -0.2, 0.4),
            0.2,
            (1, 3, 4, 2),
        ),
        "home for older people": Trade(
            ("sec.seniors", "sec.health"),
            ("t.company", "t.activities", "t.care_help", "t.read_aloud", "t.accompany"),
            (-0.3, 0.4, -0.5, 0.0, 0.1, -0.5),
            0.2,
            (0, 2, 4, 5),
        ),
        "school help": Trade(
            ("sec.children_youth", "sec.education"),
            ("t.homework", "t.read_aloud", "t.teach", "t.children"),
            (0.4, 0.2, -0.5, -0.6, 0.3, -0.2),
            0.5,
            (0, 0, 6, 4),
        ),
        "youth club": Trade(
            ("sec.children_youth", "sec.sport"),
            ("t.children", "t.activities", "t.sport_coach", "t.event", "t.craft"),
            (0.9, 0.7, 0.4, 0.3, 0.9, 0.4),
            0.7,
            (3, 3, 4, 2),
        ),
        "language house": Trade(
            ("sec.newcomers", "sec.education"),
            ("t.talk_table", "t.teach", "t.welcome", "t.interpret", "t.buddy"),
            (0.3, 0.7, 0.0, -0.8, 0.2, 0.7),
            0.5,
            (0, 3, 5, 2),
        ),
        "help desk": Trade(
            ("sec.rights", "sec.welfare", "sec.newcomers"),
            ("t.paper_help", "t.welcome", "t.interpret", "t.accompany", "t.office"),
            (-0.1, 0.2, -0.5, -0.7, -0.6, 0.6),
            0.1,
            (0, 1, 5, 4),
        ),
        "repair place": Trade(
            ("sec.reuse", "sec.neighbourhood"),
            ("t.repair", "t.sew", "t.diy", "t.welcome", "t.ict"),
            (0.3, 0.4, 0.5, 0.9, 0.3, 0.4),
            0.6,
            (2, 5, 3, 1),
        ),
        "second-hand shop": Trade(
            ("sec.reuse", "sec.welfare"),
            ("t.shop", "t.sort", "t.sew", "t.clean", "t.carry"),
            (0.1, 0.3, -0.3, 0.7, -0.1, 0.3),
            0.2,
            (0, 2, 4, 4),
        ),
        "city garden": Trade(
            ("sec.nature", "sec.neighbourhood"),
            ("t.garden", "t.tidy_street", "t.diy", "t.animals", "t.activities"),
            (-0.4, 0.3, 0.6, 0.9, 0.2, -0.2),
            0.4,
            (3, 5, 3, 2),
        ),
        "culture house": Trade(
            ("sec.culture",),
            ("t.event", "t.welcome", "t.serve", "t.perform", "t.photo", "t.guide"),
            (0.8, 0.4, 0.3, -0.1, 0.6, 0.8),
            0.8,
            (5, 5, 2, 1),
        ),
        "neighbourhood house": Trade(
            ("sec.neighbourhood", "sec.welfare"),
            ("t.activities", "t.welcome", "t.cook", "t.craft", "t.event", "t.media"),
            (0.5, 0.8, 0.2, 0.1, 0.5, 0.3),
            0.4,
            (2, 4, 4, 2),
        ),
        "care at home": Trade(
            ("sec.health", "sec.seniors", "sec.disability"),
            ("t.errands", "t.accompany", "t.drive", "t.company", "t.care_help"),
            (-0.6, -0.4, 0.0, 0.1, -0.3, -0.6),
            0.2,
            (0, 3, 4, 5),
        ),
        "listening line": Trade(
            ("sec.mental_health",),
            ("t.listen", "t.buddy", "t.company"),
            (-0.8, -0.5, -0.3, -0.9, -0.7, 0.3),
            0.6,
            (0, 0, 3, 7),
        ),
        "shelter": Trade(
            ("sec.housing", "sec.welfare"),
            ("t.hand_out", "t.welcome", "t.buddy", "t.clean", "t.cook", "t.first_aid"),
            (0.4, 0.4, -0.4, 0.3, -0.4, 0.7),
            0.6,
            (0, 3, 4, 3),
        ),
        "digital house": Trade(
            ("sec.digital", "sec.education"),
            ("t.ict", "t.teach", "t.paper_help", "t.media"),
            (-0.1, 0.1, 0.1, -0.3, -0.1, 0.5),
            0.3,
            (0, 3, 5, 2),
        ),
        "solidarity group": Trade(
            ("sec.international", "sec.rights"),
            ("t.inform", "t.event", "t.media", "t.board", "t.accounts", "t.office"),
            (0.3, 0.6, 0.4, -0.6, -0.2, 0.3),
            0.7,
            (3, 4, 3, 2),
        ),
    }
)
