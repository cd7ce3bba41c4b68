"""Undo after a restart."""

import json
import shutil
from pathlib import Path

import pytest

from otn_studio import shipped
from otn_studio.blocks.words import Words
from otn_studio.flow import writing
from otn_studio.flow.changes import Rename, removal
from otn_studio.flow.reading import load
from otn_studio.studio.document.document import Document
from otn_studio.studio.document.past import Past

SAMPLE = shipped.path("flows/back-in-stock.json")


@pytest.fixture
def path(tmp_path) -> Path:
    return Path(shutil.copy(SAMPLE, tmp_path / "flow.json"))


@pytest.fixture
def opened(qapp, path, tmp_path):
    """Opens the file as if the program had just been started."""
    made = []

    def open() -> tuple[Document, Past]:
        document = Document(load(path), path)
        made.append(document)
        return document, Past(document, tmp_path / "history")

    yield open
    for document in made:
        document.deleteLater()


def worked_on(opened, path) -> list[str]:
    """Two steps done and one undone, then saved and closed; the flow before each and after."""
    document, past = opened()
    texts = [writing.to_text(document.flow)]
    document.do(removal(document.flow, "wait"), Words("Delete “{what}”", what=Words("Wait")))
    texts.append(writing.to_text(document.flow))
    document.do(Rename("Other"), Words("Rename"))
    texts.append(writing.to_text(document.flow))
    document.undo()
    document.save(path)
    past.keep_now()
    return texts


def test_undo_and_redo_go_on_after_a_restart(qtbot, opened, path):
    first, middle, last = worked_on(opened, path)
    document, _past = opened()
    qtbot.waitUntil(lambda: document.undo_words() is not None)
    assert writing.to_text(document.flow) == middle
    assert str(document.undo_words()) == "Delete “Wait”"
    assert str(document.redo_words()) == "Rename"
    document.redo()
    assert writing.to_text(document.flow) == last
    document.undo()
    document.undo()
    assert writing.to_text(document.flow) == first
    assert document.undo_words() is None


def test_what_was_not_closed_is_kept_after_a_moment(qtbot, opened, path, tmp_path):
    document, _past = opened()
    document.do(Rename("Other"), Words("Rename"))
    document.save(path)
    qtbot.waitUntil(lambda: any((tmp_path / "history").glob("*.json")))
    again, _past = opened()
    qtbot.waitUntil(lambda: again.undo_words() is not None)
    assert str(again.undo_words()) == "Rename"


def test_another_flow_in_the_file_has_no_past(qtbot, opened, path):
    worked_on(opened, path)
    changed, _inverse = Rename("By hand").apply(load(path))
    writing.save(changed, path)
    document, past = opened()
    qtbot.waitUntil(lambda: not past.is_busy)
    assert document.undo_words() is None


def test_what_was_done_meanwhile_counts(qtbot, opened, path):
    worked_on(opened, path)
    document, past = opened()
    document.do(Rename("Quick"), Words("Rename quickly"))
    qtbot.waitUntil(lambda: not past.is_busy)
    document.undo()
    assert document.undo_words() is None


@pytest.mark.parametrize("broken", ["{", "[]", '{"of": 1}'])
def test_a_history_that_cannot_be_read_is_let_go(qtbot, opened, path, tmp_path, broken, caplog):
    worked_on(opened, path)
    (file,) = (tmp_path / "history").glob("*.json")
    file.write_text(broken)
    document, past = opened()
    qtbot.waitUntil(lambda: not past.is_busy)
    assert document.undo_words() is None
    caplog.clear()


def test_a_history_that_does_not_lead_here_is_let_go(qtbot, opened, path, tmp_path, caplog):
    worked_on(opened, path)
    (file,) = (tmp_path / "history").glob("*.json")
    kept = json.loads(file.read_text())
    kept["done"] = [{**kept["done"][0], "change": {"change": "RemoveBlock", "id": "gone"}}]
    file.write_text(json.dumps(kept))
    document, past = opened()
    qtbot.waitUntil(lambda: not past.is_busy)
    assert document.undo_words() is None
    assert "can't be taken up" in caplog.text
    caplog.clear()
