"""The broker of this process, set before any actor is imported."""

from __future__ import annotations

import dramatiq

from volunteer.adapters.broker import make_broker
from volunteer.config import from_environment

broker = make_broker(from_environment().redis_url)
dramatiq.set_broker(broker)
