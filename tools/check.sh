#!/usr/bin/env bash
# Everything that must hold, in the order in which it fails fastest.
set -eu
P=${PYTHON:-python}
B=$(dirname "$P")
step() { printf '\n== %s\n' "$1"; }
step "style";        "$B/ruff" check . && "$B/ruff" format --check -q .
step "types";        "$B/mypy"
step "import rules"; "$B/lint-imports" --no-cache
step "known faults of libraries"; "$P" tools/audit.py || [ $? -eq 3 ]  # 3: could not be asked; it says so
step "tests on SQLite";     "$P" -m pytest -n 2 -m "not browser and not torture and not postgres"
step "tests on PostgreSQL"; "$P" tools/on_postgres.py -n 2 -m "not browser and not torture" tests/rooms \
  --ignore tests/rooms/test_access.py --ignore tests/rooms/test_access_matrix.py  # of addresses, not of the database
step "pages in a browser";  "$P" -m pytest -n 2 -m browser
