"""Dramatiq workers: the broker first, then the actors, each ten lines at most."""
