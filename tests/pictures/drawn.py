"""Pictures for tests, made as phones and mischief-makers make them."""

import struct
import zlib
from io import BytesIO

from PIL import Image, ImageCms, ImageDraw

PLACE = b"13.6N-2.4E"


def drawn(width=240, height=180, mode="RGB"):
    """Draw a field: sky above, soil below, a red sun to the upper left."""
    picture = Image.new("RGB", (width, height), (150, 190, 230))
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, height // 2, width, height), fill=(110, 80, 50))
    pen.ellipse((0, 0, width // 4, height // 4), fill=(220, 30, 30))
    return picture.convert(mode)


def written(picture=None, kind="JPEG", **said):
    out = BytesIO()
    (picture or drawn()).save(out, kind, **said)
    return out.getvalue()


def noisy(width, height):
    """What packs worst."""
    return Image.effect_noise((width, height), 120).convert("RGB")


def exif(orientation=1):
    said = Image.Exif()
    said[0x0112] = orientation
    said[0x013B] = "Awa the photographer"
    said.get_ifd(0x8825).update({1: "N", 2: (13.0, 36.0, 0.0), 29: PLACE.decode()})
    return said.tobytes()


def profile():
    """Colours of another kind of screen."""
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()


def chunk(name, body):
    check = zlib.crc32(name + body)
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", check)


def png_bomb(side, *, depth=8, colour=2):
    """A PNG that says it is so large, with all of it black: a thousandth in bytes."""
    about = struct.pack(">IIBBBBB", side, side, depth, colour, 0, 0, 0)
    row = b"\0" * (1 + side * 3)
    packer, packed = zlib.compressobj(9), []
    for _ in range(side):
        packed.append(packer.compress(row))
    packed.append(packer.flush())
    body = chunk(b"IHDR", about) + chunk(b"IDAT", b"".join(packed))
    return b"\x89PNG\r\n\x1a\n" + body + chunk(b"IEND", b"")


def says_it_is(data, width, height):
    """Give a PNG whose header says another size than it has."""
    body = struct.pack(">II", width, height) + data[24:29]
    return (
        data[:12]
        + b"IHDR"
        + body
        + struct.pack(">I", zlib.crc32(b"IHDR" + body))
        + data[33:]
    )
