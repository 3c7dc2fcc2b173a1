"""What is sealed opens again with the ring that sealed it, as what it was, and not otherwise."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from volunteer import keyring
from volunteer.keyring import CannotOpen, KeyRing, KeysMissing


@pytest.fixture
def ring(tmp_path: Path) -> KeyRing:
    return keyring.create(tmp_path / "keys")


@pytest.fixture(scope="session")
def lasting_ring(tmp_path_factory: pytest.TempPathFactory) -> KeyRing:
    return keyring.create(tmp_path_factory.mktemp("keys"))


@given(text=st.text())
def test_what_is_sealed_opens_again(lasting_ring: KeyRing, text: str) -> None:
    sealed = lasting_ring.seal(text, field="candidates.needs")
    assert lasting_ring.open(sealed, field="candidates.needs") == text
    if len(text) > 3:
        assert text.encode() not in sealed


def test_the_same_text_never_looks_the_same(ring: KeyRing) -> None:
    assert ring.seal("must", field="f") != ring.seal("must", field="f")


def test_a_value_opens_only_as_the_field_it_was_sealed_for(ring: KeyRing) -> None:
    sealed = ring.seal("step_free", field="candidates.needs")
    with pytest.raises(CannotOpen):
        ring.open(sealed, field="candidates.contact")


def test_a_changed_value_does_not_open(ring: KeyRing) -> None:
    sealed = bytearray(ring.seal("step_free", field="f"))
    sealed[-1] ^= 1
    with pytest.raises(CannotOpen):
        ring.open(bytes(sealed), field="f")


def test_old_values_open_after_a_rotation_and_new_ones_use_the_new_key(tmp_path: Path) -> None:
    before = keyring.create(tmp_path)
    sealed = before.seal("old", field="f")
    after = keyring.rotate(tmp_path)

    assert after.open(sealed, field="f") == "old"
    assert not after.is_current(sealed)
    assert after.is_current(after.seal("new", field="f"))


def test_a_running_process_learns_of_a_new_key_when_it_meets_it(tmp_path: Path) -> None:
    running = keyring.create(tmp_path)
    elsewhere = keyring.rotate(tmp_path)
    assert running.open(elsewhere.seal("new", field="f"), field="f") == "new"


def test_retired_keys_are_gone(tmp_path: Path) -> None:
    old = keyring.create(tmp_path).seal("old", field="f")
    keyring.rotate(tmp_path)
    assert keyring.retire(tmp_path) == 1
    with pytest.raises(CannotOpen):
        keyring.load(tmp_path).open(old, field="f")


def test_fingerprints_find_equals_and_depend_on_ring_and_kind(ring: KeyRing, tmp_path: Path) -> None:
    again = keyring.load(tmp_path / "keys")
    other = keyring.create(tmp_path / "others")
    print_ = ring.fingerprint("a@b.example", kind="contact")
    assert again.fingerprint("a@b.example", kind="contact") == print_
    assert ring.fingerprint("a@b.example", kind="name") != print_
    assert other.fingerprint("a@b.example", kind="contact") != print_


def test_the_ring_is_for_its_owner_alone(ring: KeyRing, tmp_path: Path) -> None:
    assert stat.S_IMODE((tmp_path / "keys").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "keys" / "ring.json").stat().st_mode) == 0o600


def test_a_ring_is_never_overwritten_and_never_imagined(ring: KeyRing, tmp_path: Path) -> None:
    with pytest.raises(FileExistsError):
        keyring.create(tmp_path / "keys")
    with pytest.raises(KeysMissing, match="volunteer keys create"):
        keyring.load(tmp_path / "nowhere")
