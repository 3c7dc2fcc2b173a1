"""A person's own file: what became of their wishes, their answers, what they agree to, and their data."""

from volunteer.web.views.me import answers, consents, data, file, keeping, times
from volunteer.web.views.me.blueprint import blueprint

__all__ = ["answers", "blueprint", "consents", "data", "file", "keeping", "times"]
