"""A damaged file: what can be saved of it opens, once that is wanted."""

import pytest
from PySide6.QtWidgets import QPushButton

from otn_studio import shipped
from otn_studio.studio.widgets.question import Question

TEXT = shipped.path("flows/back-in-stock.json").read_text("utf-8")


@pytest.fixture
def asked(monkeypatch):
    """Presses the button of these words, and keeps what was said."""
    said: list[str] = []

    def answer(words: str) -> list[str]:
        def exec(question: Question) -> None:
            said.append(question.accessibleDescription())
            buttons = question.findChildren(QPushButton)
            next(button for button in buttons if button.text() == words).click()

        monkeypatch.setattr(Question, "exec", exec)
        return said

    return answer


@pytest.fixture
def file(tmp_path):
    file = tmp_path / "torn.json"
    file.write_text(TEXT[: TEXT.index('"connections"') + 40], "utf-8")
    return file


def test_what_can_be_read_opens_as_a_new_flow_and_the_file_stays(desk, asked, file):
    before = file.read_bytes()
    said = asked("Open what can be read")
    desk.window.flows.open_path(file)
    assert desk.flow.name == "Back in stock"
    assert desk.flow.blocks
    assert desk.document.path is None
    assert file.read_bytes() == before
    assert said[0].startswith(
        "“torn.json”: 13 blocks can be read. What comes after that in the file"
    )


def test_nothing_opens_where_that_is_not_wanted(desk, asked, file):
    asked("Don’t open it")
    desk.window.flows.open_path(file)
    assert desk.flow.name == "New flow"


def test_closing_what_was_saved_asks_first(desk, asked, file):
    asked("Open what can be read")
    desk.window.flows.open_path(file)
    said = asked("Stay here")
    desk.window.flows.close()
    assert said[-1] == "“Back in stock” has changes that are not saved."
    assert desk.flow.name == "Back in stock"


def test_a_file_of_which_nothing_is_left_says_only_that(desk, asked, tmp_path):
    nothing = tmp_path / "nothing.json"
    nothing.write_text("{")
    said = asked("Close")
    desk.window.flows.open_path(nothing)
    assert said == [
        "“nothing.json”: The file is damaged, or of another kind: it can’t be read from line 1 on."
    ]
