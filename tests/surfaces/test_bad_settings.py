"""A setting that makes no sense: one sentence, nothing done, exit code 2."""

import os
import subprocess
import sys


def test_it_is_said_in_one_sentence(tmp_path):
    environment = os.environ | {
        "SULH_HOME": str(tmp_path),
        "SULH_VAULT_IDLE_MINUTES": "soon",
        "DJANGO_SETTINGS_MODULE": "sulh.kernel.settings",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    run = subprocess.run(
        [sys.executable, "-m", "sulh", "sign-in-link"],
        env=environment,
        capture_output=True,
        text=True,
        cwd=tmp_path,
    )
    assert run.returncode == 2
    assert "SULH_VAULT_IDLE_MINUTES is “soon”. Give whole minutes from 1 to 720." in run.stderr
    assert "Traceback" not in run.stderr
