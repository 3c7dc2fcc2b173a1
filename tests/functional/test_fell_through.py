"""What a person reads of an introduction that came to nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from uuid import UUID

from tests.functional.browsing import Browser
from tests.functional.signing_up import sign_up
from volunteer.bootstrap import Core
from volunteer.domain.opportunities import OpportunityState
from volunteer.models import Opportunity
from volunteer.services import opportunity_states


def test_a_role_that_closes_is_not_said_to_lack_what_they_need(
    browser: Browser, post_role: Callable[..., UUID], work: Callable[[], None], core: Core
) -> None:
    role = post_role()
    sign_up(browser)
    work()
    browser.get("/me/suggestions")
    browser.send(str(re.findall(r'action="(/me/suggestions/[^"]+/meet)"', browser.page)[0]))
    work()
    with core.units.write() as uow:
        opportunity_states.set_state(uow, uow.session.get_one(Opportunity, role), OpportunityState.CLOSED)
    work()
    browser.get("/me")
    assert "It does not fit for now" in browser.text
    assert "We looked for other roles for you." in browser.text
    assert "what you need" not in browser.text
