import pytest

from otn_studio import shipped
from otn_studio.blocks.words import Words
from otn_studio.flow.changes import Rename
from otn_studio.flow.reading import load
from otn_studio.studio.document.document import Document
from otn_studio.studio.document.recovery import PAUSE_MILLISECONDS, Recovery, leftovers

SAMPLE = shipped.path("flows/back-in-stock.json")
MOST_THAT_MAY_BE_LOST = 2_000


@pytest.fixture
def document(qapp, tmp_path):
    document = Document(load(SAMPLE), tmp_path / "flow.json")
    Recovery(document, tmp_path / "recovery")
    yield document
    document.deleteLater()


def draw(document, name: str) -> None:
    document.do(Rename(name), Words("Rename"))


def test_what_is_drawn_is_kept_aside_within_two_seconds(qtbot, document, tmp_path):
    draw(document, "Drawn")
    qtbot.waitUntil(lambda: bool(leftovers(tmp_path / "recovery")), timeout=MOST_THAT_MAY_BE_LOST)
    ((flow, path),) = leftovers(tmp_path / "recovery")
    assert (flow.name, path) == ("Drawn", tmp_path / "flow.json")


def test_drawing_without_a_pause_does_not_put_it_off(qtbot, document, tmp_path):
    for n in range(30):
        draw(document, f"Drawn {n}")
        qtbot.wait(PAUSE_MILLISECONDS // 15)
    ((flow, _),) = leftovers(tmp_path / "recovery")
    assert flow.name.startswith("Drawn")


def test_saving_leaves_nothing_behind(qtbot, document, tmp_path):
    draw(document, "Drawn")
    qtbot.waitUntil(lambda: bool(leftovers(tmp_path / "recovery")))
    document.save(tmp_path / "flow.json")
    assert leftovers(tmp_path / "recovery") == []


def test_undoing_everything_leaves_nothing_behind(qtbot, tmp_path):
    path = tmp_path / "flow.json"
    document = Document(load(SAMPLE))
    document.save(path)
    Recovery(document, tmp_path / "recovery")
    draw(document, "Drawn")
    document.undo()
    qtbot.wait(PAUSE_MILLISECONDS * 2)
    assert leftovers(tmp_path / "recovery") == []


def test_what_cannot_be_read_is_left_alone(tmp_path):
    (tmp_path / "broken.json").write_text("{")
    assert leftovers(tmp_path) == []
    assert (tmp_path / "broken.json").exists()
