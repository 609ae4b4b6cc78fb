"""Drawings that are taken in: plain outlines, and nothing that runs or leads away."""

import pytest

from kb.errors import NotValid
from kb.vocabulary.shapes import LARGEST, read_shape
from tests.make import PIT

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 300"'
XLINK = 'xmlns:xlink="http://www.w3.org/1999/xlink"'


def whole(inner):
    return f"{HEAD} {XLINK}>{inner}</svg>"


def problems(content):
    with pytest.raises(NotValid) as refused:
        read_shape(content if isinstance(content, bytes) else content.encode())
    return refused.value.problems["svg"]


def test_outlines_and_empty_labels_are_let_in_and_stay_so():
    svg, labels = read_shape(PIT.encode())
    assert labels == ["hole", "rim"]
    assert read_shape(svg.encode()) == (svg, labels)


def test_what_was_not_understood_is_not_kept():
    svg, _labels = read_shape(
        whole("<!-- x --><?php y ?><g><path d='M0 0'/></g>").encode()
    )
    assert "x" not in svg.replace("xmlns", "").replace("viewBox", "")
    assert "php" not in svg


@pytest.mark.parametrize(
    "inner",
    [
        "<script>alert(1)</script>",
        "<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>x</p></foreignObject>",
        "<image href='https://far.example/x.png'/>",
        "<use href='#other'/>",
        "<a href='https://far.example'><path d='M0 0'/></a>",
        "<style>path { fill: url(https://far.example) }</style>",
        "<animate attributeName='x'/>",
        "<set attributeName='onclick' to='alert(1)'/>",
        "<iframe src='https://far.example'/>",
        "<title>words</title>",
        "<svg viewBox='0 0 400 300'/>",
        "<linearGradient id='x'/>",
        "<path xmlns='http://far.example/ns' d='M0 0'/>",
    ],
)
def test_other_elements_are_refused(inner):
    assert any("is not let in" in one for one in problems(whole(inner)))


@pytest.mark.parametrize(
    "given",
    [
        "onclick='alert(1)'",
        "onload='alert(1)'",
        "style='fill: url(https://far.example)'",
        "class='x'",
        "href='https://far.example'",
        "xlink:href='https://far.example'",
        "fill='url(https://far.example/#x)'",
        "fill='url(#x)'",
        "stroke='red; x'",
        "stroke='javascript:alert(1)'",
        "transform='url(//far.example)'",
        "filter='url(#x)'",
        "id='Über'",
        "opacity='1&quot; onload=&quot;x'",
    ],
)
def test_other_attributes_and_values_are_refused(given):
    assert any("is not let in" in one for one in problems(whole(f"<path {given}/>")))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (f"<!DOCTYPE svg><!-- -->{HEAD}/>", "document type"),
        (
            f'<!DOCTYPE svg [<!ENTITY a "{"x" * 99}"><!ENTITY b "{"&a;" * 99}">]>'
            f"{HEAD}>&b;</svg>",
            "document type",
        ),
        (
            f'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>{HEAD}>&a;</svg>',
            "document type",
        ),
        (f"{HEAD}><path></svg>", "is no XML"),
        (b"\x89PNG\r\n", "is no XML"),
        (b"", "is no XML"),
        ('<html xmlns="http://www.w3.org/1999/xhtml"/>', "is no SVG"),
        ("<svg viewBox='0 0 400 300'/>", "is no SVG"),
        ('<svg xmlns="http://www.w3.org/2000/svg"/>', "no viewBox"),
        (HEAD.replace("400", "9000") + "/>", "viewBox"),
        (whole("words"), "holds words"),
        (whole("<path d='M0 0'/>words"), "holds words"),
        (whole("<text id='a' x='1' y='1'>words</text>"), "holds words"),
        (whole("<text x='1' y='1'/>"), "names its label"),
        (whole("<text id='leads' x='1' y='1'/>"), "names its label"),
        (whole("<text id='a' x='one' y='1'/>"), "does not say where"),
        (whole("<text id='a' x='1' y='1'/>" * 2), "stands twice"),
        (whole("<text id='a' x='1' y='1'><path/></text>"), "holds other elements"),
        (whole("<path/>" * 400), "more than"),
        (whole("<g>" * 20 + "</g>" * 20), "nested deeper"),
        (whole("<g>" * 2500 + "</g>" * 2500), "nested deeper"),
        (whole(" " * LARGEST), "larger than"),
    ],
)
def test_what_is_no_such_drawing_is_refused(content, said):
    assert any(said in one for one in problems(content))
