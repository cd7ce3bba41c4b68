"""Pictures of a whole flow."""

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from PySide6.QtGui import QImage

from otn_studio import shipped
from otn_studio.blocks.words import Problem
from otn_studio.flow.document import Flow, Frame, Position
from otn_studio.flow.reading import load
from otn_studio.studio.pictures.drawing import MARGIN
from otn_studio.studio.pictures.formats import PICTURES, SHARP, picture
from otn_studio.studio.theme.roles import LIGHT
from tests.builders import a_flow, say, started

SAMPLE = load(shipped.path("flows/back-in-stock.json"))
SVG = "{http://www.w3.org/2000/svg}"


def words_of(svg: bytes) -> str:
    return " ".join(text.text or "" for text in ElementTree.fromstring(svg).iter(f"{SVG}text"))


def apart(distance: float) -> Flow:
    flow = a_flow({"a": say(), "b": say()})
    return replace(flow, layout={"a": Position(0, 0), "b": Position(distance, distance)})


def test_a_png_shows_everything_sharply_and_in_light(theme):
    image = QImage.fromData(picture(apart(1_000), "png"), "PNG")
    assert image.width() == SHARP * (1_000 + 240 + 2 * MARGIN)
    assert image.pixelColor(0, 0).name().upper() == LIGHT.canvas
    block = image.pixelColor(round(SHARP * (MARGIN + 120)), round(SHARP * (MARGIN + 6)))
    assert block.name().upper() == LIGHT.raised


def test_an_svg_says_what_the_blocks_say_and_brings_its_typeface(theme):
    svg = picture(SAMPLE, "svg")
    for words in ("Which size?", "Notify Me tapped", "Blue sneakers", "Wait 20 hours"):
        assert words in words_of(svg)
    assert svg.count(b"@font-face") == 2
    assert b"<image" not in svg


def test_a_pdf_is_one_page_with_its_typeface_inside(theme):
    pdf = picture(SAMPLE, "pdf")
    assert pdf.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type /Page\b", pdf)) == 1
    assert b"/FontFile2" in pdf


def test_frames_are_in_the_picture(theme):
    framed = replace(SAMPLE, frames={"f": Frame("The whole shop", -400, -300, 3_000, 2_000)})
    assert "The whole shop" in words_of(picture(framed, "svg"))


@pytest.mark.parametrize("format", PICTURES)
def test_a_flow_without_blocks_has_a_picture_too(theme, format):
    assert picture(Flow("empty", "Empty"), format)


def test_what_people_write_can_break_no_svg(theme):
    hostile = started(say("a\x00\x07 </text><script>alert('ℵ')</script> ]]> &amp; 🎉"))
    said = words_of(picture(replace(hostile, name='<b>\x00&"'), "svg"))
    assert "</text><script>" in said


def test_a_larger_flow_has_fewer_pixels_and_a_huge_one_no_png(theme):
    width = int.from_bytes(picture(apart(5_000), "png")[16:20])
    assert 5_000 < width < SHARP * 5_000
    with pytest.raises(Problem, match="too large for a PNG"):
        picture(apart(20_000), "png")
    assert picture(apart(20_000), "pdf")
