import pytest

from otn_studio import shipped
from otn_studio.blocks.words import Words
from otn_studio.flow import kept_changes
from otn_studio.flow.changes import Impossible, RemoveBlock, Rename, edit, removal
from otn_studio.flow.reading import load
from otn_studio.studio.document.document import Document

SAMPLE = shipped.path("flows/back-in-stock.json")


@pytest.fixture
def document(qapp):
    return Document(load(SAMPLE), SAMPLE)


def test_undo_takes_back_and_redo_brings_again_with_words(document):
    before = document.flow
    document.do(removal(before, "wait"), Words("Delete “{name}”", name="Wait"))
    after = document.flow
    assert str(document.undo_words()) == "Delete “Wait”"
    document.undo()
    assert document.flow == before
    assert document.undo_words() is None
    assert str(document.redo_words()) == "Delete “Wait”"
    document.redo()
    assert document.flow == after


def test_letters_typed_in_a_row_undo_as_one(document):
    for name in ("B", "Ba", "Bac"):
        document.do(Rename(name), Words("Rename"), merge="name")
    document.undo()
    assert document.flow.name == "Back in stock"
    document.redo()
    assert document.flow.name == "Bac"


def test_a_long_text_typed_in_one_go_undoes_as_one_and_is_kept(document):
    before = document.flow
    for length in range(1, 2_001):
        say = document.flow.blocks["ask"].model_copy(update={"title": "x" * length})
        document.do(edit(document.flow, "ask", say), Words("Write"), merge="ask title")
    assert len(kept_changes.written(document.history.done[-1].inverse)["changes"]) == 1
    document.undo()
    assert document.flow == before
    document.redo()
    assert document.flow.blocks["ask"].title == "x" * 2_000


def test_a_pause_in_typing_makes_two_steps(document):
    document.do(Rename("One"), Words("Rename"), merge="name")
    document.end_merging()
    document.do(Rename("Two"), Words("Rename"), merge="name")
    document.undo()
    assert document.flow.name == "One"


def test_something_new_forgets_what_was_undone(document):
    document.do(Rename("One"), Words("Rename"))
    document.undo()
    document.do(Rename("Two"), Words("Rename"))
    assert document.redo_words() is None


def test_what_is_impossible_changes_nothing(document, qtbot):
    before = document.flow
    with qtbot.assertNotEmitted(document.changed), pytest.raises(Impossible):
        document.do(RemoveBlock("wait"), Words("Delete"))
    assert document.flow is before
    assert document.undo_words() is None


def test_it_knows_whether_the_file_has_all_of_it(document, tmp_path, qtbot):
    assert document.is_saved
    document.do(Rename("Other"), Words("Rename"))
    assert not document.is_saved
    with qtbot.waitSignal(document.state_changed):
        document.save(tmp_path / "new.json")
    assert document.is_saved
    assert load(document.path).name == "Other"


def test_undoing_back_to_what_was_saved_is_saved(document):
    document.do(Rename("Other"), Words("Rename"))
    document.undo()
    assert document.is_saved


def test_a_flow_that_was_recovered_is_not_saved(qapp):
    assert not Document.recovered(load(SAMPLE), SAMPLE).is_saved
