"""Comments below posts, through the engine: one private reply, and the rest after the answer."""

from typing import Any

import pytest

from otn_studio.blocks.duration import Duration
from otn_studio.blocks.logic.wait import Wait
from otn_studio.blocks.start.comment import Comment
from otn_studio.messenger.inbox import Kind, unpack
from tests.interpreter.flows import flow, says
from tests.runtime.far_end import MONDAY, PAGE, lost, refused

FLOW = flow(
    {"c": Comment(keywords=("size",)), "first": says("Hello!"), "then": says("More")},
    "c.next > first",
    "first.next > then",
)


def change(text: str = "Which size?", comment: str = "7_1", **more: Any) -> dict[str, Any]:
    value = {
        "item": "comment",
        "verb": "add",
        "comment_id": comment,
        "post_id": f"{PAGE}_7",
        "from": {"id": "ann", "name": "Ann"},
        "message": text,
    }
    return {"field": "feed", "value": value | more}


def comment(shop, text: str = "Which size?", id: str = "7_1", **more: Any) -> None:
    shop.arrives("change", change(text, id, **more))


def recipients(shop) -> list[dict[str, str]]:
    return [body["recipient"] for body in shop.far_end.all_calls]


def test_the_comment_is_answered_without_a_window_and_the_rest_follows_the_answer(shop):
    shop.publish(FLOW)
    comment(shop)
    assert shop.far_end.texts() == ["Hello!"]
    assert recipients(shop) == [{"comment_id": "7_1"}]
    shop.advance(days=2)
    assert shop.far_end.texts() == []
    shop.write("Yes?")
    assert shop.far_end.texts() == ["More"]
    assert recipients(shop)[1:] == [{"id": "ann"}]


@pytest.mark.parametrize("other", [{"verb": "edited"}, {"item": "like"}, {"verb": "remove"}])
def test_what_is_no_new_comment_with_these_words_starts_nothing(shop, other):
    shop.publish(FLOW)
    comment(shop, **other)
    comment(shop, "Nice colour")
    assert shop.far_end.texts() == []


def test_a_comment_opens_no_window(shop):
    shop.publish(flow({"c": Comment(), "m": says("One", "two")}, "c.next > m"))
    comment(shop)
    assert shop.far_end.texts() == []
    assert (
        "Not sent: a comment can be answered with one message only, which asks for no permission"
        in shop.notes()
    )


@pytest.mark.parametrize(("days", "texts"), [(6, ["Hello!"]), (7, ["Sorry"])])
def test_after_seven_days_it_is_too_late(shop, days, texts):
    wait = Wait(for_=Duration(days, "day"))
    shop.publish(
        flow(
            {"c": Comment(), "w": wait, "m": says("Hello!"), "sorry": says("Sorry")},
            *("c.next > w", "w.next > m", "m.too_late > sorry"),
        )
    )
    comment(shop)
    shop.advance(days=days)
    if days == 7:  # only somebody who has written can be told
        assert shop.far_end.texts() == []
        return
    assert shop.far_end.texts() == texts


def test_a_reply_that_waits_for_messenger_keeps_its_comment(shop):
    shop.far_end.will_answer(refused(2))
    shop.publish(FLOW)
    comment(shop)
    shop.advance(minutes=5)
    assert recipients(shop) == [{"comment_id": "7_1"}] * 2
    assert shop.sends() == [("sent", None)]


def test_a_reply_whose_end_nobody_saw_is_not_sent_again(shop):
    shop.far_end.will_answer(lost())
    shop.publish(FLOW)
    comment(shop)
    shop.advance(days=1)
    assert recipients(shop) == [{"comment_id": "7_1"}]
    shop.write("Yes?")
    assert shop.far_end.texts() == ["Hello!", "More"]


def test_only_a_comment_of_somebody_else_is_somebodys():
    entry = {"id": PAGE, "changes": [change(), change(**{"from": {"id": PAGE}}), change(item="x")]}
    body = str({"object": "page", "entry": [entry]}).replace("'", '"').encode()
    received = unpack(body, MONDAY)
    assert [(one.kind, one.person_id) for one in received] == [
        (Kind.CHANGE, "ann"),
        (Kind.CHANGE, ""),
        (Kind.CHANGE, ""),
    ]
