"""What a message can hold, from end to end: an engine and an emulator as processes, over real HTTP."""

import pytest
from sqlalchemy import select

from otn_studio.blocks.elements.audio import Audio
from otn_studio.blocks.elements.buttons import Button
from otn_studio.blocks.elements.carousel import Carousel, CarouselCard
from otn_studio.blocks.elements.picture import Picture
from otn_studio.blocks.elements.quick_replies import PhoneOrEmail, QuickReplies
from otn_studio.blocks.elements.text import Text
from otn_studio.blocks.elements.typing_pause import TypingPause
from otn_studio.blocks.message.send_message import SendMessage
from otn_studio.blocks.start.default_reply import DefaultReply
from otn_studio.cli.stage import Stage
from otn_studio.flow.project import Project
from otn_studio.runtime.publishing import publish
from otn_studio.storage.tables import contact
from tests.cli.waiting import wait_until
from tests.interpreter.flows import flow, keyword, says


def card(id: str) -> CarouselCard:
    call = Button(id="call", title="Call", phone="+1 510 555 1234")
    buy = Button(id="buy", title="Buy")
    return CarouselCard(id=id, title=f"{id} shoe", subtitle="42", buttons=(buy, call))


SHOWS = SendMessage(
    elements=(
        Picture(id="shoe", url="media/shoe.png"),
        Audio(id="hello", url="media/hello.mp3"),
        TypingPause(id="pause", seconds=4),
        Carousel(id="shoes", cards=(card("blue"), card("red"))),
        Text(id="hi", text="Which one?"),
    )
)
TEL = PhoneOrEmail(id="tel", field="mood")
REACH = QuickReplies(id="reach", text="How do we reach you?", replies=(TEL,))
FLOW = flow(
    {
        "start": keyword("shoes"),
        "shows": SHOWS,
        "reach": SendMessage(elements=(REACH,)),
        "number": DefaultReply(),
        "thanks": says("Thank you"),
    },
    "start.next > shows",
    "shows.shoes.red.buy > reach",
    "number.next > thanks",
    id="shoes",
)


@pytest.fixture
def stage(tmp_path):
    with Stage(tmp_path, "Kicks & Co", send_timeout="5") as stage:
        stage.start_engine()
        stage.subscribe()
        yield stage


def kinds(person) -> list[str]:
    return [entry["kind"] for entry in person.phone() if entry["from"] == "page"]


def test_a_person_gets_everything_and_taps_what_there_is_to_tap(stage, tmp_path):
    home = tmp_path / "flows"
    (home / "media").mkdir(parents=True)
    (home / "media" / "shoe.png").write_bytes(b"\x89PNG blue")
    (home / "media" / "hello.mp3").write_bytes(b"hello")
    publish(stage.database, stage.page_id, Project.of(FLOW), stage.now(), {FLOW.id: home})
    ann = stage.emulator.add_person("Ann")
    ann.write("shoes")
    wait_until(ann.sees_typing)
    assert kinds(ann) == ["picture", "audio"]
    wait_until(lambda: kinds(ann)[2:] == ["cards", "text"])
    picture, _sound, cards, _text = [e for e in ann.phone() if e["from"] == "page"]
    assert picture["url"].endswith("/shoe.png")
    buy, call = cards["cards"][1]["buttons"]
    assert (buy["title"], call["phone"]) == ("Buy", "+15105551234")
    ann.tap(buy["payload"])
    wait_until(lambda: kinds(ann)[4:] == ["quick_replies"])
    (number,) = ann.phone()[-1]["quick_replies"]
    assert ann.tap(number)[0]["message"]["quick_reply"] == {"payload": number}
    wait_until(lambda: ann.phone()[-1].get("text") == "Thank you")
    with stage.database.reading() as connection:
        (kept,) = connection.scalars(select(contact.c.fields))
    assert kept["mood"] == number
