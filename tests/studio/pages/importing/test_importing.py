"""Importing as a person does it: choose, look, filter, import; and what can go wrong."""

import json
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLabel, QListView, QWidget

from otn_studio.exchange import folder as folders
from otn_studio.exchange.report import Fate
from otn_studio.flow.reading import load
from otn_studio.studio.pages.importing import work
from otn_studio.studio.pages.importing.rows import ROW, Group

BOOKING = Path(__file__).parents[3] / "exchange" / "twilio" / "booking.json"


@pytest.fixture
def project(tmp_path):
    folder = tmp_path / "project"
    folder.mkdir()
    return folder


def look_into(desk, file: Path, folder: Path) -> None:
    desk.window._preferences.folder = folder
    desk.window.exchange.look_into(file)
    desk.bot.waitUntil(lambda: desk.find("leave_import").isVisible())


def shown(desk) -> list:
    model = desk.find("import_items").model()
    return [model.index(row, 0).data(ROW) for row in range(model.rowCount())]


def booked(desk, project, file: Path = BOOKING) -> None:
    look_into(desk, file, project)
    desk.bot.waitUntil(lambda: desk.find("import_now").isEnabled())


def test_it_shows_what_becomes_of_each_part_before_anything_is_written(desk, project):
    booked(desk, project)
    group, *lines = shown(desk)
    assert group == Group("Booking a table", len(lines))
    lost = next(line for line in lines if line.name == "note_it")
    assert (lost.fate, lost.word, lost.kind) == (Fate.LOST, "Lost", "Run-function")
    assert lost.why.startswith("There is nothing like it here.")
    assert desk.find("import_fate_4").text() == "Lost  4"
    assert not list(project.iterdir())


def test_by_fate_and_by_words(desk, project):
    booked(desk, project)
    desk.press("import_fate_4")
    assert {line.fate for line in shown(desk)[1:]} == {Fate.LOST}
    desk.type("import_search", "flex")
    assert not desk.window.findChild(QWidget, "import_items").isVisible()
    assert "Nothing fits what you are looking for." in [
        label.text() for label in desk.window.findChildren(QLabel) if label.isVisible()
    ]
    desk.press("import_fate_0")
    assert [line.name for line in shown(desk)[1:]] == ["to_colleagues"]


def test_import_writes_the_flows_and_opens_the_first(desk, project):
    booked(desk, project)
    desk.press("import_now")
    desk.bot.waitUntil(lambda: desk.flow.name == "Booking a table")
    [file] = project.glob("*.json")
    assert load(file) == desk.flow
    assert desk.document.path == file


def test_what_is_there_is_replaced_only_if_that_is_wanted(desk, project, monkeypatch):
    booked(desk, project)
    desk.press("import_now")
    desk.bot.waitUntil(lambda: bool(list(project.glob("*.json"))))
    [file] = project.glob("*.json")
    file.write_text(file.read_text().replace("Booking a table", "My tables"))
    answers = ["leave", "replace"]
    monkeypatch.setattr(
        "otn_studio.studio.pages.importing.page.Question.ask", lambda _self: answers.pop(0)
    )
    booked(desk, project)
    desk.press("import_now")
    assert load(file).name == "My tables"
    desk.press("import_now")
    desk.bot.waitUntil(lambda: load(file).name == "Booking a table")


@pytest.mark.parametrize(
    ("content", "said"),
    [("{", "file can’t be imported"), ('{"states": 1, "transitions": 2}', "“states” is")],
)
def test_what_cannot_be_read_is_said_in_one_sentence(desk, project, tmp_path, content, said):
    broken = tmp_path / "broken.json"
    broken.write_text(content)
    look_into(desk, broken, project)
    desk.bot.waitUntil(
        lambda: any(said in label.text() for label in desk.window.findChildren(QLabel))
    )
    assert desk.find("import_trouble_step").isVisible()
    assert not desk.find("import_now").isEnabled()


def test_reading_can_be_left(desk, project, monkeypatch):
    may_go_on = threading.Event()
    reads = work.reading.content
    monkeypatch.setattr(work.reading, "content", lambda file: may_go_on.wait(9) and reads(file))
    look_into(desk, BOOKING, project)
    desk.press("cancel_import")
    assert desk.window.builder.isVisible()
    may_go_on.set()
    desk.bot.waitUntil(lambda: not desk.window.exchange.pages["import"].made._background.is_busy)
    assert desk.window.builder.isVisible()


def test_writing_can_be_stopped_and_leaves_nothing(desk, project, monkeypatch):
    at_work, may_go_on = threading.Event(), threading.Event()

    def slowly(flows, folder, step):
        def stepped(done: float) -> None:
            at_work.set()
            may_go_on.wait(9)
            step(done)

        return put(flows, folder, stepped)

    put = folders.put
    monkeypatch.setattr(folders, "put", slowly)
    booked(desk, project)
    desk.press("import_now")
    desk.bot.waitUntil(at_work.is_set)
    desk.press("cancel_import")
    may_go_on.set()
    desk.bot.waitUntil(lambda: desk.find("import_now").isEnabled())
    assert not list(project.iterdir())


def test_a_folder_that_takes_nothing_is_said(desk, project):
    booked(desk, project)
    project.rmdir()
    desk.press("import_now")
    desk.bot.waitUntil(
        lambda: any(
            "can’t be written into" in one.text() for one in desk.window.findChildren(QLabel)
        )
    )


def test_another_folder_is_looked_into_anew(desk, project, tmp_path, monkeypatch):
    booked(desk, project)
    other = tmp_path / "other"
    other.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(other))
    desk.press("import_folder")
    desk.bot.waitUntil(lambda: desk.find("import_now").isEnabled())
    desk.press("import_now")
    desk.bot.waitUntil(lambda: bool(list(other.glob("*.json"))))
    assert not list(project.iterdir())


def test_the_menu_and_the_start_page_lead_here(desk, project, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(BOOKING), ""))
    desk.window._actions._made["import"][1].trigger()
    desk.bot.waitUntil(lambda: desk.find("import_now").isEnabled())
    desk.press("leave_import")
    desk.window.flows.close()
    desk.press("import_file")
    desk.bot.waitUntil(lambda: desk.find("import_now").isEnabled())


def test_open_leads_here_too_with_a_file_of_another_program(desk, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(BOOKING), ""))
    desk.window._actions._made["open"][1].trigger()
    desk.bot.waitUntil(lambda: desk.find("import_now").isEnabled())


def drop(desk, *files: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    entering = QDragEnterEvent(
        desk.window.rect().center(),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(desk.window, entering)
    assert entering.isAccepted()
    dropped = QDropEvent(
        QPointF(desk.window.rect().center()),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(desk.window, dropped)


def test_a_file_that_is_dropped_is_looked_into(desk):
    drop(desk, BOOKING)
    desk.bot.waitUntil(lambda: desk.find("import_now").isEnabled())


def test_a_flow_of_ours_that_is_dropped_is_opened(desk, tmp_path):
    from otn_studio import shipped

    drop(desk, shipped.path("flows/course.json"))
    assert desk.flow.name == "Course"


def test_many_flows_are_grouped(desk, project, monkeypatch):
    from otn_studio.blocks.words import Words
    from otn_studio.exchange.report import Imported, Item
    from otn_studio.flow.document import Flow
    from otn_studio.studio.pages.importing import page

    flows = tuple(Flow(f"f{n}", f"Flow {n}") for n in range(60))
    items = [
        Item(Fate.CREATED, Words("node"), f"n{i}", f"/n/{i}", flow=f"f{i % 60}") for i in range(900)
    ]
    loose = Item(Fate.LOST, Words("label"), "Vip", "/labels/0", Words("There are no labels."))
    link = Item(Fate.CREATED, Words("m.me link"), "Vip", "/links/0")
    found = work.Found("Many", Imported(flows, (*items, loose, link)), ())
    monkeypatch.setattr(page, "look_into", lambda file, folder: found)
    booked(desk, project)
    rows = shown(desk)
    assert len([row for row in rows if isinstance(row, Group)]) == 61
    assert rows[-3] == Group("In no flow", 2)
    assert [row.kind for row in rows[-2:]] == ["Label", "m.me link"]
    assert isinstance(desk.find("import_items"), QListView)


def exported(desk, monkeypatch, tmp_path, name: str, kind: str) -> Path:
    def asked(_parent, _title, _proposal, kinds):
        return str(tmp_path / name), next(one for one in kinds.split(";;") if kind in one)

    monkeypatch.setattr(QFileDialog, "getSaveFileName", asked)
    desk.window._actions._made["export"][1].trigger()
    return tmp_path / name


@pytest.mark.parametrize(
    ("name", "kind", "begins"),
    [
        ("a.png", "png", b"\x89PNG"),
        ("a.svg", "svg", b"<?xml"),
        ("a.mmd", "mmd", b"---"),
        ("a.json", "OTN Studio (*.json)", b"{"),
    ],
)
def test_the_menu_exports(desk, monkeypatch, tmp_path, name, kind, begins):
    desk.window.flows.open_sample("course")
    file = exported(desk, monkeypatch, tmp_path, name, kind)
    desk.bot.waitUntil(file.exists)
    assert file.read_bytes().startswith(begins)
    desk.bot.waitUntil(lambda: not desk.window.findChildren(QDialog, "exporting"))


def test_what_the_other_program_has_not_is_shown(desk, monkeypatch, tmp_path):
    desk.window.flows.open_sample("course")
    file = exported(desk, monkeypatch, tmp_path, "a.twilio.json", "Twilio")
    desk.bot.waitUntil(file.exists)
    assert json.loads(file.read_text())["states"]
    desk.bot.waitUntil(lambda: bool(desk.window.findChildren(QDialog, "export_report")))
    [report] = desk.window.findChildren(QDialog, "export_report")
    assert report.findChild(QListView).model().rowCount() > 1
    report.accept()
