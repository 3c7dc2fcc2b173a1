"""Contact details are made uniform, and what cannot reach anybody is refused in words that help."""

from __future__ import annotations

import pytest

from volunteer.domain.candidates import Channel
from volunteer.domain.errors import InvalidValue
from volunteer.services.contacts import clean_contact


@pytest.mark.parametrize(
    ("channel", "text", "kept"),
    [
        (Channel.SMS, "0470 12 34 56", "+32470123456"),
        (Channel.SMS, "+33 6 12 34 56 78", "+33612345678"),
        (Channel.PHONE, "02/555.12.34", "+3225551234"),
        (Channel.EMAIL, " Amal@Post.EXAMPLE ", "amal@post.example"),
        (Channel.LETTER, "  Nieuwstraat 1\n1000 Brussel ", "Nieuwstraat 1\n1000 Brussel"),
        (Channel.DESK, "whatever", None),
    ],
)
def test_the_same_contact_is_always_kept_in_the_same_form(
    channel: Channel, text: str, kept: str | None
) -> None:
    assert clean_contact(channel, text) == kept


@pytest.mark.parametrize(
    ("channel", "text"),
    [
        (Channel.SMS, "0470 12 34"),
        (Channel.SMS, "0470 12 34 56 7"),
        (Channel.SMS, "02 555 12 34"),
        (Channel.PHONE, "no phone"),
        (Channel.PHONE, ""),
        (Channel.EMAIL, "amal"),
        (Channel.EMAIL, "a@b@c.example"),
        (Channel.LETTER, ""),
        (Channel.LETTER, "x" * 301),
        (Channel.SUPPORT_WORKER, "Veerle, my number is 85.07.30-033.28"),
    ],
)
def test_what_reaches_nobody_is_refused_at_its_own_field(channel: Channel, text: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        clean_contact(channel, text)
    assert refused.value.field == f"contact_{channel}"
