import pytest

from kb.settings import Settings


def test_settings_come_from_the_environment():
    settings = Settings.from_environment({"KB_HOME": "/srv/humus", "PATH": "/bin"})
    assert settings.database_url == "sqlite:////srv/humus/kb.sqlite"
    assert settings.search_url == "whoosh:/srv/humus/index"


def test_an_unknown_setting_is_refused_with_the_nearest_known():
    with pytest.raises(ValueError, match=r"KB_DATABSE is no setting.*KB_DATABASE"):
        Settings.from_environment({"KB_DATABSE": "x"})


@pytest.mark.parametrize("key", ["x", "fifteen signs..", "changeme", "ab" * 20])
def test_a_secret_key_that_can_be_found_by_trying_is_refused(key):
    with pytest.raises(ValueError, match="too easy to find") as refused:
        Settings.from_environment({"KB_SECRET_KEY": key})
    mended = str(refused.value).rpartition(" ")[2]
    assert Settings.from_environment({"KB_SECRET_KEY": mended}).secret_key == mended
