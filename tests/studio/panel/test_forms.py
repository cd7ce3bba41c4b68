"""Every type has a form, made of its declaration alone; a new type too."""

from datetime import date
from enum import StrEnum
from typing import Annotated, ClassVar

import pytest
from pydantic import Field
from PySide6.QtCore import Qt

from otn_studio.blocks.block import Block, Group, Kind, Option, Part
from otn_studio.blocks.duration import Duration
from otn_studio.blocks.element import Element
from otn_studio.blocks.message.send_message import SendMessage
from tests.builders import a_flow, started

names = pytest.mark.parametrize


@names("name", sorted(Block.types))
def test_every_block_has_a_form_with_a_row_for_each_option(stage, name):
    block = Block.types[name]()
    here = stage(a_flow({"it": block}))
    here.select()
    aliases = {info.alias or key for key, info in type(block).model_fields.items()}
    ways = {port.id for port in block.ports()} if block.kind.jumps else set()
    assert {one.path for one in here.panel.view.targets()} == aliases | ways
    assert all(label in here.texts() for label in labels(block))


@names("name", sorted(Element.types))
def test_every_element_has_a_form_with_a_row_for_each_option(stage, name):
    element = Element.types[name](id="it")
    here = stage(started(SendMessage(elements=(element,))))
    here.select("it", "elements.0")
    paths = {f"elements.0.{key}" for key in element.options()}
    assert {one.path for one in here.panel.view.targets()} == paths
    assert all(label in here.texts() for label in labels(element))


def labels(part: Part) -> list[str]:
    return [option.label for option in part.options().values()]


class Size(StrEnum):
    SMALL = "small"
    VERY_LARGE = "very_large"


class Bean(Part):
    """What a coffee is made of."""

    name: Annotated[str, Option("Bean", required=True)] = ""


@pytest.fixture
def coffee():
    """A block type that nothing else in the program knows of."""

    class Coffee(Block):
        """Makes {coffee}. For everyone."""

        kind: ClassVar[Kind] = Kind("coffee", title="Coffee", group=Group.ACTION, icon="zap")

        size: Annotated[Size, Option("Size")] = Size.SMALL
        cups: Annotated[int, Option("Cups"), Field(ge=1, le=9)] = 1
        price: Annotated[float, Option("Price"), Field(ge=0)] = 2.0
        until: Annotated[date, Option("Until")] = date(2026, 11, 23)
        sugar: Annotated[bool, Option("Sugar")] = False
        after: Annotated[Duration, Option("Ready after")] = Duration(5, "minute")
        word: Annotated[str, Option("Password"), Field(pattern=r"^[a-z]*$")] = ""
        beans: Annotated[tuple[Bean, ...], Option("Beans")] = ()

    yield Coffee
    del Block.types["coffee"]


def test_a_block_declared_here_has_its_form_with_no_other_file_touched(stage, coffee):
    here = stage(a_flow({"it": coffee()}))
    here.select("it", "size")
    here.press(Qt.Key.Key_Down)
    here.select("it", "cups")
    here.focus.selectAll()
    here.type("7")
    here.find("sugar").setFocus()
    here.press(Qt.Key.Key_Space)
    here.click("beans add")
    here.type("Arabica")
    made = here.block()
    assert (made.size, made.cups, made.sugar) == (Size.VERY_LARGE, 7, True)
    assert made.beans == (Bean(name="Arabica"),)
    assert here.find("size").currentText() == "Very large"
    assert "Makes {coffee}." in here.texts()


def test_what_the_declaration_does_not_take_is_said_and_not_kept(stage, coffee):
    here = stage(a_flow({"it": coffee()}))
    here.select("it", "word")
    here.type("abC")
    assert here.block().word == "ab"
    assert here.said_beside("word") == ["This can’t be kept here. Write it in another way."]
    here.press(Qt.Key.Key_Backspace)
    assert here.said_beside("word") == []


@names(("typed", "price"), [("2.75", 2.75), ("3,5", 3.5), ("4.", 4.0)])
def test_a_fraction_is_written_with_a_point_or_a_comma(stage, coffee, typed, price):
    here = stage(a_flow({"it": coffee()}))
    here.select("it", "price")
    here.focus.selectAll()
    here.type(typed)
    assert here.block().price == price
    assert here.find("price").text() == typed


def test_what_is_no_number_or_out_of_bounds_is_said_and_not_kept(stage, coffee):
    here = stage(a_flow({"it": coffee()}))
    here.select("it", "price")
    here.focus.selectAll()
    here.type("-")
    assert here.said_beside("price") == ["Write a number, such as 2.5."]
    here.type("1")
    assert here.said_beside("price") == ["This can’t be kept here. Write it in another way."]
    assert here.block().price == 2.0
    here.document.undo()


def test_a_date_is_counted_typed_and_undone(stage, coffee):
    here = stage(a_flow({"it": coffee()}))
    here.select("it", "until")
    here.press(Qt.Key.Key_Up)
    assert here.block().until == date(2026, 11, 24)
    here.document.undo()
    assert here.find("until").text() == "23 Nov 2026"


def test_a_number_stays_within_its_bounds(stage, coffee):
    here = stage(a_flow({"it": coffee(cups=9)}))
    here.select("it", "cups")
    here.press(Qt.Key.Key_Up)
    assert here.block().cups == 9
    here.focus.selectAll()
    here.type("0")
    assert here.block().cups == 9
