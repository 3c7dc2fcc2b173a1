"""The channels that a worker can send by: mail, text messages, or a folder to read them in."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from volunteer.adapters.circuit import Circuit
from volunteer.adapters.letters import mail
from volunteer.adapters.sms import SmsGateway
from volunteer.adapters.smtp import SmtpSender
from volunteer.config import Centre, Settings
from volunteer.domain.candidates import Channel
from volunteer.domain.ports import Outgoing, Sender


class FolderSender:
    """Writes each message to a folder, where the development page reads it; a repeat overwrites itself."""

    def __init__(self, folder: Path, centre: Centre, channel: Channel) -> None:
        self._folder = folder
        self._centre = centre
        self._channel = channel

    def send(self, message: Outgoing) -> None:
        """Write it as one ``.eml`` file, whole or not at all. Raises ``OSError``."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        letter = mail(message, self._centre)
        letter["X-Channel"] = self._channel.value
        fresh = self._folder / f"{message.id}.new"
        fresh.write_bytes(letter.as_bytes())
        fresh.replace(self._folder / f"{message.id}.eml")


def make_senders(settings: Settings) -> Mapping[str, Sender]:
    """The channels of this installation; without a gateway, text messages become calls for the desk."""
    senders: dict[str, Sender] = {}
    if settings.smtp_url:
        senders[Channel.EMAIL] = Circuit(SmtpSender(settings.smtp_url, settings.centre))
    elif settings.development:
        senders[Channel.EMAIL] = FolderSender(settings.mail_folder, settings.centre, Channel.EMAIL)
    if settings.sms_url:
        gateway = SmsGateway(settings.sms_url, key=settings.sms_key or "", sender=settings.sms_sender)
        senders[Channel.SMS] = Circuit(gateway)
    elif settings.development:
        senders[Channel.SMS] = FolderSender(settings.mail_folder, settings.centre, Channel.SMS)
    return senders
