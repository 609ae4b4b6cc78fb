"""What comes in through the door for pictures, and what is left of it."""

import io
import subprocess
import sys
import zipfile
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from kb.errors import NotValid
from kb.pictures import taking_in
from kb.pictures.anew import made_anew
from kb.pictures.header import read_header
from kb.pictures.sizes import MOST_BYTES, MOST_PIXELS, SIZES
from kb.settings import ROOT
from tests.conftest import often
from tests.pictures.drawn import (
    PLACE,
    chunk,
    drawn,
    exif,
    noisy,
    png_bomb,
    profile,
    says_it_is,
    written,
)


def take_in(data):
    """Take a picture in without a process of its own, of which test_apart.py tells."""
    return taking_in.take_in(data, made_anew)


SKY, SOIL, SUN = (150, 190, 230), (110, 80, 50), (220, 30, 30)
PLAIN = {kind: written(kind=kind) for kind in ("JPEG", "PNG", "WEBP")}


def opened(taken, size="page", ending="webp"):
    made = next(one for one in taken.made if one.size.name == size)
    return Image.open(io.BytesIO(made.files[ending]))


def refusal(data):
    with pytest.raises(NotValid) as refused:
        take_in(data)
    (sentence,) = refused.value.problems["picture"]
    return sentence


def near(one, other, by=14):
    return all(abs(a - b) <= by for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize("kind", PLAIN)
@pytest.mark.parametrize("ending", ["webp", "jpg"])
def test_a_picture_is_made_anew_in_every_size(kind, ending):
    taken = take_in(PLAIN[kind])
    for made in taken.made:
        picture = opened(taken, made.size.name, ending)
        assert picture.format == {"webp": "WEBP", "jpg": "JPEG"}[ending]
        assert picture.size == (made.width, made.height)
        assert max(picture.size) == min(240, made.size.side)
        assert len(made.files[ending]) <= made.size.most_bytes
        wide, high = picture.size
        assert near(picture.convert("RGB").getpixel((wide - 5, 5)), SKY)
        assert near(picture.convert("RGB").getpixel((5, high - 5)), SOIL)


def test_the_same_picture_has_the_same_digest_and_another_has_not():
    assert take_in(PLAIN["PNG"]).digest == take_in(PLAIN["PNG"]).digest
    assert take_in(PLAIN["PNG"]).digest != take_in(PLAIN["JPEG"]).digest


@pytest.mark.thorough
def test_what_packs_worst_keeps_to_its_bytes():
    for made in take_in(written(noisy(1200, 900), quality=95)).made:
        assert max(map(len, made.files.values())) <= made.size.most_bytes
        assert made.width / made.height == pytest.approx(4 / 3, rel=0.02)


@pytest.mark.parametrize(
    ("orientation", "size", "sun"),
    [
        (1, (240, 180), (20, 20)),
        (2, (240, 180), (228, 20)),
        (3, (240, 180), (228, 168)),
        (4, (240, 180), (20, 168)),
        (5, (180, 240), (20, 20)),
        (6, (180, 240), (168, 20)),
        (7, (180, 240), (168, 228)),
        (8, (180, 240), (20, 228)),
    ],
)
def test_a_picture_stands_upright(orientation, size, sun):
    kind = sorted(PLAIN)[orientation % 3]
    picture = opened(take_in(written(kind=kind, exif=exif(orientation))))
    assert picture.size == size
    assert near(picture.convert("RGB").getpixel(sun), SUN, by=40)


@pytest.mark.parametrize("kind", PLAIN)
def test_nothing_but_pixels_comes_through(kind):
    secret = b"the secret of the farm"
    more = {"comment": secret} if kind == "JPEG" else {"xmp": secret}
    if kind == "PNG":
        more = {"pnginfo": PngInfo()}
        more["pnginfo"].add_text("Comment", secret.decode())
    data = written(kind=kind, exif=exif(), icc_profile=profile(), **more)
    assert PLACE in data
    assert secret in data
    for made in take_in(data).made:
        for content in made.files.values():
            for held in (PLACE, secret, b"Awa", b"Exif", b"ICC", b"EXIF", b"XMP"):
                assert held not in content
            picture = Image.open(io.BytesIO(content))
            assert not picture.getexif()
            assert "icc_profile" not in picture.info


def test_another_file_behind_the_end_is_left_behind():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as inner:
        inner.writestr("evil.html", "<script>alert(1)</script>" * 5)
    for data in PLAIN.values():
        taken = take_in(data + packed.getvalue())
        for made in taken.made:
            for content in made.files.values():
                assert b"PK\x03\x04" not in content
                assert b"<script" not in content


@pytest.mark.parametrize(
    ("mode", "kind"),
    [
        ("L", "JPEG"),
        ("CMYK", "JPEG"),
        ("1", "PNG"),
        ("L", "PNG"),
        ("LA", "PNG"),
        ("P", "PNG"),
        ("RGBA", "PNG"),
        ("RGBA", "WEBP"),
    ],
)
def test_every_way_of_keeping_colours_is_read(mode, kind):
    picture = opened(take_in(written(drawn(mode=mode), kind))).convert("RGB")
    sky, soil = (
        picture.crop(box).resize((1, 1)).getpixel((0, 0))
        for box in ((120, 0, 240, 60), (0, 120, 120, 180))
    )
    assert sum(sky) > sum(soil)
    if mode in {"CMYK", "P", "RGBA"}:
        assert near(soil, SOIL, by=40)


def test_sixteen_bits_are_read_as_eight():
    grey = Image.new("I;16", (240, 180), 40_000)
    assert near(opened(take_in(written(grey, "PNG"))).getpixel((9, 9)), (156,) * 3)


def test_what_can_be_seen_through_lies_on_white():
    clear = drawn(mode="RGBA")
    clear.putalpha(0)
    named = drawn(mode="P")
    cut = written(named, "PNG", transparency=bytes(256))
    for data in (written(clear, "PNG"), written(clear, "WEBP", exact=True), cut):
        assert near(opened(take_in(data)).convert("RGB").getpixel((20, 20)), (255,) * 3)


def test_a_profile_of_colours_that_is_none_is_passed_over():
    for bad in (b"", b"x" * 500, profile()[:90], profile()):
        data = written(icc_profile=bad)
        assert near(opened(take_in(data)).convert("RGB").getpixel((234, 9)), SKY)


def animated(kind):
    return written(kind=kind, save_all=True, append_images=[noisy(240, 180)])


def zip_of_zips():
    inner = io.BytesIO()
    for _ in range(3):
        outer = io.BytesIO()
        with zipfile.ZipFile(outer, "w") as made:
            made.writestr("x.zip", inner.getvalue())
        inner = outer
    return inner.getvalue()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "choose a picture"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "is SVG"),
        (b"\xef\xbb\xbf\n <?xml version='1.0'?><svg/>", "is SVG"),
        (written(kind="GIF"), "is GIF"),
        (written(kind="TIFF"), "is TIFF"),
        (written(kind="BMP"), "is BMP"),
        (zip_of_zips(), "is ZIP"),
        (b"%PDF-1.7 ", "is PDF"),
        (b"\0\0\0\x18ftypheic\0\0", "is HEIC"),
        (b"<html><script>alert(1)</script>", "no picture"),
        (b"\0" * 180, "no picture"),
        (animated("PNG"), "moves"),
        (animated("WEBP"), "moves"),
        (written(drawn(80, 60)), "too small"),
        (written(drawn(1200, 100)), "long and narrow"),
        (png_bomb(4600), "too many pixels"),
        (says_it_is(PLAIN["PNG"], 14_000, 14_286), "too many pixels"),
        (says_it_is(PLAIN["PNG"], 2**31 - 1, 2**31 - 1), "too many pixels"),
        (says_it_is(PLAIN["PNG"], 0, 180), "damaged"),
        (PLAIN["PNG"][:33] + chunk(b"zTXt", b"a\0\0x") + b"", "damaged"),
        (b"\xff\xd8\xff" + b"\xff" * 50, "damaged"),
        (PLAIN["JPEG"] + b"\xff\xda" * 101, "damaged"),
        (b"x" * (MOST_BYTES + 1), "8 MB"),
    ],
    ids=lambda x: x if isinstance(x, str) else "",
)
def test_what_is_no_picture_for_us_is_refused_in_a_sentence(data, said):
    assert said in refusal(data)


@pytest.mark.parametrize("kind", PLAIN)
def test_a_picture_that_was_cut_is_refused(kind):
    whole = PLAIN[kind]
    for length in (4, 12, 20, 40, len(whole) // 2, len(whole) - 30):
        assert refusal(whole[:length])


@pytest.mark.parametrize("kind", PLAIN)
def test_one_pixel_too_many_is_refused_before_anything_is_unpacked(kind):
    most = MOST_PIXELS[kind]
    wide = 5000
    high = most // wide + 1
    data = written(Image.new("L", (wide, high)), kind, quality=1)
    assert "too many pixels" in refusal(data)


MEMORY = """
import resource, sys
from kb.pictures.taking_in import take_in
from kb.errors import NotValid
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
for path in sys.argv[1:]:
    try:
        take_in(open(path, "rb").read())
    except NotValid as refused:
        print("refused")
after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
beside = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print((after - before) // 1024, beside // 1024)
"""


def megabytes(*paths):
    """Take pictures in; give what was said, what it took us most and what the maker."""
    said = subprocess.run(
        [sys.executable, "-c", MEMORY, *paths],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout.split()  # fmt: skip
    return said[:-2], int(said[-2]), int(said[-1])


@pytest.mark.thorough
def test_a_bomb_takes_no_memory_and_the_largest_picture_a_bounded_one(tmp_path):
    bombs = [tmp_path / "bomb.png", tmp_path / "large.jpg"]
    bombs[0].write_bytes(png_bomb(6_000))
    bombs[1].write_bytes(written(Image.new("L", (7_200, 7_000)), quality=1))
    said, ours, _maker = megabytes(*bombs)
    assert said == ["refused", "refused"]
    assert ours < 40
    clear = Image.new("RGBA", (4_470, 4_470), (0, 90, 0, 90))
    whole = tmp_path / "whole.png"
    whole.write_bytes(written(clear, "PNG", compress_level=1))
    said, ours, maker = megabytes(whole)
    assert said == []
    assert ours < 40
    assert maker < 230


@pytest.mark.thorough
@settings(
    max_examples=often(25, 1500),
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
@given(
    kind=st.sampled_from(sorted(PLAIN)),
    cuts=st.lists(
        st.tuples(st.floats(0, 1), st.binary(min_size=0, max_size=6)), max_size=4
    ),
    more=st.binary(max_size=40),
)
def test_whatever_bytes_come_are_taken_or_refused(kind, cuts, more):
    data = bytearray(PLAIN[kind])
    for where, put in cuts:
        at = int(where * len(data))
        data[at : at + len(put)] = put
    with suppress(NotValid):
        taken = take_in(bytes(data) + more)
        assert [made.size for made in taken.made] == list(SIZES)


@settings(max_examples=often(25, 1500), deadline=None)
@given(
    st.integers(1, 900),
    st.integers(1, 900),
    st.sampled_from(["JPEG", "PNG", "WEBP", "lossless"]),
)
def test_the_header_says_what_pillow_says(width, height, kind):
    more = {"lossless": True} if kind == "lossless" else {}
    kind = "WEBP" if kind == "lossless" else kind
    data = written(Image.new("RGB", (width, height)), kind, **more)
    header = read_header(data)
    assert (header.kind, header.width, header.height) == (kind, width, height)
    assert not header.moves
