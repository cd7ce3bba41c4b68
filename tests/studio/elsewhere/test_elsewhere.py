"""A file that others change while it is open."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from otn_studio.blocks.words import Words
from otn_studio.flow import writing
from otn_studio.flow.changes import AddBlock, EditBlock, Rename, removal
from otn_studio.flow.reading import load
from otn_studio.studio.document.document import Document
from tests.builders import START, a_flow, say

FLOW = a_flow({"start": START, "hello": say()}, "start > hello")


@pytest.fixture
def file(tmp_path):
    file = tmp_path / "shop.json"
    writing.save(FLOW, file)
    return file


@pytest.fixture
def open_desk(desk, file):
    desk.window.open(Document(FLOW, file))
    return desk


def write(file, *changes) -> None:
    """What another program writes."""
    flow = load(file)
    for change in changes:
        flow, _inverse = change.apply(flow)
    writing.save(flow, file)


def draw(desk, change) -> None:
    desk.document.do(change, Words("Draw"))


def is_asked(desk) -> bool:
    return desk.window.aside.bar.isVisible()


def words(desk) -> str:
    return desk.find("elsewhere_words").text()


def test_what_others_add_to_a_saved_flow_comes_by_itself_and_can_be_undone(open_desk, file):
    write(file, AddBlock("bye", say("Bye")))
    open_desk.bot.waitUntil(lambda: "bye" in open_desk.flow.blocks)
    assert open_desk.document.is_saved
    assert "changed in its file elsewhere" in open_desk.find("said").text()
    open_desk.document.undo()
    assert "bye" not in open_desk.flow.blocks


def test_it_is_noticed_again_and_again(open_desk, file):
    for name in ("one", "two", "three"):
        write(file, AddBlock(name, say(name)))
        open_desk.bot.waitUntil(lambda name=name: name in open_desk.flow.blocks)


def test_beside_what_is_not_saved_it_asks_and_loses_neither(open_desk, file):
    draw(open_desk, EditBlock("hello", say("Mine")))
    write(file, AddBlock("bye", say("Bye")), Rename("Store"))
    open_desk.bot.waitUntil(lambda: is_asked(open_desk))
    assert "Nothing contradicts what you drew." in words(open_desk)
    open_desk.press("bring_together")
    assert open_desk.flow.blocks == {"start": START, "hello": say("Mine"), "bye": say("Bye")}
    assert open_desk.flow.name == "Store"
    assert not is_asked(open_desk)
    assert not open_desk.document.is_saved
    open_desk.window.flows.save()
    assert load(file) == open_desk.flow


@pytest.mark.parametrize(
    ("button", "text"), [("bring_together", "Mine"), ("follow_file", "Theirs")]
)
def test_where_both_changed_a_block_the_person_says_who_counts(open_desk, file, button, text):
    draw(open_desk, EditBlock("hello", say("Mine")))
    write(file, EditBlock("hello", say("Theirs")))
    open_desk.bot.waitUntil(lambda: is_asked(open_desk))
    assert "1 block was changed in both places. All else fits together." in words(open_desk)
    open_desk.press(button)
    assert open_desk.flow.blocks["hello"] == say(text)


def test_saving_over_something_unseen_asks_first(open_desk, file):
    draw(open_desk, EditBlock("hello", say("Mine")))
    write(file, removal(FLOW, "hello"))
    open_desk.window.flows.save()
    assert is_asked(open_desk)
    assert "hello" not in load(file).blocks
    open_desk.press("bring_together")
    open_desk.window.flows.save()
    assert load(file).blocks["hello"] == say("Mine")


def test_what_is_different_is_shown_before_deciding(open_desk, file):
    draw(open_desk, EditBlock("hello", say("Mine")))
    write(file, Rename("Store"))
    open_desk.bot.waitUntil(lambda: is_asked(open_desk))
    open_desk.press("elsewhere_compare")
    shown = open_desk.find("differences")
    assert "The flow is called “Shop”, not “Store”" in [
        shown.item(place).text() for place in range(shown.count())
    ]


def test_own_saving_is_no_news(open_desk, file):
    draw(open_desk, EditBlock("hello", say("Mine")))
    open_desk.window.flows.save()
    open_desk.bot.wait(500)
    assert not is_asked(open_desk)
    assert open_desk.document.undo_words() == Words("Draw")


def test_a_file_that_goes_away_or_breaks_changes_nothing(open_desk, file):
    file.write_text("{")
    open_desk.bot.wait(500)
    file.unlink()
    open_desk.bot.wait(500)
    assert open_desk.flow == FLOW
    draw(open_desk, EditBlock("hello", say("Mine")))
    open_desk.window.flows.save()
    assert load(file) == replace(FLOW, blocks={"start": START, "hello": say("Mine")})
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
