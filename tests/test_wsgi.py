"""The entry for other web servers."""

import runpy

import pytest

from kb.settings import ROOT


def test_an_unset_secret_key_is_refused_with_a_sentence():
    with pytest.raises(SystemExit, match="KB_SECRET_KEY is not set"):
        runpy.run_path(str(ROOT / "wsgi.py"))


def test_with_a_key_the_application_is_there(tmp_path, monkeypatch):
    monkeypatch.setenv("KB_SECRET_KEY", "a long text of 24 signs.")
    monkeypatch.setenv("KB_HOME", str(tmp_path))
    app = runpy.run_path(str(ROOT / "wsgi.py"))["app"]
    assert app.test_client().get("/en/").status_code in {200, 503}
