import pytest

from kb.settings import Settings


def test_settings_come_from_the_environment():
    settings = Settings.from_environment({"KB_HOME": "/srv/humus", "PATH": "/bin"})
    assert settings.database_url == "sqlite:////srv/humus/kb.sqlite"
    assert settings.search_url == "whoosh:/srv/humus/index"


def test_an_unknown_setting_is_refused_with_the_nearest_known():
    with pytest.raises(ValueError, match=r"KB_DATABSE is no setting.*KB_DATABASE"):
        Settings.from_environment({"KB_DATABSE": "x"})
