"""The preview follows the document, the selection, the chosen person and what is known of them."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QToolButton,
)

from otn_studio.blocks.elements.otn_request import OtnRequest
from otn_studio.blocks.elements.picture import Picture
from otn_studio.blocks.elements.quick_replies import QuickReplies, QuickReply
from otn_studio.blocks.elements.text import Text
from otn_studio.blocks.field import Field
from otn_studio.blocks.logic.wait import Wait
from otn_studio.blocks.message.send_message import SendMessage
from otn_studio.blocks.words import Words
from otn_studio.flow.changes import EditBlock, MoveBlocks, SetField, SetTopic
from otn_studio.flow.document import Position, Topic
from otn_studio.studio import written
from otn_studio.studio.document.document import Document
from otn_studio.studio.document.selection import Selection
from otn_studio.studio.phone import bubbles as shown
from otn_studio.studio.phone.bubbles import Line, OptIn, Replies, Said
from otn_studio.studio.phone.people import PEOPLE as MADE_UP
from otn_studio.studio.phone.preview import Preview
from otn_studio.studio.phone.preview_bubbles import NINE
from tests.builders import START, a_flow
from tests.studio.pages.contacts.people import PEOPLE, FakeContacts

HI = Text(id="hi", text="Hi {{ contact.first_name | default: 'there' }}, size {{ contact.size }}?")
CARD = OtnRequest(id="card", topic="shoes", title="Get told when it is back")
WORDS = Words("Edit")
LEFT = Qt.MouseButton.LeftButton
STOCK = Field("Stock", of_page=True)


class Desk:
    """An open flow, what is selected in it, and its preview."""

    def __init__(self, theme, block, **more):
        flow = a_flow({"start": START, "it": block, "wait": Wait()}, "start > it", **more)
        self.document = Document(flow)
        self.selection = Selection()
        self.contacts = FakeContacts(*PEOPLE)
        known = self.document, self.selection, theme, "Kicks & Co", self.contacts
        self.preview = Preview(*known)

    def select(self, *blocks, field=""):
        self.selection.select(blocks, field)

    def edit(self, block):
        self.document.do(EditBlock("it", block), WORDS)

    @property
    def bubbles(self):
        return [part.bubble for part in self.preview.phone.parts]

    @property
    def person(self):
        return self.preview.findChild(QComboBox, "preview.person")

    @property
    def size(self):
        return self.preview.findChild(QLineEdit, "preview.value.size")


@pytest.fixture
def desk_with(on_screen, theme):
    def make(*elements, by_topic="", **more):
        desk = Desk(theme, SendMessage(elements=elements, by_topic=by_topic), **more)
        on_screen(desk.preview, 344, 800)
        desk.select("it")
        return desk

    return make


def test_the_message_below_the_word_that_leads_to_it(desk_with):
    assert desk_with(HI, CARD).bubbles == [
        Line(text=f"TODAY {written.time(NINE)}"),
        Said(text="hello", by_person=True),
        Said(text="Hi Ann, size Size?"),
        OptIn(title="Get told when it is back"),
        Line(text="You can write to Ann freely for 23 h 59 min"),
    ]


def test_it_follows_typing_letter_by_letter(desk_with):
    desk = desk_with(Text(id="t", text=""))
    for typed in ("W", "We", "Wel"):
        desk.edit(SendMessage(elements=(Text(id="t", text=typed),)))
        assert desk.bubbles[2] == Said(text=typed)
    desk.document.undo()
    assert desk.bubbles[2] == Said(text="We")


def test_a_title_is_cut_at_65_just_as_it_is_sent(desk_with):
    desk = desk_with(OtnRequest(id="card", topic="shoes", title="x" * 80))
    card, note = desk.bubbles[2:4]
    assert card.title == "x" * 64 + "…"
    assert note == Line(text="A text was cut from 80 to 65 characters", warns=True)


def test_a_broken_text_says_so_instead_of_showing_it(desk_with):
    desk = desk_with(Text(id="t", text="Hi {{ contact.first_name"))
    assert desk.bubbles[2] == Said(text="")
    assert desk.bubbles[3].warns


def test_it_follows_the_selection(desk_with):
    desk = desk_with(HI)
    assert desk.bubbles
    desk.select("wait")
    assert desk.bubbles == []
    desk.select("it", "wait")
    assert desk.preview.phone.calm == "Select one block alone to see it here."
    desk.select()
    assert desk.preview.phone.calm.startswith("Select a Send Message block")
    desk.select("it")
    assert desk.bubbles[2] == Said(text="Hi Ann, size Size?")


def test_a_block_without_messages_says_what_to_do(desk_with):
    assert desk_with().preview.phone.calm.startswith("This block has no message yet")


def test_the_element_that_is_edited_is_highlighted(desk_with):
    desk = desk_with(HI, CARD)
    desk.select("it", field="elements.1.title")
    assert [bubble.highlighted for bubble in desk.bubbles] == [False, False, False, True, False]
    desk.select("it", field="by_topic")
    assert not any(bubble.highlighted for bubble in desk.bubbles)


def test_it_is_shown_for_whom_one_chooses(qtbot, desk_with):
    desk = desk_with(HI, CARD)
    qtbot.keyClick(desk.person, Qt.Key.Key_Down)
    assert desk.bubbles[2].text.startswith("Hi Maximiliane-Alexandrina")
    qtbot.keyClick(desk.person, Qt.Key.Key_Down)
    assert desk.bubbles[2] == Said(text="Hi there, size ?")
    assert desk.bubbles[-1] == Line(text="You can write freely for 23 h 59 min")


def test_what_is_known_of_them_can_be_typed_where_a_text_mentions_it(qtbot, desk_with):
    desk = desk_with(HI, fields=("size", "colour"))
    assert desk.preview.findChild(QLineEdit, "preview.value.colour") is None
    desk.size.selectAll()
    qtbot.keyClicks(desk.size, "42")
    assert desk.bubbles[2] == Said(text="Hi Ann, size 42?")
    desk.size.clear()
    qtbot.keyClick(desk.size, Qt.Key.Key_Backspace)
    desk.edit(SendMessage(elements=(Text(id="hi", text="Hello"),)))
    assert desk.size is None or desk.size.isHidden()


def test_a_message_by_permission_says_for_which_topic(desk_with):
    desk = desk_with(HI, by_topic="shoes")
    assert desk.bubbles[-1] == Line(text="Sent with Ann’s permission for “Shoes”")
    desk.document.do(SetTopic("shoes", Topic("Blue sneakers")), WORDS)
    assert desk.bubbles[-1] == Line(text="Sent with Ann’s permission for “Blue sneakers”")


def test_quick_replies_that_are_not_last_are_said_to_go_away(desk_with):
    replies = QuickReplies(id="q", text="Size?", replies=(QuickReply(id="a", title="41"),))
    assert desk_with(replies, CARD).bubbles[3:5] == [
        Replies(titles=("41",)),
        Line(text="These go away when the next message arrives"),
    ]
    assert (
        Line(text="These go away when the next message arrives") not in desk_with(replies).bubbles
    )


def test_a_picture_beside_the_flow_is_seen(desk_with, tmp_path):
    desk = desk_with(Picture(id="shoe", url="media/shoe.png"))
    assert desk.bubbles[-2] == shown.Picture(url="media/shoe.png")
    desk.document.path = tmp_path / "flow.json"
    desk.edit(SendMessage(elements=(Picture(id="shoe", url="media/boot.png"),)))
    file = str(tmp_path / "media" / "boot.png")
    assert desk.bubbles[-2] == shown.Picture(url="media/boot.png", file=file)


def test_moving_blocks_draws_nothing_anew(desk_with, monkeypatch):
    desk = desk_with(HI)
    drawn = []
    monkeypatch.setattr(desk.preview.phone, "show_bubbles", lambda *a, **k: drawn.append(a))
    desk.document.do(MoveBlocks({"it": Position(4, 8)}), WORDS)
    assert drawn == []
    desk.edit(SendMessage(elements=(CARD,)))
    assert len(drawn) == 1


def test_on_a_low_phone_the_message_comes_before_what_led_to_it(on_screen, theme):
    long = Text(id="t", text="All about shoes. " * 40)
    desk = Desk(theme, SendMessage(elements=(long, CARD)))
    desk.select("it")
    phone = on_screen(desk.preview, 344, 320).phone
    keyword, message = phone.parts[1], phone.parts[2]
    assert keyword.visibleRegion().isEmpty()
    assert message.mapTo(phone, message.rect().topLeft()).y() > 0
    desk.select("it", field="elements.1.title")
    assert not phone.parts[3].visibleRegion().isEmpty()


def find_person(desk, qtbot, name):
    qtbot.mouseClick(desk.preview.findChild(QToolButton, "preview.find_person"), LEFT)
    window = desk.preview.window()
    line = window.findChild(QLineEdit, "find_person")
    found = window.findChild(QListWidget, "found_people")
    qtbot.keyClicks(line, name[:3])
    qtbot.waitUntil(lambda: [found.item(0).text()] == [name] if found.count() == 1 else False)
    qtbot.mouseClick(window.findChild(QPushButton, "show_person"), LEFT)
    qtbot.waitUntil(lambda: window.findChild(QLineEdit, "find_person") is None)


def test_a_real_person_is_looked_for_by_name_and_only_read(desk_with, qtbot):
    desk = desk_with(HI)
    before = dict(desk.contacts.people)
    find_person(desk, qtbot, "Ann Müller")
    qtbot.waitUntil(lambda: Said(text="Hi Ann, size 42?") in desk.bubbles)
    assert desk.person.currentText() == "Ann Müller"
    assert desk.size.text() == "42"
    qtbot.keyClicks(desk.size, "1")
    assert Said(text="Hi Ann, size 421?") in desk.bubbles
    assert desk.contacts.people == before
    find_person(desk, qtbot, "Bob Lee")
    qtbot.waitUntil(lambda: desk.person.currentText() == "Bob Lee")
    assert Said(text="Hi there, size ?") in desk.bubbles
    assert desk.person.count() == len(MADE_UP) + 1


def test_nobody_of_that_name_is_said(desk_with, qtbot):
    desk = desk_with(HI)
    qtbot.mouseClick(desk.preview.findChild(QToolButton, "preview.find_person"), LEFT)
    window = desk.preview.window()
    qtbot.keyClicks(window.findChild(QLineEdit, "find_person"), "Zoe")
    problem = window.findChild(QLabel, "find_person_problem")
    qtbot.waitUntil(lambda: problem.text() == "Nobody is called that.")
    assert not window.findChild(QPushButton, "show_person").isEnabled()


def test_what_everybody_has_is_known_of_a_real_person(desk_with, qtbot):
    since = "{{ contact.first_seen | date: '%d.%m.%Y' }}"
    desk = desk_with(Text(id="t", text=since + " {{ page.stock }}"))
    desk.document.do(SetField("stock", STOCK), WORDS)
    find_person(desk, qtbot, "Ann Müller")
    qtbot.waitUntil(lambda: Said(text="14.11.2026 Stock") in desk.bubbles)
