"""Pictures and the like from a file of one's own."""

import pytest
from PySide6.QtWidgets import QFileDialog

from otn_studio.blocks.elements.picture import Picture
from otn_studio.blocks.elements.video import Video
from otn_studio.blocks.message.send_message import SendMessage
from otn_studio.policy import limits
from tests.builders import started

URL = "elements.0.url"


class Chosen:
    """A person in front of the form of one element, whose flow lies in a folder, and what they pick."""

    def __init__(self, stage, monkeypatch, folder, element):
        self.here = stage(started(SendMessage(elements=(element,))))
        self.here.document.path = folder / "flow.json"
        self.here.select("it", URL)
        self.asked = None
        self.file = ""
        monkeypatch.setattr(QFileDialog, "getOpenFileName", self._pick)

    def _pick(self, _window, title, folder, kinds):
        self.asked = (title, folder, kinds)
        return str(self.file), ""

    def pick(self, file):
        self.file = file
        self.here.click(f"{URL} file")

    @property
    def url(self):
        return self.here.block().elements[0].url

    def becomes(self, url):
        self.here.qtbot.waitUntil(lambda: self.url == url)
        assert self.here.find(URL).text() == url

    def is_told(self, words):
        self.here.qtbot.waitUntil(lambda: any(words in said for said in self.said))

    @property
    def said(self):
        return self.here.said_beside(URL)


@pytest.fixture
def folder(tmp_path):
    home = tmp_path / "flows"
    home.mkdir()
    return home


@pytest.fixture
def chosen(stage, monkeypatch, folder):
    return Chosen(stage, monkeypatch, folder, Picture(id="shoe"))


def test_the_button_is_as_high_as_the_line_beside_it(chosen):
    line, button = chosen.here.find(URL), chosen.here.find(f"{URL} file")
    assert (button.y(), button.height()) == (line.y(), line.height())


def test_a_file_from_elsewhere_is_copied_beside_the_flow(chosen, folder, tmp_path):
    (tmp_path / "shoe.png").write_bytes(b"blue")
    chosen.pick(tmp_path / "shoe.png")
    chosen.becomes("media/shoe.png")
    assert (folder / "media" / "shoe.png").read_bytes() == b"blue"
    assert chosen.asked == ("Choose picture", str(folder), "Files (*.gif *.jpeg *.jpg *.png)")
    chosen.here.qtbot.waitUntil(lambda: chosen.said == [])
    chosen.here.document.undo()
    assert chosen.url == ""


def test_a_file_that_lies_there_already_is_taken_as_it_is(chosen, folder):
    (folder / "pictures").mkdir()
    (folder / "pictures" / "shoe.png").write_bytes(b"blue")
    chosen.pick(folder / "pictures" / "shoe.png")
    chosen.becomes("pictures/shoe.png")
    assert not (folder / "media").exists()


def test_another_file_of_the_same_name_gets_a_name_of_its_own(chosen, folder, tmp_path):
    (folder / "media").mkdir()
    (folder / "media" / "shoe.png").write_bytes(b"red")
    (tmp_path / "shoe.png").write_bytes(b"blue")
    for _ in range(2):
        chosen.pick(tmp_path / "shoe.png")
        chosen.becomes("media/shoe-2.png")
    names = sorted(path.name for path in (folder / "media").iterdir())
    assert names == ["shoe-2.png", "shoe.png"]


def test_a_file_that_messenger_does_not_take_is_not_brought(chosen, folder, tmp_path):
    (tmp_path / "shoe.png").write_bytes(b"x" * (limits.ATTACHMENT_BYTES + 1))
    chosen.pick(tmp_path / "shoe.png")
    chosen.is_told("larger than the 25 MB")
    assert chosen.url == ""
    assert not (folder / "media").exists()


def test_a_file_that_is_gone_is_told(chosen, tmp_path):
    chosen.pick(tmp_path / "nothing.png")
    chosen.is_told("can’t be brought beside the flow")


def test_the_flow_needs_a_folder_first(chosen, tmp_path):
    chosen.here.document.path = None
    chosen.pick(tmp_path / "shoe.png")
    assert chosen.asked is None
    chosen.is_told("Save the flow first")


def test_no_choice_changes_nothing(chosen):
    chosen.here.click(f"{URL} file")
    assert chosen.asked is not None
    assert chosen.url == ""


def test_an_address_is_typed(chosen):
    chosen.here.type("https://x.org/a.png")
    assert chosen.url == "https://x.org/a.png"


def test_of_an_address_that_is_left_the_beginning_is_seen(chosen):
    line = chosen.here.find(URL)
    chosen.here.type("https://x.org/a.png")
    assert line.cursorPosition() == len(chosen.url)
    line.clearFocus()
    assert line.cursorPosition() == 0


def test_of_an_address_that_comes_from_elsewhere_the_beginning_is_seen(chosen):
    line = chosen.here.find(URL)
    line.clearFocus()
    line.setText("before")
    chosen.here.target(URL).editor.take("https://x.org/a.png")
    assert (line.text(), line.cursorPosition()) == ("https://x.org/a.png", 0)


def test_a_file_that_is_not_there_any_more_is_told(stage, monkeypatch, folder):
    chosen = Chosen(stage, monkeypatch, folder, Video(id="tour", url="media/tour.mp4"))
    chosen.here.type("x")
    chosen.is_told("“media/tour.mp4x” is not in the folder of the flow")
