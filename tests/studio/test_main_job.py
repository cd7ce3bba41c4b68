"""From an empty canvas to the published sample, by mouse and keyboard alone."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu

from otn_studio.cli.main import main
from otn_studio.flow.reading import load
from tests.studio.desk import Desk

OTN_REQUEST = "One Time Notification › OTN Request"
ENTER = Qt.Key.Key_Return


class Maker:
    """Hands that build a flow."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def follow(self, block: str, port: str, down: float, words: str) -> str:
        """Drag from a way out to an empty place, and choose what follows there."""
        desk = self.desk
        desk.key(Qt.Key.Key_F)
        before = set(desk.flow.blocks)
        start = desk.way(block, port)
        desk.drag(start, start.plus(70, down))
        desk.type("quick_add_search", words)
        desk.key(ENTER, on="quick_add_search")
        (made,) = set(desk.flow.blocks) - before
        assert desk.flow.leads_to(block, port) == made
        return made

    def connect(self, block: str, port: str, to: str) -> None:
        self.desk.key(Qt.Key.Key_F)
        self.desk.drag(self.desk.way(block, port), self.desk.middle(to))

    def fill(self, name: str, text: str) -> None:
        """Press a field of the panel and write."""
        self.desk.press(name)
        for line in text.split("\n"):
            self.desk.bot.keyClicks(QApplication.focusWidget(), line)
            if line != text.split("\n")[-1]:
                self.desk.bot.keyClick(QApplication.focusWidget(), ENTER)
        QApplication.processEvents()

    def element(self, index: int, **fields: str) -> None:
        """Open an element of the selected Send Message, fill it in, and go back."""
        self.enter(index)
        for name, text in fields.items():
            self.fill(f"elements.{index}.{name}", text)
        self.desk.press("panel back")

    def enter(self, index: int) -> None:
        """Open an element; one that was just added is open already."""
        if not self.desk.window.builder.selection.field.startswith(f"elements.{index}"):
            self.desk.press(f"elements.{index}")

    def choose(self, menu_name: str, words: str) -> None:
        menu = self.desk.window.findChild(QMenu, menu_name)
        action = next(a for a in menu.actions() if a.text() == words)
        self.desk.bot.mouseClick(
            menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center()
        )
        QApplication.processEvents()


@pytest.fixture
def maker(desk):
    return Maker(desk)


def test_the_sample_is_drawn_published_saved_checked_and_played(maker, tmp_path, monkeypatch):
    desk = maker.desk
    start = _ask_for_the_size(maker)
    ask = _ask_for_permission(maker)
    _see_the_card(desk, ask)
    _announce(maker)
    _publish_and_save(desk, tmp_path, monkeypatch)
    path = tmp_path / "drawn.json"
    flow = load(path)
    assert flow == desk.flow
    assert flow.blocks[start].keywords == ("restock", "back in stock")
    monkeypatch.setenv("OTN_STUDIO_DATABASE_URL", f"sqlite:///{tmp_path / 'demo.db'}")
    assert main(["check", str(path)]) == 0
    assert main(["demo", "--flow", str(path)]) == 0


def _ask_for_the_size(maker: Maker) -> str:
    desk = maker.desk
    maker.fill("flow name", " drawn")
    start = desk.add("someone writes")
    maker.fill("keywords.0", "restock\nback in stock")
    size = maker.follow(start, "next", 0, "quick replies")
    maker.enter(0)
    maker.fill("elements.0.text", "Which size do you wear?")
    for title in ("41", "42"):
        desk.press("elements.0.replies add")
        desk.bot.keyClicks(QApplication.focusWidget(), title)
    desk.press("panel back")
    assert [str(port.words) for port in desk.flow.blocks[size].ports()][:2] == ["41", "42"]
    return start


def _ask_for_permission(maker: Maker) -> str:
    desk = maker.desk
    (size,) = [id for id, b in desk.flow.blocks.items() if b.kind.name == "send_message"]
    ports = [p.id for p in desk.flow.blocks[size].ports()][:2]
    ask = maker.follow(size, ports[0], 0, "text")
    maker.element(0, text="We can write to you once, the moment they are here.")
    desk.press("elements add")
    menu = desk.window.findChild(QMenu, "elements menu")
    submenu = next(a.menu() for a in menu.actions() if a.text() == "One Time Notification")
    action = next(a for a in submenu.actions() if a.text() == "OTN Request")
    menu.close()
    action.trigger()
    QApplication.processEvents()
    maker.fill("elements.1.topic", "Blue sneakers")
    desk.bot.keyClick(QApplication.focusWidget(), ENTER)
    maker.fill("elements.1.title", "Get told when they are back")
    desk.press("panel back")
    maker.connect(size, ports[1], ask)
    (topic,) = desk.flow.topics
    assert desk.flow.topics[topic].name == "Blue sneakers"
    desk.bot.waitUntil(lambda: topic in desk.topics.rows)
    opted_in = next(p.id for p in desk.flow.blocks[ask].ports() if p.id.endswith("opted_in"))
    thanks = maker.follow(ask, opted_in, 0, "text")
    maker.element(0, text="Done! One message, nothing else.")
    desk.key(Qt.Key.Key_F)
    desk.bot.waitUntil(lambda: desk.canvas.plan.shapes[thanks].port("too_late") is not None)
    late = maker.follow(thanks, "too_late", 60, "set field")
    maker.fill("field", "Said yes late")
    desk.bot.keyClick(QApplication.focusWidget(), ENTER)
    assert desk.flow.blocks[late].field in desk.flow.fields
    return ask


def _see_the_card(desk: Desk, ask: str) -> None:
    desk.key(Qt.Key.Key_F)
    desk.click(desk.middle(ask))
    names = [part.accessibleName() for part in desk.window.builder.preview.phone.parts]
    assert any("Get told when they are back" in name for name in names), names


def _announce(maker: Maker) -> None:
    desk = maker.desk
    desk.key(Qt.Key.Key_Escape)
    announced = desk.add("you announce")
    maker.fill("topic", "blue")
    desk.bot.keyClick(QApplication.focusWidget(), ENTER)
    back = maker.follow(announced, "next", 0, "buttons")
    maker.enter(0)
    maker.fill("elements.0.text", "They are back. Shall we put a pair aside?")
    desk.press("elements.0.buttons add")
    desk.bot.keyClicks(QApplication.focusWidget(), "Yes, please")
    desk.press("panel back")
    desk.press("by_topic as 1")
    desk.bot.keyClicks(QApplication.focusWidget(), "blue")
    desk.bot.keyClick(QApplication.focusWidget(), ENTER)
    assert desk.flow.blocks[back].by_topic in desk.flow.topics
    yes = desk.flow.blocks[back].ports()[0].id
    kept = maker.follow(back, yes, 0, "text")
    maker.element(0, text="A pair waits for you.")
    wait = maker.follow(kept, "next", 0, "wait")
    assert desk.flow.blocks[wait].kind.name == "wait"


def _publish_and_save(desk: Desk, tmp_path, monkeypatch) -> None:
    checker = desk.window.builder.checker
    desk.bot.waitUntil(lambda: not checker.findings, timeout=5_000)
    desk.press("publish")
    desk.bot.waitUntil(lambda: desk.publishing.published == [desk.flow])
    path = str(tmp_path / "drawn.json")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (path, ""))
    desk.key(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    desk.bot.waitUntil(lambda: desk.find("flow_state").text().startswith("Saved"))
