"""A broker whose consumers are woken: an idle worker listens on a channel of Redis and need not ask and ask.

The channel carries no message, only that there is one. Whoever does not hear it (Redis was away, the worker
had just begun) finds the message at the next look, which comes at the time-out of the consumer.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any

import redis
from dramatiq import Message
from dramatiq.broker import Consumer, MessageProxy
from dramatiq.brokers.redis import RedisBroker
from dramatiq.errors import ConnectionClosed

_AT_ONCE_MILLISECONDS = 1
"""The pause of Dramatiq's own consumer when a queue is empty: the waiting is done here."""


class WokenBroker(RedisBroker):
    """Dramatiq's broker on Redis, for messages that are due at once."""

    def enqueue(self, message: Message[Any], *, delay: int | None = None) -> Message[Any]:
        """Put it in its queue and wake who listens. Raises ``ValueError`` for a delay: due times are rows."""
        if delay is not None:
            raise ValueError("A message cannot wait: write a row with its due time.")
        queued = super().enqueue(message)
        self._ring(queued.queue_name)
        return queued

    def get_declared_delay_queues(self) -> set[str]:
        """None, so that nobody looks at them."""
        return set()

    def consume(self, queue_name: str, prefetch: int = 1, timeout: int = 5000) -> Consumer:
        """A consumer that is woken, and looks by itself every ``timeout`` milliseconds."""
        plain = super().consume(queue_name, prefetch, _AT_ONCE_MILLISECONDS)
        listener = self.client.pubsub(ignore_subscribe_messages=True)
        return WokenConsumer(
            plain,
            listener,
            channel=self._channel(queue_name),
            ring=partial(self._ring, queue_name),
            prefetch=prefetch,
            seconds=timeout / 1000,
        )

    def _ring(self, queue_name: str) -> None:
        with contextlib.suppress(redis.RedisError):
            self.client.publish(self._channel(queue_name), "")

    def _channel(self, queue_name: str) -> str:
        return f"{self.namespace}:{queue_name}:woken"


class WokenConsumer(Consumer):
    """Takes from another consumer, and waits where that one would ask again."""

    def __init__(
        self,
        plain: Consumer,
        listener: redis.client.PubSub,
        *,
        channel: str,
        ring: Callable[[], None],
        prefetch: int,
        seconds: float,
    ) -> None:
        self._plain = plain
        self._listener = listener
        self._channel = channel
        self._ring = ring
        self._prefetch = prefetch
        self._seconds = seconds
        self._given_out: set[str] = set()
        self._has_room = threading.Event()
        self._listening = threading.Lock()

    def __next__(self) -> MessageProxy | None:
        """The next message; ``None`` when a while went by without one."""
        # Before the look: what comes between the look and the waiting is heard then.
        self._listen()
        self._has_room.clear()
        is_full = len(self._given_out) >= self._prefetch
        message = next(self._plain)
        if message is not None:
            self._given_out.add(message.message_id)
        elif is_full:
            self._has_room.wait(self._seconds)
        else:
            self._wait()
        return message

    def ack(self, message: MessageProxy) -> None:
        """It is done."""
        try:
            self._plain.ack(message)
        finally:
            self._give_back(message)

    def nack(self, message: MessageProxy) -> None:
        """It failed for good."""
        try:
            self._plain.nack(message)
        finally:
            self._give_back(message)

    def requeue(self, messages: Iterable[MessageProxy]) -> None:
        """Others may have these."""
        self._plain.requeue(messages)

    def close(self) -> None:
        """Stop listening. Whoever stops a worker may do this while its own thread still listens."""
        self._ring()
        with self._listening:
            self._listener.close()
        self._plain.close()

    def _give_back(self, message: MessageProxy) -> None:
        self._given_out.discard(message.message_id)
        self._has_room.set()

    def _listen(self) -> None:
        with self._listening, _closed_when_away():
            if not self._listener.subscribed:
                self._listener.subscribe(self._channel)

    def _wait(self) -> None:
        """Until somebody rings, or for as long as this consumer waits; many rings are one."""
        with self._listening, _closed_when_away():
            # Closed in between: nobody rings any more.
            heard = self._listener.subscribed and self._listener.get_message(timeout=self._seconds)
            while heard:
                heard = self._listener.get_message()


@contextlib.contextmanager
def _closed_when_away() -> Iterator[None]:
    try:
        yield
    except redis.ConnectionError as error:
        raise ConnectionClosed(error) from None  # type: ignore[no-untyped-call]  # dramatiq leaves it untyped
