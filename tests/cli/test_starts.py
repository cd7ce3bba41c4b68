"""Flows that begin below a post or in the Page's menu, in practice: engine and emulator for real."""

from dataclasses import replace

from otn_studio.blocks.start.comment import Comment
from otn_studio.blocks.start.ice_breaker import IceBreaker
from otn_studio.blocks.start.menu_entry import MenuEntry
from tests.builders import a_flow, say
from tests.cli.test_services import Hands, hands
from tests.cli.waiting import wait_until

__all__ = ["hands"]
FLOW = replace(
    a_flow(
        {
            "comment": Comment(keywords=("size",)),
            "menu": MenuEntry(text="Talk to us"),
            "question": IceBreaker(question="When are you open?"),
            "hello": say("Hello from below"),
            "more": say("And more"),
            "talk": say("Let us talk"),
            "open": say("Always"),
        },
        *("comment > hello", "hello > more", "menu > talk", "question > open"),
        topics=(),
        fields=(),
    ),
    language="en",
)


def texts(hands: Hands) -> list[str]:
    """What the Page has written."""
    entries = hands.practice.look().entries
    return [entry["text"] for entry in entries if entry["from"] == "page"]


def test_a_comment_and_what_the_page_shows_begin_a_conversation(hands):
    hands.publishing.publish(FLOW)
    wait_until(lambda: hands.practice.look().choices == ("Talk to us", "When are you open?"))
    hands.practice.comment("Which size?")
    wait_until(lambda: texts(hands) == ["Hello from below"])
    assert "When are you open?" in hands.practice.look().choices
    hands.practice.write("Thanks!")
    wait_until(lambda: texts(hands) == ["Hello from below", "And more"])
    assert hands.practice.look().choices == ("Talk to us",)
    hands.practice.choose("Talk to us")
    wait_until(lambda: texts(hands)[-1] == "Let us talk")
    hands.practice.begin_anew("Bob")
    hands.practice.choose("When are you open?")
    wait_until(lambda: texts(hands) == ["Always"])
