"""How texts are carried: known examples, and a count made by another way."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from kb.sms.parts import Alphabet, alphabet, first_of, narrowed, parts, units

WIDE = set("^{}\\[~]|€\f")
SMALL = set(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ÄÖÑÜ§¿äöñüà"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
)
SIGNS = some.text(some.sampled_from("aé€[~Z ع中😀ç\n'’"), max_size=400)


def counted(text):
    """Count parts by filling 140 octets bit by bit, sign after sign."""
    gsm = all(sign in SMALL | WIDE for sign in text)
    bits = [
        7 * (1 + (sign in WIDE)) if gsm else 8 * len(sign.encode("utf-16-be"))
        for sign in text
    ]
    if sum(bits) <= 140 * 8:
        return 1
    room = (140 - 6) * 8 // (7 if gsm else 16) * (7 if gsm else 16)
    many, left = 1, room
    for size in bits:
        if size > left:
            many, left = many + 1, room
        left -= size
    return many


@pytest.mark.parametrize(
    ("text", "written", "lengths"),
    [
        ("", Alphabet.GSM7, [0]),
        ("a" * 160, Alphabet.GSM7, [160]),
        ("a" * 161, Alphabet.GSM7, [153, 8]),
        ("a" * 306, Alphabet.GSM7, [153, 153]),
        ("a" * 307, Alphabet.GSM7, [153, 153, 1]),
        ("€" * 80, Alphabet.GSM7, [80]),
        ("€" * 81, Alphabet.GSM7, [76, 5]),
        ("a" * 152 + "€" + "a" * 10, Alphabet.GSM7, [152, 11]),
        ("ع" * 70, Alphabet.UCS2, [70]),
        ("ع" * 71, Alphabet.UCS2, [67, 4]),
        ("a" * 159 + "ç", Alphabet.UCS2, [67, 67, 26]),
        ("😀" * 35, Alphabet.UCS2, [35]),
        ("😀" * 36, Alphabet.UCS2, [33, 3]),
        ("ማ" * 134, Alphabet.UCS2, [67, 67]),
    ],
)
def test_known_examples(text, written, lengths):
    assert alphabet(text) == written
    assert [len(part) for part in parts(text)] == lengths


@given(SIGNS)
def test_parts_are_as_many_as_bits_say_and_lose_nothing(text):
    cut = parts(text)
    assert len(cut) == counted(text)
    assert "".join(cut) == text


@given(SIGNS, some.integers(1, 4))
def test_a_long_text_goes_in_pieces_that_fit_and_together_say_all(text, most):
    left, seen = text, ""
    for _each in range(200):
        piece, left = first_of(left, most, "\nMORE")
        assert len(parts(piece)) <= most
        seen += piece.removesuffix("\nMORE") if left else piece
        if not left:
            break
    assert left == ""
    assert "".join(seen.split()) == "".join(text.split())


def test_one_printed_quote_does_not_double_the_price():
    text = "the farmer’s field – " + "a" * 130
    assert alphabet(text) == Alphabet.UCS2
    assert alphabet(narrowed(text)) == Alphabet.GSM7
    assert narrowed("l’arabe عربي") == "l’arabe عربي"
    assert units("[", Alphabet.GSM7) == 2
