"""People at the desk: finding somebody again, a file in conversation, everything about one person."""

from volunteer.web.views.people import agreeing, enrolment, meeting, merging, person, search, supported, times
from volunteer.web.views.people.blueprint import blueprint

__all__ = [
    "agreeing",
    "blueprint",
    "enrolment",
    "meeting",
    "merging",
    "person",
    "search",
    "supported",
    "times",
]
