from __future__ import annotations

import pytest

from volunteer.domain.accounts import ANSWERING, OF_THE_CENTRE, SHORTEST_PASSWORD, Role, check_password
from volunteer.domain.errors import InvalidValue


def test_length_is_all_a_password_needs() -> None:
    check_password("a" * SHORTEST_PASSWORD)
    check_password("groene fiets in de regen")
    with pytest.raises(InvalidValue) as caught:
        check_password("A1!" + "a" * (SHORTEST_PASSWORD - 4))
    assert caught.value.field == "password"


def test_a_viewer_looks_on_and_the_centre_speaks_for_no_organisation() -> None:
    assert {Role.OWNER, Role.EDITOR} == ANSWERING
    assert not ANSWERING & OF_THE_CENTRE
    assert Role.VIEWER not in ANSWERING
