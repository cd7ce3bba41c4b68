"""Files that are given to Messenger, and sent by their numbers."""

import json
from datetime import timedelta

import pytest

from otn_studio.emulator import actions
from otn_studio.emulator.calls import File
from otn_studio.emulator.errors import GraphError
from otn_studio.emulator.sends import read_send
from otn_studio.emulator.uploads import upload
from otn_studio.policy import limits

ORIGIN = "http://127.0.0.1:8041"
PICTURE = File("shoe.png", b"picture")


def params(file=PICTURE, medium="image", **payload):
    payload = {"is_reusable": True, **payload}
    message = {"attachment": {"type": medium, "payload": payload}}
    return {"message": json.dumps(message)} | ({"filedata": file} if file else {})


def by_number(person, number, medium="image"):
    attachment = {"type": medium, "payload": {"attachment_id": number}}
    return read_send({"recipient": {"id": person.id}, "message": {"attachment": attachment}})


@pytest.fixture
def met(world, ana):
    actions.write(world, ana, "Hi")
    return ana


def test_a_file_is_sent_by_its_number_again_and_again(world, met):
    number = upload(world, params(), ORIGIN)["attachment_id"]
    for _ in range(2):
        world.receive(by_number(met, number))
        shown = met.phone.entries[-1].shown()
        assert (shown["kind"], shown["url"]) == (
            "picture",
            f"{ORIGIN}/emulator/files/{number}/shoe.png",
        )


def test_a_file_from_the_web(world, met):
    url = "https://x.test/tour.mp4"
    number = upload(world, params(None, "video", url=url), ORIGIN)["attachment_id"]
    world.receive(by_number(met, number, "video"))
    assert met.phone.entries[-1].fields == {"url": url}


def test_a_number_is_forgotten_after_90_days(world, met, clock):
    number = upload(world, params(), ORIGIN)["attachment_id"]
    clock.advance(timedelta(days=90))
    actions.write(world, met, "Hi")
    with pytest.raises(GraphError) as refused:
        world.receive(by_number(met, number))
    assert (refused.value.code, refused.value.subcode) == (100, 2018074)


@pytest.mark.parametrize(("number", "medium"), [("1", "image"), (None, "video")])
def test_a_number_of_no_such_file(world, met, number, medium):
    kept = upload(world, params(), ORIGIN)["attachment_id"]
    with pytest.raises(GraphError):
        world.receive(by_number(met, number or kept, medium))


def test_what_is_not_reusable_cannot_be_sent(world, met):
    number = upload(world, params(is_reusable=False), ORIGIN)["attachment_id"]
    with pytest.raises(GraphError):
        world.receive(by_number(met, number))


@pytest.mark.parametrize(
    "wrong",
    [
        params(File("shoe.png", b"")),
        params(File("shoe.png", b"x" * (limits.ATTACHMENT_BYTES + 1))),
        params(File("shoe.exe", b"x")),
        params(None),
        params(medium="template"),
        {"filedata": PICTURE},
    ],
    ids=["empty", "too large", "no picture", "no file", "no medium", "no message"],
)
def test_what_messenger_does_not_take(world, wrong):
    with pytest.raises(GraphError) as refused:
        upload(world, wrong, ORIGIN)
    assert refused.value.code == 100
    assert world.files.uploads == 0
