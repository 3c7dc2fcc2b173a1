"""First names that sound alike have one key, and others have not."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from volunteer.domain.sound import LONGEST_KEY, distance, folded, sound_beginning, sound_key, within

ALIKE = [
    "Mohamed Muhammad Mohammed Mohamad Mouhamed Mohammad محمد",
    "Fatima Fatma Fatimah Fâtima فاطمة",
    "Yusuf Youssef Yousef Youcef Joesoef Joseph Jozef يوسف",
    "Khadija Khadidja Hadija Khadeeja خديجة",
    "Aïcha Aicha Aisha Aysha عائشة",
    "Zineb Zaynab Zeinab Zeyneb Zeynep زينب",
    "Said Saïd Sayed Sa'id Saeed سعيد",
    "Hussein Hossein Hoessein Houcine حسين",
    "Leila Leïla Layla Laila ليلى",
    "Ahmed Ahmad Achmed أحمد",
    "Anouar Anwar",
    "Marwan Marouane",
    "Ouafa Wafa وفاء",
    "Hicham Hisham",
    "Ilias Elias Ilyas Ilyès",
    "Soumaya Sumaya Soemaya",
    "Rachid Rashid Raschid رشيد",
    "Abdelkader Abdel-Kader Abdulkadir",
    "Jamila Djamila جميلة",
    "Tarik Tariq Tarek",
    "Noor Nour Nur نور",
    "Omar Umar Oemar عمر",
    "Sofie Sophie",
    "Philippe Filip",
    "Christophe Kristof",
    "Eric Erik",
    "Luc Luuk",
    "Eva Ewa",
    "Jean-Pierre Jean Pierre".replace(" Pierre", "Pierre"),
]
APART = [
    ("Jean", "Jan"),
    ("Amin", "Amina"),
    ("Karim", "Karima"),
    ("Ali", "Alia"),
    ("Hassan", "Hussein"),
    ("Samir", "Samira"),
    ("Fatima", "Fatiha"),
    ("Mohamed", "Mahmoud"),
    ("Leila", "Lola"),
    ("Omar", "Amir"),
    ("Noor", "Nora"),
    ("Anna", "Ine"),
]
NAMES = st.text(st.characters(codec="utf-8", categories=["L", "M", "Zs", "Pd", "Po"]), max_size=60)


@pytest.mark.parametrize("names", ALIKE, ids=lambda names: names.split()[0])
def test_one_name_in_many_spellings_has_one_key(names: str) -> None:
    assert len({sound_key(name) for name in names.split()}) == 1


@pytest.mark.parametrize(("one", "other"), APART)
def test_other_names_have_other_keys(one: str, other: str) -> None:
    assert sound_key(one) != sound_key(other)


@given(NAMES)
def test_a_key_is_short_and_the_same_however_the_name_is_typed(name: str) -> None:
    key = sound_key(name)
    assert len(key) <= LONGEST_KEY
    assert sound_key(f"  {name}-") == key
    assert sound_key(unicodedata.normalize("NFD", name)) == sound_key(unicodedata.normalize("NFC", name))


@given(st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=20))
def test_capitals_and_accents_do_not_count(name: str) -> None:
    assert sound_key(name.upper()) == sound_key(name) == sound_key("".join(each + "\u0301" for each in name))


@given(st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=20), st.data())
def test_a_letter_more_of_the_same_is_not_heard(name: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(name) - 1))
    assert sound_key(name[: place + 1] + name[place:]) == sound_key(name)


@pytest.mark.parametrize("name", ["Mohamed", "Fatima", "Youssef", "Khadija", "Zeynep"])
def test_what_was_typed_so_far_leads_to_the_name(name: str) -> None:
    for letters in range(2, len(name)):
        assert sound_key(name).startswith(sound_beginning(name[:letters])[:-1])


@given(st.text(max_size=8), st.text(max_size=8), st.text(max_size=8))
def test_distance_is_a_distance(one: str, other: str, third: str) -> None:
    assert (distance(one, other) == 0) == (one == other)
    assert distance(one, other) == distance(other, one)
    assert distance(one, third) <= distance(one, other) + distance(other, third)


@given(st.text("abcde", max_size=8), st.text("abcde", max_size=8), st.integers(0, 3))
def test_within_is_the_distance_when_it_is_small(one: str, other: str, most: int) -> None:
    far = distance(one, other)
    assert within(one, other, most) == (far if far <= most else None)


@given(st.text(st.characters(max_codepoint=127), max_size=12))
def test_plain_letters_are_folded_as_any_others(text: str) -> None:
    assert folded(text + "é") == folded(text) + "e"


@given(st.text(min_size=1, max_size=8), st.characters())
def test_one_letter_changed_is_at_most_one_away(text: str, letter: str) -> None:
    assume(text[0] != letter)
    assert distance(text, letter + text[1:]) == 1


def test_folding_leaves_letters_and_figures() -> None:
    assert folded("  Jean-Luc  d'Évêque 2") == "jeanlucdeveque2"
