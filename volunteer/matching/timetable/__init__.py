"""The timetable of a market: who meets whom, and when. Begin at ``solving``."""
