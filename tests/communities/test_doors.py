"""What a community keeps back is behind no door, and comes back when it may."""

from kb.communities.models import Shown

import pytest
from tests.communities.house import SECRET, Elders


@pytest.fixture
def elders(either):
    return Elders(either)


def test_smoke(elders):
    v = elders.visitor()
    elders.level()
    for _ in range(2):
        for path in (f"/practices/{elders.ref}", "/search?q=pits", f"/practices/{elders.other}", f"/practices/{elders.ref}/versions"):
            r = v.get(path, follow_redirects=True)
            print(path, r.status_code, SECRET in r.text)
        elders.hold()
        break
    for path in (f"/practices/{elders.ref}", "/search?q=pits", f"/practices/{elders.other}"):
        r = v.get(path, follow_redirects=True)
        print(path, r.status_code, SECRET in r.text)
    elders.agree().show().level()
    for path in (f"/practices/{elders.ref}", "/search?q=pits", f"/practices/{elders.other}"):
        r = v.get(path, follow_redirects=True)
        print(path, r.status_code, SECRET in r.text)
    assert 0
