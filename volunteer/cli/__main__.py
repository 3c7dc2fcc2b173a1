"""``python -m volunteer.cli`` is ``volunteer``."""

from volunteer.cli import main

main(prog_name="volunteer")
