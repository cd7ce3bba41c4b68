"""Every word of the program's own on the screens goes through the catalogues."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QWidget

from otn_studio.blocks import languages
from otn_studio.blocks.element import Element
from otn_studio.blocks.languages import language_name
from otn_studio.blocks.message.send_message import SendMessage
from otn_studio.flow.document import Flow
from otn_studio.studio import words
from otn_studio.studio.canvas import ways
from otn_studio.studio.document.document import Document
from tests.words.declared import declared

NAMES = {"OTN Studio", "Kicks & Co"}
LANGUAGES = {language_name(code) for code in languages.NAMES}
"""Each is called as its speakers call it, in whichever language the program speaks."""
OF_QT = {"Scroll Left", "Scroll Right"}


class Foreign:
    """A language in which every text is ¡put like this!"""

    def gettext(self, message: str) -> str:
        return f"¡{message}!"

    def ngettext(self, one: str, many: str, n: int) -> str:
        return f"¡{one if n == 1 else many}!"


@pytest.fixture(autouse=True)
def _abroad(monkeypatch):
    monkeypatch.setattr(words, "_TRANSLATOR", Foreign())
    monkeypatch.setattr(
        ways, "_fixed", ways._fixed.__wrapped__
    )  # else later tests are told so, too


def of_every_type() -> Flow:
    """A flow with all that there is, in which nobody has written a word yet."""
    elements = [kind(id=str(n)) for n, kind in enumerate(declared()) if issubclass(kind, Element)]
    blocks = [kind() for kind in declared() if kind not in (SendMessage, *map(type, elements))]
    blocks.append(SendMessage(elements=elements))
    return Flow("1", "1", blocks={str(number): block for number, block in enumerate(blocks)})


def english(window: QWidget) -> list[str]:
    """The words that a person reads or hears as they are in the source."""
    return [
        f"{where.objectName() or type(where).__name__}: {text}"
        for where, text in texts(window)
        if "¡" not in text and any(map(str.isalpha, text)) and text not in NAMES | LANGUAGES | OF_QT
    ]


def texts(window: QWidget) -> Iterator[tuple[QWidget | QAction, str]]:
    for widget in window.findChildren(QWidget):
        said = [widget.toolTip(), widget.accessibleName(), widget.accessibleDescription()]
        if isinstance(widget, QLabel | QAbstractButton):
            said.append(widget.text())
        if isinstance(widget, QLineEdit):
            said.append(widget.placeholderText())
        if isinstance(widget, QComboBox):
            said += [widget.itemText(index) for index in range(widget.count())]
        yield from ((widget, text) for text in said)
    yield from ((action, action.text()) for action in window.findChildren(QAction))


def test_nothing_on_the_pages_is_left_in_english(desk):
    for page in ("contents", "contacts", "engine", "flows"):
        desk.press(f"menu_{page}")
        assert english(desk.window) == []


def test_nothing_in_any_form_is_left_in_english(desk):
    desk.window.open(Document(of_every_type()))
    builder = desk.window.builder
    desk.bot.waitUntil(lambda: bool(builder.checker.findings))
    for id, block in desk.flow.blocks.items():
        for field in ("", *(f"elements.{n}" for n, _ in enumerate(getattr(block, "elements", ())))):
            builder.selection.select([id], field)
            assert english(desk.window) == []
