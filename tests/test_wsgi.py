"""The entry for other web servers."""

import os
import subprocess
import sys

from kb.settings import ROOT


def start(**settings):
    kept = {k: v for k, v in os.environ.items() if not k.startswith("KB_")}
    return subprocess.run(
        [sys.executable, "-c", "import wsgi; print(wsgi.app.name)"],
        cwd=ROOT,
        env=kept | settings,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_an_unset_secret_key_is_refused_with_a_sentence():
    refused = start()
    assert refused.returncode == 1
    assert refused.stderr.strip().startswith("KB_SECRET_KEY is not set")
    assert "Traceback" not in refused.stderr


def test_with_a_key_the_application_is_there(tmp_path):
    assert start(KB_SECRET_KEY="x", KB_HOME=str(tmp_path)).stdout == "kb\n"
