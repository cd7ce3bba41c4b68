"""The screens around the canvas: tabs, preferences, versions, files compared."""

import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QPushButton

from otn_studio import shipped
from otn_studio.blocks.start.keyword import Keyword
from otn_studio.blocks.words import Words
from otn_studio.flow.changes import AddBlock, Connect, EditBlock, removal
from otn_studio.flow.document import Flow
from otn_studio.flow.reading import load
from otn_studio.studio.document.document import Document
from otn_studio.studio.versions.list import VersionList
from otn_studio.studio.window.window import Window
from tests.builders import say
from tests.studio.desk import FakePublishing

SAMPLE = shipped.path("flows/back-in-stock.json")


def shoot_around(window: Window, publishing: FakePublishing, shoot: Callable[[str], None]) -> None:
    """Take them all."""
    window.flows.close_all()
    _guide(window, shoot)
    _tabs(window, shoot)
    _preferences(window, shoot)
    _keyboard(window, shoot)
    _versions(window, publishing, shoot)
    _compare(window, shoot)
    _elsewhere(window, shoot)
    _damaged(window, shoot)
    window.flows.close_all()
    window.go_to("flows")


def _guide(window: Window, shoot: Callable[[str], None]) -> None:
    window.go_to("flows")
    window.findChild(QPushButton, "first_flow").click()
    shoot("guide")
    window.builder.document.do(AddBlock("start", Keyword()), Words("Draw"))
    shoot("guide-points-at-a-block")
    window.guide.leave()


def _tabs(window: Window, shoot: Callable[[str], None]) -> None:
    for name in ("opinion-survey", "price-drop", "order-status"):
        path = shipped.path(f"flows/{name}.json")
        window.open(
            Document(replace(load(path), name=f"{load(path).name} " * (len(name) - 9)), path)
        )
    window.open(Document(load(SAMPLE)))
    shoot("tabs")


def _preferences(window: Window, shoot: Callable[[str], None]) -> None:
    _act(window, "preferences")
    shoot("preferences")
    box = window.findChild(QComboBox, "scale")
    box.setCurrentIndex(4)
    box.activated.emit(4)
    shoot("preferences-later")
    box.setCurrentIndex(0)
    box.activated.emit(0)
    for dialog in window.findChildren(QDialog):
        dialog.close()


def _keyboard(window: Window, shoot: Callable[[str], None]) -> None:
    _act(window, "keyboard")
    shoot("keyboard")
    for dialog in window.findChildren(QDialog):
        dialog.close()


def _versions(window: Window, publishing: FakePublishing, shoot: Callable[[str], None]) -> None:
    _act(window, "versions")
    shoot("versions-none")
    first, second = load(SAMPLE), _later(load(SAMPLE))
    for flow, by in ((first, "Ann"), (second, "Bob")):
        publishing.publish(flow, by=by)
    publishing.entitle(first.id, 1, "Before the summer sale")
    _act(window, "versions")
    shoot("versions-drawing")
    window.findChild(VersionList, "versions").setCurrentRow(1)
    shoot("versions")


def _compare(window: Window, shoot: Callable[[str], None]) -> None:
    flow = load(SAMPLE)
    window.aside._compare.made.compare(_later(flow), "back-in-stock-from-bob.json", flow)
    window.go_to("compare")
    shoot("compare")


def _elsewhere(window: Window, shoot: Callable[[str], None]) -> None:
    window.flows.close_all()
    document = Document(load(SAMPLE), SAMPLE)
    window.open(document)
    current = window.flows.current
    assert current is not None
    document.do(EditBlock("thanks", say("We will tell you.")), Words("Edit"))
    current.elsewhere.theirs = _later(load(SAMPLE))
    window.flows.changed.emit()
    shoot("elsewhere")
    current.elsewhere.theirs = None
    window.flows.changed.emit()


def _damaged(window: Window, shoot: Callable[[str], None]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        torn = Path(folder) / "torn.json"
        text = SAMPLE.read_text("utf-8")
        torn.write_text(text[: text.index('"connections"') + 40], "utf-8")
        QTimer.singleShot(300, lambda: shoot("damaged"))
        QTimer.singleShot(1_500, lambda: QApplication.activeModalWidget().close())
        window.flows.open_path(torn)


def _later(flow: Flow) -> Flow:
    """Something of everything that can be different."""
    gone = next(id for id in flow.blocks if id.startswith("kept"))
    for change in (removal(flow, gone), EditBlock("thanks", say("Thank you! We will write."))):
        flow, _inverse = change.apply(flow)
    flow, _inverse = Connect("start", "next", "thanks").apply(flow)
    return replace(flow, name="Back in stock, summer")


def _act(window: Window, name: str) -> None:
    window.findChild(QAction, f"action_{name}").trigger()
    QApplication.processEvents()
    window.setFocus(Qt.FocusReason.OtherFocusReason)
