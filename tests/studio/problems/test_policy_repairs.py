"""Repairs of what may be refused: each makes its finding go away, brings no other, and is one step."""

from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from otn_studio.blocks.block import Block
from otn_studio.blocks.elements.buttons import Button, Buttons
from otn_studio.blocks.finding import Finding, Severity
from otn_studio.blocks.logic.wait import Wait
from otn_studio.blocks.message.send_message import SendMessage
from otn_studio.blocks.start.resumed import Resumed
from otn_studio.checks.check import check
from otn_studio.flow.document import Flow, Position
from otn_studio.flow.project import Project
from otn_studio.policy.calendar import Frequency
from otn_studio.studio.document.document import Document
from otn_studio.studio.problems.repairs import repair
from tests.builders import START, a_flow, ask, ask_weekly, say

BY_SHOES = say().model_copy(update={"by_topic": "shoes"})
BY_NEWS = say().model_copy(update={"by_topic": "news"})
TAP = SendMessage(elements=(Buttons(id="b", text="?", buttons=(Button(id="yes", title="Yes"),)),))
WEEKLY = {"news": Frequency.WEEKLY}


def found(flow: Flow) -> list[Finding]:
    return [f for f in check(Project.of(flow))[flow.id] if f.severity is not Severity.UNSURE]


def waiting(time: str, *more: str) -> Flow:
    """Somebody writes, time passes, and a message follows."""
    waits = {f"wait-{number}": Wait(for_=each) for number, each in enumerate((time, *more))}
    order = ["start", *waits, "it"]
    arrows = [f"{one} > {other}" for one, other in pairwise(order)]
    return a_flow({"start": START, **waits, "it": say()}, *arrows)


def twice_by_news(*times: str, more: tuple[str, ...] = (), **blocks: Block) -> Flow:
    """After a yes to weekly news, a message by it, and another one when some time has passed."""
    waits = {f"wait-{number}": Wait(for_=time) for number, time in enumerate(times)}
    order = ["first", *waits, "it"]
    arrows = [f"{one} > {other}" for one, other in pairwise(order)]
    outs = [f"{id}.could_not_send > out" for id in ("ask", "first", "it")]
    return a_flow(
        {
            "start": START,
            "ask": ask_weekly(),
            "first": BY_NEWS,
            "out": Wait(),
            **waits,
            "it": BY_NEWS,
            **blocks,
        },
        *("start > ask", "ask.card.opted_in > first", *arrows, *outs, *more),
        recurring=WEEKLY,
    )


BROKEN = {
    "a wait": (waiting("2 days"), "policy_too_late", "Shorten the wait to 23 hours"),
    "the longest of several waits": (
        waiting("20 hours", "5 hours"),
        "policy_too_late",
        "Shorten the wait to 18 hours",
    ),
    "a wait after a yes": (
        a_flow(
            {"start": START, "ask": ask(), "wait": Wait(for_="2 days"), "it": say()},
            *("start > ask", "ask.card.opted_in > wait", "wait > it"),
        ),
        "policy_too_late",
        "Send by “Shoes”",
    ),
    "thanks for a late yes": (
        a_flow(
            {"start": START, "ask": ask(), "it": say()}, "start > ask", "ask.card.opted_in > it"
        ),
        "policy_too_late",
        "Say what happens when it is too late",
    ),
    "a second message by one yes": (
        a_flow(
            {"start": START, "ask": ask(), "one": BY_SHOES, "it": BY_SHOES},
            *("start > ask", "ask.card.opted_in > one", "one > it"),
        ),
        "policy_no_permission",
        "Add a way out",
    ),
    "a topic that can be stopped": (
        a_flow(
            {"start": START, "ask": ask_weekly(), "out": Wait(), "it": BY_NEWS},
            *("start > ask", "ask.could_not_send > out", "ask.card.opted_in > it"),
            recurring=WEEKLY,
        ),
        "policy_stopped",
        "Add a way out",
    ),
    "a wait that is shorter than a week": (
        twice_by_news("3 days"),
        "policy_too_soon",
        "Wait 8 days instead",
    ),
    "the longer of two waits": (
        twice_by_news("1 hour", "3 days"),
        "policy_too_soon",
        "Wait 8 days instead",
    ),
    "a week without a wait": (
        twice_by_news(more=("it > again", "again.could_not_send > out"), again=BY_NEWS),
        "policy_too_soon",
        "Wait 8 days before",
    ),
    "a follow-up that is too long": (
        twice_by_news(it=say("x " * 200).model_copy(update={"by_topic": "news"})),
        "policy_too_long",
        "Shorten",
    ),
    "a follow-up that is too long, with values of the person": (
        twice_by_news(
            it=say("x" * 260 + "{{ contact.size }}").model_copy(update={"by_topic": "news"})
        ),
        "policy_too_long",
        "Wait 8 days before",
    ),
    "a topic that is wanted again": (
        a_flow({"s": Resumed(topic="news"), "it": BY_NEWS}, "s > it", recurring=WEEKLY),
        "policy_too_soon",
        "Add a way out",
    ),
    "a question asked twice": (
        a_flow(
            {"start": START, "it": ask_weekly(), "out": Wait()},
            *("start > it", "it.card.opted_in > out"),
            recurring=WEEKLY,
        ),
        "policy_asked_lately",
        "Add a way out",
    ),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_repair_makes_its_finding_go_away_and_can_be_undone(case):
    flow, code, words = BROKEN[case]
    (finding,) = [f for f in found(flow) if f.code == code]
    document = Document(flow)
    made = repair(finding, flow)
    assert str(made.words) == words
    document.do(made.change, made.words)
    before = {(f.code, f.block) for f in found(flow)} - {(code, "it")}
    assert {(f.code, f.block) for f in found(document.flow)} <= before
    document.undo()
    assert document.flow == flow


def test_a_way_out_is_placed_beside_the_block_where_nothing_stands():
    flow, code, _words = BROKEN["thanks for a late yes"]
    layout = {"it": Position(0, 0), "ask": Position(320, 160)}
    flow = Flow(**{**vars(flow), "layout": layout})
    (finding,) = [f for f in found(flow) if f.code == code]
    mended, _ = repair(finding, flow).change.apply(flow)
    (made,) = mended.blocks.keys() - flow.blocks.keys()
    assert mended.layout[made] == Position(320, 360)


def test_people_who_missed_something_are_noted_in_one_field():
    flow = a_flow(
        {"start": START, "ask": ask(), "it": say(), "tap": TAP, "wait": Wait(), "late": say()},
        *("start > ask", "ask.card.opted_in > it", "it > tap", "tap.b.yes > wait", "wait > late"),
    )
    document = Document(flow)
    for _ in range(2):
        finding = next(f for f in found(document.flow) if f.code == "policy_too_late")
        made = repair(finding, document.flow)
        document.do(made.change, made.words)
    assert list(document.flow.fields) == ["size", "missed_a_message"]


def test_what_has_a_way_out_already_gets_no_other():
    flow, code, _words = BROKEN["a topic that can be stopped"]
    (finding,) = [f for f in found(flow) if f.code == code]
    mended, _ = repair(finding, flow).change.apply(flow)
    assert repair(finding, mended) is None


def test_in_the_window_it_comes_beside_blocks_that_were_laid_out_by_us(desk):
    flow, _code, _words = BROKEN["thanks for a late yes"]
    desk.window.open(Document(flow))
    desk.bot.waitUntil(lambda: len(desk.window.builder.checker.findings) == 1)
    desk.press("problems_toggle")
    table = desk.window.builder.problems.findChild(QWidget, "problems")
    place = table.visualRect(table.model().index(0, 2)).center()
    desk.bot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    (made,) = desk.flow.blocks.keys() - flow.blocks.keys()
    boxes = desk.canvas.plan.boxes
    assert boxes[made].x > boxes["it"].right
    assert not any(boxes[made].meets(boxes[id]) for id in flow.blocks)
