"""The proof holds in whichever of its languages a flow is read."""

from dataclasses import replace

from otn_studio.blocks.elements.text import Text
from otn_studio.blocks.message.send_message import SendMessage
from otn_studio.checks.proof.findings import findings
from otn_studio.flow.document import Flow
from otn_studio.flow.project import Project
from otn_studio.policy.calendar import Frequency
from tests.builders import START, a_flow, ask_weekly

LONG = "x" * 251


def news(text: str) -> SendMessage:
    return SendMessage(elements=(Text(id="text", text=text),), by_topic="news")


def follow_up(original: str, german: str) -> Flow:
    """The second message right after a yes to a lasting topic, which has to be short."""
    flow = a_flow(
        {"start": START, "ask": ask_weekly(), "first": news("Hello!"), "next": news(original)},
        *("start > ask", "ask.card.opted_in > first", "first > next"),
        recurring={"news": Frequency.WEEKLY},
    )
    return replace(flow, language="en", translations={"de": {"next": {"text.text": german}}})


def codes(*flows: Flow) -> set[str]:
    return {f.code for found in findings(Project.of(*flows)).values() for f in found}


def test_a_text_that_is_too_long_in_one_language_alone_is_found():
    assert "policy_too_long" not in codes(follow_up("Short", "Kurz"))
    assert "policy_too_long" in codes(follow_up("Short", LONG))
    assert "policy_too_long" in codes(follow_up(LONG, "Kurz"))


def test_requests_that_differ_but_for_a_language_may_be_the_same():
    flow = a_flow(
        {"start": START, "one": ask_weekly("Deals?"), "other": ask_weekly("News?")},
        *("start > one", "one > other", "one.could_not_send > other"),
        recurring={"news": Frequency.WEEKLY},
    )
    same = {id: {"card.title": "Na?"} for id in ("one", "other")}
    spoken = replace(flow, language="en", translations={"de": same})
    found = findings(Project.of(spoken))["shop"]
    assert "policy_asked_lately" in {f.code for f in found if f.block == "other"}
