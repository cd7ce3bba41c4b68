"""Planted mistakes, each told apart from its correct twin."""

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from otn_studio.blocks.block import Block
from otn_studio.blocks.comparing import Operator
from otn_studio.blocks.elements.buttons import Button, Buttons
from otn_studio.blocks.elements.quick_replies import QuickReplies, QuickReply
from otn_studio.blocks.finding import Finding, Severity
from otn_studio.blocks.logic.condition import Condition, FieldTest
from otn_studio.blocks.logic.go_to_flow import GoToFlow
from otn_studio.blocks.message.send_message import SendMessage
from otn_studio.blocks.start.announced import Announced
from otn_studio.blocks.start.another_flow import AnotherFlow
from otn_studio.blocks.start.opted_in import OptedIn
from otn_studio.blocks.start.resumed import Resumed
from otn_studio.blocks.start.stopped import Stopped
from otn_studio.checks.proof.findings import findings
from otn_studio.flow.document import Flow
from otn_studio.flow.project import Project
from otn_studio.policy.profiles import PROFILES, Rules
from tests.builders import START, a_flow, ask, ask_weekly, say
from tests.checks.proof.proving import (
    ASKING,
    CLASSIC,
    ERROR,
    WARNING,
    WEEKLY,
    by,
    flow,
    proved,
    wait,
)


def waits_before_a_plain_message(amount: int, unit: str) -> Flow:
    return flow("start > w", "w > say", w=wait(amount, unit), say=say())


@pytest.mark.parametrize(
    ("amount", "unit", "severity"),
    [
        (23, "hour", None),
        (23 * 60 + 57, "minute", None),
        (23 * 60 + 58, "minute", WARNING),
        (23 * 60 + 59, "minute", WARNING),
        (24, "hour", ERROR),
        (25, "hour", ERROR),
    ],
)
def test_a_plain_message_after_a_wait_has_to_come_in_time_even_if_each_step_comes_late(
    amount, unit, severity
):
    expected = [("say", "too_late", severity)] if severity else []
    assert proved(waits_before_a_plain_message(amount, unit)) == expected


def test_after_too_late_nothing_is_found():
    flow = waits_before_a_plain_message(25, "hour")
    provided = replace(
        flow,
        blocks={**flow.blocks, "end": wait(1, "day")},
        connections={**flow.connections, "say": {"too_late": "end"}},
    )
    assert proved(provided) == []


def test_what_follows_a_yes_can_come_after_the_window():
    assert proved(flow(*ASKING, ask=ask(), first=say())) == [("first", "too_late", WARNING)]


def test_a_permission_is_good_for_one_message_in_the_year():
    assert proved(flow(*ASKING, ask=ask(), first=by("shoes"))) == []


def test_a_second_message_by_the_same_permission_is_an_error():
    twice = flow(*ASKING, "first > second", ask=ask(), first=by("shoes"), second=by("shoes"))
    assert proved(twice) == [("second", "no_permission", ERROR)]


def test_a_message_that_nobody_asked_for_is_an_error():
    assert proved(flow("start > first", first=by("shoes"))) == [("first", "no_permission", ERROR)]


def test_two_branches_that_both_run_can_not_share_one_permission():
    both = flow(
        *ASKING,
        "ask > w",
        "w > later",
        ask=ask(),
        first=by("shoes"),
        w=wait(3, "day"),
        later=by("shoes"),
    )
    assert proved(both) == [("later", "no_permission", ERROR)]


def test_two_branches_of_which_one_runs_can_share_it():
    either = flow(
        "start > ask",
        "ask.card.opted_in > c",
        "c.yes > first",
        "c.no > second",
        ask=ask(),
        c=Condition(tests=[FieldTest(field="size", operator=Operator.IS_SET)]),
        first=by("shoes"),
        second=by("shoes"),
    )
    assert proved(either) == []


def test_a_permission_can_end_while_the_flow_waits():
    def waits(days: int) -> Flow:
        return flow(*ASKING, "first > m", ask=ask(), first=wait(days, "day"), m=by("shoes"))

    assert proved(waits(364)) == []
    assert proved(waits(365)) == [("m", "expired", WARNING)]
    assert proved(waits(366)) == [("m", "expired", ERROR)]


def test_what_two_flows_do_with_one_yes_is_seen():
    asking = flow(*ASKING, ask=ask(), first=by("shoes"))
    waiting = a_flow({"s": OptedIn(topic="shoes"), "m": by("shoes")}, "s > m", id="other")
    assert proved(waiting) == []
    assert proved(asking, waiting) == [("first", "no_permission", ERROR)]


def test_a_button_can_be_tapped_twice_and_a_quick_reply_only_once():
    button = SendMessage(elements=[Buttons(id="b", text="?", buttons=[Button(id="x", title="X")])])
    reply = SendMessage(
        elements=[QuickReplies(id="b", text="?", replies=[QuickReply(id="x", title="X")])]
    )

    def after(choice: SendMessage) -> Flow:
        blocks = {"ask": ask(), "first": choice, "m": by("shoes"), "late": wait(1, "day")}
        return flow(*ASKING, "first.too_late > late", "first.b.x > m", **blocks)

    assert ("m", "no_permission", WARNING) in proved(after(button))
    assert ("m", "no_permission", WARNING) not in proved(after(reply))
    assert proved(after(reply)) == [("m", "expired", WARNING)]


# Recurring topics

GONE = wait(1, "day")
"""Where a person goes who stopped the topic, or was asked twice."""


def weekly(*sends: Block, rules: Rules = CLASSIC) -> list[tuple[str, str, Severity]]:
    """What is found in a flow that does this after a yes to weekly news."""
    arrows = ["start > ask", "ask.card.opted_in > n0", "ask.could_not_send > gone"]
    blocks = {f"n{index}": block for index, block in enumerate(sends)}
    arrows += [f"n{index} > n{index + 1}" for index in range(len(sends) - 1)]
    arrows += [
        f"{id}.could_not_send > gone" for id, b in blocks.items() if isinstance(b, SendMessage)
    ]
    drawn = a_flow(
        {"start": START, "ask": ask_weekly(), "gone": GONE, **blocks}, *arrows, recurring=WEEKLY
    )
    return proved(drawn, rules=rules)


def test_a_lasting_permission_allows_one_message_a_week():
    assert weekly(by("news")) == []
    assert weekly(by("news"), wait(7, "day"), by("news")) == []
    assert weekly(by("news"), wait(8, "day"), by("news"), wait(8, "day"), by("news")) == []


def test_a_chain_of_three_day_waits_breaks_a_weekly_topic():
    three_days = wait(3, "day")
    assert weekly(by("news"), three_days, by("news")) == [("n2", "too_soon", WARNING)]
    assert weekly(by("news"), three_days, by("news"), three_days, by("news")) == [
        ("n2", "too_soon", WARNING),
        ("n4", "too_soon", ERROR),
    ]


def test_seven_days_are_too_few_where_a_week_can_be_an_hour_longer():
    berlin = Rules(zone=ZoneInfo("Europe/Berlin"))
    week = [by("news"), wait(7, "day"), by("news")]
    assert weekly(*week, rules=berlin) == [("n2", "too_soon", WARNING)]
    longer = [by("news"), wait(7 * 24 + 1, "hour"), by("news")]
    assert weekly(*longer, rules=berlin) == []


def test_the_second_message_right_after_the_yes_is_free_and_short():
    assert weekly(by("news"), by("news")) == []
    assert weekly(by("news"), by("news", "x" * 251)) == [("n1", "too_long", WARNING)]
    assert weekly(by("news"), wait(5, "minute"), by("news")) == [("n2", "too_soon", WARNING)]


def test_a_profile_with_rolling_days_knows_no_weeks():
    rolling = Rules(PROFILES["rn-2023"])
    assert weekly(by("news"), wait(24, "hour"), by("news"), rules=rolling) == []
    assert weekly(by("news"), wait(23, "hour"), by("news"), rules=rolling) == [
        ("n2", "too_soon", ERROR)
    ]
    assert weekly(by("news"), wait(47, "hour"), by("news"), rules=Rules(PROFILES["rn-2025"])) == [
        ("n2", "too_soon", ERROR)
    ]


def test_where_recurring_messages_are_retired_every_one_is_an_error():
    retired = PROFILES["retired-2026"]
    assert weekly(by("news"), rules=Rules(retired, country="DE")) == []
    found = weekly(by("news"), rules=Rules(retired, country="US"))
    assert {(code, severity) for _, code, severity in found} == {("not_in_country", ERROR)}


def test_a_lasting_permission_can_end_and_be_stopped():
    blocks = {"ask": ask_weekly(), "gone": GONE, "w": wait(270, "day"), "m": by("news")}
    arrows = ("start > ask", "ask.could_not_send > gone", "ask.card.opted_in > w", "w > m")
    drawn = a_flow({"start": START, **blocks}, *arrows, recurring=WEEKLY)
    assert proved(drawn) == [("m", "stopped", WARNING)]
    longer = replace(drawn, blocks={**drawn.blocks, "w": wait(275, "day")})
    assert set(proved(longer)) == {("m", "stopped", WARNING), ("m", "expired", WARNING)}


def test_somebody_can_be_asked_twice_in_a_week():
    arrows = ("start > ask", "ask.card.opted_in > m", "m.could_not_send > gone")
    drawn = a_flow(
        {"start": START, "ask": ask_weekly(), "m": by("news"), "gone": GONE},
        *arrows,
        recurring=WEEKLY,
    )
    assert proved(drawn) == [("ask", "asked_lately", WARNING)]


def test_going_to_another_flow_and_back_is_followed():
    inner = a_flow({"in": AnotherFlow(), "w": wait(25, "hour")}, "in > w", id="inner")
    outer = flow("start > go", "go > say", go=GoToFlow(flow="inner"), say=say())
    assert proved(outer, inner) == [("say", "too_late", ERROR)]
    short = replace(inner, blocks={**inner.blocks, "w": wait(1, "hour")})
    assert proved(outer, short) == []


@pytest.mark.parametrize("start", [Stopped(topic="news"), Resumed(topic="news")])
def test_changing_their_mind_opens_no_window(start):
    drawn = a_flow({"s": start, "m": say()}, "s > m", recurring=WEEKLY)
    assert [(block, code) for block, code, _ in proved(drawn)] == [("m", "too_late")]


def test_after_an_announcement_one_message_by_its_topic_goes_out():
    def announced(*arrows: str, **blocks: Block) -> Flow:
        return a_flow({"s": Announced(topic="shoes"), **blocks}, *arrows)

    assert proved(announced("s > m", m=by("shoes"))) == []
    assert proved(announced("s > m", m=say())) == [("m", "too_late", ERROR)] or proved(
        announced("s > m", m=say())
    ) == [("m", "too_late", WARNING)]
    assert proved(announced("s > m", "m > n", m=by("shoes"), n=by("shoes"))) == [
        ("n", "no_permission", ERROR)
    ]


# Stories


def story_of(*flows: Flow) -> Finding:
    ((finding, *_), *_) = findings(Project.of(*flows)).values()
    return finding


def test_a_finding_tells_its_shortest_story():
    finding = story_of(flow(*ASKING, ask=ask(), first=say()))
    assert finding.story is not None
    _, yes = finding.story.moments
    assert (finding.story.block, finding.story.refusal) == ("first", "too_late")
    assert yes.pause >= timedelta(hours=23)
    assert "24 hours" in str(finding.words)
