"""A first flow, guided: every step is seen in the flow itself."""

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtWidgets import QApplication, QWidget

from otn_studio.blocks.elements.otn_request import OtnRequest
from otn_studio.blocks.elements.text import Text
from otn_studio.blocks.message.send_message import SendMessage
from otn_studio.blocks.start.keyword import Keyword
from otn_studio.blocks.words import Words
from otn_studio.flow.changes import AddBlock, Connect, EditBlock, SetTopic
from otn_studio.flow.document import Topic
from otn_studio.flow.reading import load
from otn_studio.studio.document.document import Document
from otn_studio.studio.guide.lesson import STEPS, Standing, step_at
from tests.builders import say
from tests.studio.desk import Desk
from tests.studio.window.test_window import SAMPLE

TEXT = Text(id="text", text="Hello!")
CARD = OtnRequest(id="card", topic="shoes", title="Tell me")
DRAWN = (
    AddBlock("start", Keyword()),
    EditBlock("start", Keyword(keywords=("hello",))),
    (AddBlock("hello", SendMessage()), Connect("start", "next", "hello")),
    EditBlock("hello", SendMessage(elements=(TEXT,))),
    (SetTopic("shoes", Topic("Shoes")), EditBlock("hello", SendMessage(elements=(TEXT, CARD)))),
    (AddBlock("thanks", say("Thanks")), Connect("hello", "card.opted_in", "thanks")),
)


def pointed_at(desk) -> QRect:
    """Where the ring is, on the screen."""
    QApplication.processEvents()
    ring = desk.find("guide_pointer")
    return QRect(ring.mapToGlobal(QPoint()), ring.size())


def place_of(widget: QWidget) -> QRect:
    return QRect(widget.mapToGlobal(QPoint()), widget.size())


def titles(desk) -> str:
    QApplication.processEvents()
    return desk.find("guide_title").text()


def test_a_finished_flow_is_at_the_end():
    assert step_at(Standing(load(SAMPLE), is_published=True, practises=True)) == len(STEPS)


def test_the_guide_goes_on_by_what_is_drawn_to_the_end(qtbot, theme, tmp_path):
    desk = Desk(qtbot, theme, tmp_path)
    desk.press("first_flow")
    seen = [titles(desk)]
    for changes in DRAWN:
        for change in changes if isinstance(changes, tuple) else (changes,):
            desk.document.do(change, Words("Draw"))
        seen.append(titles(desk))
    desk.publishing.publish(desk.flow)
    desk.window.flows.current.publisher.look()
    desk.bot.waitUntil(lambda: titles(desk) == "Try it")
    desk.press("practice")
    desk.bot.waitUntil(lambda: titles(desk) == "That was it")
    assert seen == [str(step.title) for step in STEPS[: len(DRAWN) + 1]]
    desk.press("leave_guide")
    assert not desk.window.guide.isVisible()
    desk.window.close()


def test_a_ring_is_around_what_a_step_is_about(qtbot, theme, tmp_path):
    desk = Desk(qtbot, theme, tmp_path)
    desk.press("first_flow")
    assert pointed_at(desk).contains(place_of(desk.find("palette_start")))
    start = desk.add("someone writes")
    view = desk.window.builder.canvas.view
    assert pointed_at(desk).contains(_on_screen(view, start))
    view.scroll_by(60, 40)
    assert pointed_at(desk).contains(_on_screen(view, start))
    assert desk.find("guide_pointer").testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    desk.press("leave_guide")
    assert desk.window.findChild(QWidget, "guide_pointer").isHidden()
    desk.window.close()


def test_the_last_steps_point_at_their_buttons(qtbot, theme, tmp_path):
    desk = Desk(qtbot, theme, tmp_path)
    desk.press("first_flow")
    for changes in DRAWN:
        for change in changes if isinstance(changes, tuple) else (changes,):
            desk.document.do(change, Words("Draw"))
    assert pointed_at(desk).contains(place_of(desk.find("publish")))
    desk.publishing.publish(desk.flow)
    desk.window.flows.current.publisher.look()
    desk.bot.waitUntil(lambda: titles(desk) == "Try it")
    assert pointed_at(desk).contains(place_of(desk.find("practice")))
    desk.window.close()


def _on_screen(view, block: str) -> QRect:
    box = view.transform().mapRect(QRectF(*view.plan.boxes[block])).toAlignedRect()
    return QRect(view.viewport().mapToGlobal(box.topLeft()), box.size())


def test_it_is_gone_beside_other_flows_and_once_it_is_left(qtbot, theme, tmp_path):
    desk = Desk(qtbot, theme, tmp_path)
    desk.press("first_flow")
    desk.add("wait")
    desk.window.open(Document(load(SAMPLE)))
    assert not desk.window.guide.isVisible()
    desk.window.flows.step(1)
    assert desk.window.guide.isVisible()
    desk.press("leave_guide")
    desk.add("wait")
    assert not desk.window.guide.isVisible()
    desk.window.close()
