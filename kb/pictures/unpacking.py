"""Unpacking a picture: its pixels alone, upright, in the colours of screens."""

import struct
from io import BytesIO
from typing import cast

from PIL import Image, ImageCms

from kb.pictures.made import Unreadable
from kb.pictures.sizes import SIZES

BROKEN = (OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError,
    OverflowError, MemoryError, struct.error)  # fmt: skip
"""What Pillow raises on what it cannot read; it has no error of its own."""
ORIENTATION = 0x0112
UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""EXIF orientation → what turns the picture upright."""
WHITE = (255, 255, 255)


def pixels(data: bytes, kind: str, size: tuple[int, int]) -> Image.Image:
    """Give the pixels alone, upright, in sRGB, no larger than the largest size.

    :param size: width and height, as the header says.
    :raises Unreadable: it cannot be read to its end, or is of another size.
    """
    try:
        with Image.open(BytesIO(data), formats=(kind,)) as opened:
            if opened.size != size:
                raise Unreadable
            return _clean(opened)
    except (*BROKEN, Image.DecompressionBombError) as why:
        raise Unreadable from why


def _clean(opened: Image.Image) -> Image.Image:
    profile, plain, side = opened.info.get("icc_profile"), _flat(opened), SIZES[-1].side
    plain.thumbnail((side, side), Image.Resampling.LANCZOS, reducing_gap=2.0)
    coloured = _in_srgb(plain, profile)
    turned = UPRIGHT.get(_orientation(opened))
    upright = coloured.transpose(turned) if turned is not None else coloured
    clean = Image.new("RGB", upright.size)  # with nothing that came with the file
    clean.paste(upright)
    return clean


def _flat(opened: Image.Image) -> Image.Image:
    """Lay what can be seen through on white, and give colours where there were names.

    A JPEG has neither; it is left packed, so that it is unpacked small.
    """
    if opened.mode == "I;16":
        return opened
    if opened.has_transparency_data:
        seen_through = opened if opened.mode == "RGBA" else opened.convert("RGBA")
        whole = Image.new("RGB", opened.size, WHITE)
        whole.paste(seen_through, mask=seen_through)
        return whole
    if opened.mode in {"L", "RGB", "CMYK"}:
        return opened
    return opened.convert("L" if opened.mode == "1" else "RGB")


def _orientation(opened: Image.Image) -> int:
    """Give how the camera was held; upright if the file does not say it well."""
    try:
        said = opened.getexif().get(ORIENTATION, 1)
    except BROKEN:
        return 1
    return said if isinstance(said, int) else 1


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """Give the colours that screens show; a profile that is none is passed over."""
    if picture.mode == "I;16":
        wide = picture.convert("I").point(lambda value: value * (1 / 257))
        return wide.convert("L").convert("RGB")
    if profile:
        try:
            return _by_profile(picture, profile)
        except (ImageCms.PyCMSError, *BROKEN):
            pass
    return picture.convert("RGB")


def _by_profile(picture: Image.Image, profile: bytes) -> Image.Image:
    said = ImageCms.ImageCmsProfile(BytesIO(profile))
    shown = ImageCms.createProfile("sRGB")
    found = ImageCms.profileToProfile(picture, said, shown, outputMode="RGB")
    return cast("Image.Image", found)
