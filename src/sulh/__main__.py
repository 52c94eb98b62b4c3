"""``python -m sulh`` is the ``sulh`` command."""

from sulh.surfaces.cli import main

main()
