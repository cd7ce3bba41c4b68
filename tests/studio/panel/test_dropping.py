"""Pictures and the like by drop: onto their field, onto their element, between elements."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt

from otn_studio.blocks.elements.card import Card
from otn_studio.blocks.elements.picture import Picture
from otn_studio.blocks.elements.text import Text
from otn_studio.blocks.elements.video import Video
from otn_studio.blocks.message.send_message import SendMessage
from otn_studio.policy import limits
from otn_studio.policy.media import Medium
from otn_studio.studio import web_sizes
from tests.builders import started
from tests.studio.panel.dropping import data_of, drop, hover, leave
from tests.studio.panel.web import serving

URL = "elements.1.url"


@pytest.fixture
def folder(tmp_path) -> Path:
    home = tmp_path / "flows"
    home.mkdir()
    return home


@pytest.fixture
def here(stage, folder):
    elements = (Text(id="hi", text="Hello"), Picture(id="shoe"))
    made = stage(started(SendMessage(elements=elements)))
    made.document.path = folder / "flow.json"
    made.select()
    return made


@pytest.fixture
def file(tmp_path) -> Path:
    made = tmp_path / "shoe.png"
    made.write_bytes(b"blue")
    return made


def elements(here):
    return here.block().elements


def stack(here):
    return here.target("elements").editor


def field(here):
    here.select("it", URL)
    return here.target(URL).editor


def test_a_file_dropped_onto_the_field_is_brought_beside_the_flow(here, folder, file):
    assert drop(field(here), file)
    here.wait(lambda: elements(here)[1].url == "media/shoe.png")
    assert (folder / "media" / "shoe.png").read_bytes() == b"blue"
    assert here.undo_says() == "Choose picture"
    here.document.undo()
    assert elements(here)[1].url == ""


def test_an_address_dropped_onto_the_field_is_taken(here):
    with serving() as web:
        assert drop(field(here), f"{web}/1/shoe.png")
        assert elements(here)[1].url == f"{web}/1/shoe.png"
        assert here.find(URL).text() == f"{web}/1/shoe.png"


def test_what_is_neither_is_not_taken(here):
    assert not drop(field(here), "mailto:ann@example.com")
    assert elements(here)[1].url == ""


def test_the_field_shows_that_it_would_take_it(here, file):
    editor = field(here)
    assert hover(editor, data_of(file), QPoint(5, 5))
    assert here.find(URL).property("dropping") is True
    leave(editor)
    assert here.find(URL).property("dropping") is False


@pytest.mark.parametrize(
    ("name", "bytes", "says"),
    [
        ("tour.mp4", 1, "can’t show “tour.mp4” here. Choose a file that ends with .gif, .jpeg"),
        ("shoe.png", limits.ATTACHMENT_BYTES + 1, "larger than the 25 MB"),
    ],
)
def test_a_file_that_messenger_does_not_take_says_why(here, folder, tmp_path, name, bytes, says):
    with (tmp_path / name).open("wb") as made:
        made.truncate(bytes)
    drop(field(here), tmp_path / name)
    here.wait(lambda: any(says in said for said in here.said_beside(URL)))
    assert elements(here)[1].url == ""
    assert not (folder / "media").exists()


def test_a_picture_on_the_web_that_is_too_large_is_told(here):
    with serving() as web:
        drop(field(here), f"{web}/9/shoe.png")
        here.wait(lambda: any("9.0 MB" in said for said in here.said_beside(URL)))
        assert "no more than 8 MB from the web" in here.said_beside(URL)[-1]
        here.find(URL).setFocus()
        here.find(URL).selectAll()
        here.type(f"{web}/8/shoe.png")
        here.press(Qt.Key.Key_Return)
        here.wait(lambda: here.said_beside(URL) == [])


def test_an_address_that_is_typed_is_asked_when_one_is_done(here):
    with serving() as web:
        field(here)
        here.find(URL).setFocus()
        here.type(f"{web}/9/shoe.png")
        here.press(Qt.Key.Key_Return)
        here.wait(lambda: any("9.0 MB" in said for said in here.said_beside(URL)))


@pytest.mark.parametrize("size", ["unknown", "gone"])
def test_a_server_that_does_not_tell_is_believed(size):
    with serving() as web:
        assert web_sizes.size_of(f"{web}/{size}/shoe.png") is None
    assert web_sizes.size_of(f"{web}/1/shoe.png") is None, "nobody is there any more"
    assert web_sizes.complaint(None, Medium.PICTURE) is None


def test_a_file_dropped_onto_its_element_fills_it(here, file):
    card = here.find("elements.1")
    assert drop(stack(here), file, card.geometry().center())
    here.wait(lambda: elements(here)[1].url == "media/shoe.png")
    assert [element.id for element in elements(here)] == ["hi", "shoe"]
    assert here.undo_says() == "Choose picture"


def test_a_file_dropped_onto_an_element_of_another_kind_makes_its_own(here, tmp_path):
    (tmp_path / "tour.mp4").write_bytes(b"film")
    card = here.find("elements.1")
    assert drop(stack(here), tmp_path / "tour.mp4", card.geometry().bottomLeft())
    here.wait(lambda: len(elements(here)) == 3)
    assert [type(element) for element in elements(here)] == [Text, Picture, Video]
    assert elements(here)[1].url == ""


def test_an_address_that_tells_nothing_is_taken_by_the_element_below(here):
    card = here.find("elements.1")
    with serving() as web:
        assert drop(stack(here), f"{web}/1/shoe", card.geometry().center())
        assert elements(here)[1].url == f"{web}/1/shoe"


def test_the_element_shows_that_it_would_take_it(here, file):
    card = here.find("elements.1")
    hover(stack(here), data_of(file), card.geometry().center())
    assert card.property("dropping") is True
    leave(stack(here))
    assert card.property("dropping") is False


def test_a_file_dropped_between_elements_makes_one_of_its_kind(here, tmp_path):
    (tmp_path / "tour.mp4").write_bytes(b"film")
    assert drop(stack(here), tmp_path / "tour.mp4", here.find("elements.0").geometry().topLeft())
    here.wait(lambda: len(elements(here)) == 3)
    assert isinstance(elements(here)[0], Video)
    assert elements(here)[0].url == "media/tour.mp4"
    assert here.undo_says() == "Add Video"


def test_an_address_makes_one_where_its_end_tells_of_what_kind(here):
    below = QPoint(10, stack(here).height() - 1)
    assert not drop(stack(here), "https://example.com/shop", below)
    with serving() as web:
        assert drop(stack(here), f"{web}/1/shoe.png", below)
        assert elements(here)[-1].url == f"{web}/1/shoe.png"


def test_a_message_without_elements_takes_the_first(stage, folder, file):
    here = stage(started(SendMessage()))
    here.document.path = folder / "flow.json"
    here.select()
    assert drop(stack(here), file)
    here.wait(lambda: len(elements(here)) == 1)


def test_before_the_flow_is_saved_there_is_no_place_for_files(here, file):
    here.document.path = None
    drop(stack(here), file)
    here.wait(lambda: any("Save the flow first" in said for said in here.said_beside("elements")))
    assert len(elements(here)) == 2


PICTURE = "elements.0.picture"


@pytest.fixture
def card(stage):
    made = stage(started(SendMessage(elements=(Card(id="card", title="Shoe"),))))
    made.select("it", PICTURE)
    return made


def test_the_picture_of_a_card_is_dropped_by_its_address_and_weighed(card):
    with serving() as web:
        assert drop(card.target(PICTURE).editor, f"{web}/9/shoe.png")
        assert elements(card)[0].picture == f"{web}/9/shoe.png"
        card.wait(lambda: any("9.0 MB" in said for said in card.said_beside(PICTURE)))


def test_the_picture_of_a_card_can_t_be_a_file(card, file):
    assert drop(card.target(PICTURE).editor, file)
    assert card.said_beside(PICTURE)[-1].startswith("This picture must be on the web")
    assert elements(card)[0].picture == ""
