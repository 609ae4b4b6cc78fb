import pytest
import yaml

from kb.exchange.pictures_out import write_pictures
from kb.pictures.models import State
from tests.pictures.gallery import Gallery


def written(gallery, folder):
    with gallery.app.extensions["kb"].database.reading() as session:
        count = write_pictures(session, gallery.folder, folder)
    told = (folder / "pictures" / "pictures.yaml").read_text("utf-8")
    rows = yaml.safe_load(told)["pictures"]
    assert len(rows) == count
    return told, rows


@pytest.mark.thorough
def test_pictures_go_out_with_credit_and_licence_and_without_who_is_in_them(
    either, tmp_path
):
    gallery = Gallery(either.app).stock()
    given = {"consent": "given", "consent_by": "Moussa", "consent_for": "his child"}
    gallery.send(**given)
    assert written(gallery, tmp_path)[1] == []
    gallery.step("editor", "publish")
    told, (row,) = written(gallery, tmp_path)
    assert (row["record"], row["place"]) == ("pits", "card")
    assert (row["credit"], row["licence"]) == ("Awa Traoré", "CC BY 4.0")
    assert row["words"]["en"]["alt"] == "Pits dug in a field"
    assert row["sizes"]["page"] == [240, 180]
    for private in ("Moussa", "his child", "sender"):
        assert private not in told
    files = {path.name for path in (tmp_path / "pictures").iterdir()}
    assert files == {*gallery.files(), "pictures.yaml"}
    gallery.set(state=State.WITHDRAWN)
    assert written(gallery, tmp_path)[1] == []
