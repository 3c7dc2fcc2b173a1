"""Settings of one installation, and the only reader of the environment."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import time
from importlib import resources
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Centre:
    """The support centre this installation serves: everything a page says about it."""

    name: str
    place: str
    address: str
    hours: Mapping[str, str]
    """Opening hours by language code."""
    phone: str
    people: tuple[str, ...]
    """First names of those at the desk."""
    email: str
    languages: tuple[str, ...]
    time_zone: str
    city: Mapping[str, str]
    """Name of the city by language code."""
    looks_again_at: time
    """On the clock of its time zone: when everybody who waits is looked at again."""
    most_news_a_week: int
    """How many messages about what newly fits one person gets in seven days at most; 0 is none."""
    short_name: str
    """What the centre is called where every letter counts: in text messages."""
    quiet_from: time
    quiet_until: time
    """Between these, on the clock of its time zone, nothing is sent that can wait. The same twice: never."""
    most_unasked_a_week: int
    """How many messages that nobody asked for one reader gets in seven days at most."""
    questions_on: int = 1
    """Day of the week on which organisations are asked what nobody told us yet; 0 is Monday."""
    questions_at: time = time(10)
    """From this hour on; what somebody waits for is asked at this hour of the next day."""
    most_questions_a_mail: int = 5
    """Routine ones included; below three nothing can be mixed, and the desk calls."""
    reads_texts: bool = False
    """Whether text messages that people send back reach us."""
    other_services: Path | None = None
    """The centre's own list of services to turn to; ``None`` is the one that comes with us."""


@dataclass(frozen=True, slots=True)
class Settings:
    """One installation. Made once, at the start of a process, by :func:`from_environment`."""

    data: Path
    keys: Path
    host: str
    port: int
    database_url: str = field(repr=False)
    redis_url: str = field(repr=False)
    public_url: str
    demo: bool
    development: bool
    """One-machine mode: mails go to a folder and can be read at ``/dev/mails``, from this machine alone."""
    smtp_url: str | None = field(repr=False)
    sms_url: str | None = field(repr=False)
    centre: Centre
    sms_key: str | None = field(default=None, repr=False)
    sms_sender: str = ""
    """The name that phones show."""
    sms_incoming_key: str | None = field(default=None, repr=False)
    """What the gateway proves itself with when it hands over a reply; without one no reply is taken."""
    worker_threads: int = 4
    rate_limits: bool = True
    trusted_proxies: int = 0
    log_level: str = "INFO"
    environment: Mapping[str, str] = field(default_factory=dict, repr=False)
    """The variables this was read from, to hand on to child processes."""

    @property
    def mail_folder(self) -> Path:
        """Where messages land when no server is configured."""
        return self.data / "mails"

    @property
    def sends(self) -> frozenset[str]:
        """Channels by which messages leave by themselves; by any other, the desk does the telling."""
        by = {"email": self.smtp_url, "sms": self.sms_url}
        return frozenset(channel for channel, url in by.items() if url or self.development)

    @property
    def wakes_people(self) -> bool:
        """Whether messages reach somebody's phone or mail; a folder may be written to at night."""
        return bool(self.smtp_url or self.sms_url)

    @property
    def is_secure(self) -> bool:
        """Whether people reach us over HTTPS, so that cookies may insist on it."""
        return self.public_url.startswith("https://")


LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
"""Hosts that only this machine reaches."""
VARIABLES = (
    "DATA",
    "KEYS",
    "HOST",
    "PORT",
    "DATABASE_URL",
    "REDIS_URL",
    "PUBLIC_URL",
    "DEMO",
    "DEVELOPMENT",
    "SMTP_URL",
    "SMS_URL",
    "SMS_KEY",
    "SMS_SENDER",
    "SMS_INCOMING_KEY",
    "CENTRE",
    "WORKER_THREADS",
    "RATE_LIMITS",
    "TRUSTED_PROXIES",
    "LOG_LEVEL",
)
"""Every variable that is read; the compose file is compared with this list."""


def from_environment(environment: Mapping[str, str] | None = None) -> Settings:
    """Read the settings; unset or empty variables take the one-machine defaults.

    Raises ``ValueError`` naming the variable that cannot be understood.
    """
    given = os.environ if environment is None else environment
    env = {name: given[name] for name in VARIABLES if given.get(name)}
    data = Path(env.get("DATA", "var")).absolute()
    host = env.get("HOST", "127.0.0.1")
    port = _whole_number(env, "PORT", 8000)
    shown_host = f"[{host}]" if ":" in host else host
    shown_host = "127.0.0.1" if host in {"0.0.0.0", "::"} else shown_host  # noqa: S104 - compared, not bound
    return Settings(
        data=data,
        keys=Path(env.get("KEYS", "keys")).absolute(),
        host=host,
        port=port,
        database_url=env.get("DATABASE_URL", f"sqlite:///{data / 'schakel.sqlite'}"),
        redis_url=env.get("REDIS_URL", "redis://127.0.0.1:6379/0"),
        public_url=env.get("PUBLIC_URL", f"http://{shown_host}:{port}").rstrip("/"),
        demo=_switch(env, "DEMO", default=True),
        development=_switch(env, "DEVELOPMENT", default=_is_for_this_machine(env, host)),
        smtp_url=env.get("SMTP_URL"),
        sms_url=env.get("SMS_URL"),
        sms_key=env.get("SMS_KEY"),
        sms_sender=env.get("SMS_SENDER", ""),
        sms_incoming_key=env.get("SMS_INCOMING_KEY"),
        centre=replace(_centre(env.get("CENTRE")), reads_texts=bool(env.get("SMS_INCOMING_KEY"))),
        worker_threads=_whole_number(env, "WORKER_THREADS", 4),
        rate_limits=_switch(env, "RATE_LIMITS", default=True),
        trusted_proxies=_whole_number(env, "TRUSTED_PROXIES", 0),
        log_level=env.get("LOG_LEVEL", "INFO"),
        environment=env,
    )


def _whole_number(env: Mapping[str, str], name: str, default: int) -> int:
    try:
        number = int(env.get(name, default))
    except ValueError:
        raise ValueError(f"{name} must be a whole number, not {env[name]!r}") from None
    if number < 0:
        raise ValueError(f"{name} must not be negative")
    return number


def _switch(env: Mapping[str, str], name: str, *, default: bool) -> bool:
    value = env.get(name)
    if value is None:
        return default
    if value.lower() in {"1", "true", "yes", "on"}:
        return True
    if value.lower() in {"0", "false", "no", "off"}:
        return False
    raise ValueError(f"{name} must be 1 or 0, not {value!r}")


def _is_for_this_machine(env: Mapping[str, str], host: str) -> bool:
    """Whether nothing was set that lets others in: then mails may lie in a folder and be read on a page."""
    return host in LOOPBACK and not {"DATABASE_URL", "PUBLIC_URL"} & set(env)


def _centre(path: str | None) -> Centre:
    if path is None:
        text = (resources.files("volunteer") / "data" / "centre.toml").read_text("utf-8")
    else:
        text = Path(path).read_text("utf-8")
    found: dict[str, Any] = tomllib.loads(text)
    return Centre(
        name=found["name"],
        place=found["place"],
        address=found["address"],
        hours=found["hours"],
        phone=found["phone"],
        people=tuple(found["people"]),
        email=found["email"],
        languages=tuple(found["languages"]),
        time_zone=found["time_zone"],
        city=found["city"],
        looks_again_at=_time_of_day(found, "looks_again_at", time(8)),
        most_news_a_week=_number(found, "most_news_a_week", 1),
        short_name=found.get("short_name", found["name"]),
        quiet_from=_time_of_day(found, "quiet_from", time(21)),
        quiet_until=_time_of_day(found, "quiet_until", time(8)),
        most_unasked_a_week=_number(found, "most_unasked_a_week", 3),
        questions_on=_day_of_week(found, "questions_on", "tuesday"),
        questions_at=_time_of_day(found, "questions_at", time(10)),
        most_questions_a_mail=_number(found, "most_questions_a_mail", 5),
        other_services=_file_beside(path, found.get("other_services")),
    )


def _time_of_day(found: Mapping[str, Any], name: str, default: time) -> time:
    value = found.get(name, default)
    if not isinstance(value, time):
        problem = f"{name} in the centre's file must be a time such as 08:00:00, not {value!r}"
        raise ValueError(problem)  # noqa: TRY004 - a setting that cannot be understood, like any other
    return value


_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def _day_of_week(found: Mapping[str, Any], name: str, default: str) -> int:
    value = found.get(name, default)
    if value not in _DAYS:
        raise ValueError(f"{name} in the centre's file must be one of {', '.join(_DAYS)}, not {value!r}")
    return _DAYS.index(value)


def _file_beside(centre: str | None, name: str | None) -> Path | None:
    """A file that the centre's file names, looked for beside it."""
    if not name:
        return None
    return Path(centre).absolute().parent / name if centre else Path(name).absolute()


def _number(found: Mapping[str, Any], name: str, default: int) -> int:
    value = found.get(name, default)
    if type(value) is not int or value < 0:
        raise ValueError(f"{name} in the centre's file must be a whole number from 0 on, not {value!r}")
    return value
