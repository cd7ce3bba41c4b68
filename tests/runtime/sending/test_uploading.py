"""Files of flows: kept when they are published, uploaded once, sent by number, renewed in time."""

import pytest

from otn_studio.blocks.elements.audio import Audio
from otn_studio.blocks.elements.picture import Picture
from otn_studio.blocks.elements.text import Text
from otn_studio.blocks.message.send_message import SendMessage
from otn_studio.blocks.words import Problem
from otn_studio.flow.project import Project
from otn_studio.messenger.errors import GraphError, Reaction
from otn_studio.messenger.graph import CallFailed
from otn_studio.policy import limits
from otn_studio.runtime.publishing import Published, publish, wake_engine
from tests.interpreter.flows import flow, keyword, says
from tests.runtime.far_end import PAGE

GREETING = Text(id="hi", text="Here it is")
PICTURE = Picture(id="shoe", url="media/shoe.png")
FLOW = flow(
    {
        "s": keyword("hi"),
        "m": SendMessage(elements=[GREETING, PICTURE]),
        "n": says("Sorry"),
    },
    "s.next > m",
    "m.could_not_send > n",
)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "media").mkdir()
    (tmp_path / "media" / "shoe.png").write_bytes(b"blue")
    return tmp_path


def go_live(shop, folder, made=FLOW):
    found = publish(shop.database, PAGE, Project.of(made), shop.clock.now(), {made.id: folder})
    wake_engine(shop.database, PAGE)
    version = found[0].version
    shop.wait_until(lambda: shop.engine.health()["flows"].get(made.id) == version)


def attachments(shop):
    found = [call["message"].get("attachment") for call in shop.far_end.all_calls]
    return [attachment for attachment in found if attachment]


def sent(number):
    return {"type": "image", "payload": {"attachment_id": number}}


def refusal(reaction):
    return CallFailed("No picture.", GraphError(100, None, "No picture.", reaction))


def test_a_file_is_uploaded_once_and_sent_by_its_number(shop, folder):
    go_live(shop, folder)
    shop.wait_until(lambda: shop.far_end.uploads)
    for person in ("ann", "bob"):
        shop.write("hi", person)
        shop.wait_until(lambda: all(state == "sent" for state, _ in shop.sends()))
    assert attachments(shop) == [sent("a1"), sent("a1")]
    assert shop.far_end.uploads == [("image", "shoe.png", b"blue")]


def test_the_number_is_asked_for_anew_before_messenger_forgets_it(shop, folder):
    go_live(shop, folder)
    shop.wait_until(lambda: shop.far_end.uploads)
    shop.advance(days=limits.ATTACHMENT_DAYS - 10)
    shop.write("hi")
    shop.wait_until(lambda: len(shop.far_end.uploads) == 2)
    shop.advance(days=limits.ATTACHMENT_DAYS - 1)
    shop.write("hi")
    shop.wait_until(lambda: len(attachments(shop)) == 2)
    assert attachments(shop) == [sent("a1"), sent("a2")]


def test_a_message_waits_for_a_file_that_messenger_does_not_have_yet(shop, folder):
    shop.far_end.upload_fails += [CallFailed("no network")]
    go_live(shop, folder)
    shop.wait_until(lambda: shop.far_end.uploads)
    shop.write("hi")
    shop.wait_until(lambda: shop.sends()[1:] == [("due", "upload")])
    shop.clock.advance(seconds=10)
    shop.wait_until(lambda: shop.sends() == [("sent", None)] * 2)
    assert attachments(shop) == [sent("a2")]


def test_a_file_that_messenger_will_never_take_is_told_to_the_flow(shop, folder):
    shop.far_end.upload_fails += [refusal(Reaction.FAILED)]
    go_live(shop, folder)
    shop.wait_until(lambda: shop.far_end.uploads)
    shop.write("hi")
    shop.wait_until(lambda: len(shop.sends()) == 3)
    shop.settle()
    assert shop.sends() == [("sent", None), ("failed", "file_refused"), ("sent", None)]
    assert shop.far_end.texts()[-1] == "Sorry"


def test_a_version_keeps_the_file_that_it_was_published_with(shop, folder):
    go_live(shop, folder)
    (folder / "media" / "shoe.png").write_bytes(b"red")
    go_live(shop, folder)
    shop.wait_until(lambda: len(shop.far_end.uploads) == 2)
    programs = Published(shop.database, PAGE)
    urls = {
        version: programs.version(FLOW.id, version).flow.blocks["m"].elements[1].url
        for version in (1, 2)
    }
    assert urls[1] != urls[2]
    assert all(url.startswith("kept:") and url.endswith("/shoe.png") for url in urls.values())
    assert [content for *_, content in shop.far_end.uploads] == [b"blue", b"red"]


def test_the_same_file_again_is_the_same_version(shop, folder):
    go_live(shop, folder)
    go_live(shop, folder)
    assert shop.engine.health()["flows"][FLOW.id] == 1


def test_a_sound_goes_in_the_queue_of_what_messenger_takes_slowly(shop, folder):
    (folder / "media" / "hello.mp3").write_bytes(b"la")
    sound = SendMessage(elements=[Audio(id="a", url="media/hello.mp3")])
    go_live(shop, folder, flow({"s": keyword("hi"), "m": sound}, "s.next > m"))
    shop.wait_until(lambda: shop.far_end.uploads)
    shop.write("hi")
    shop.wait_until(lambda: shop.sends() == [("sent", None)])
    assert attachments(shop) == [{"type": "audio", "payload": {"attachment_id": "a1"}}]


def test_a_file_that_is_missing_too_large_or_elsewhere_is_told_in_a_sentence(shop, folder):
    def refused(where):
        with pytest.raises(Problem) as told:
            publish(shop.database, PAGE, Project.of(FLOW), shop.clock.now(), where)
        return str(told.value)

    assert "is not in the folder of “Flow”" in refused({})
    shoe = folder / "media" / "shoe.png"
    shoe.unlink()
    assert "“media/shoe.png” is not in the folder" in refused({FLOW.id: folder})
    shoe.symlink_to("/etc/hostname")
    assert "is not in the folder" in refused({FLOW.id: folder})
    shoe.unlink()
    shoe.write_bytes(b"x" * (limits.ATTACHMENT_BYTES + 1))
    assert "larger than the 25 MB" in refused({FLOW.id: folder})
    assert shop.engine.health()["flows"] == {}
