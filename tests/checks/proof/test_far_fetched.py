"""Mistakes that only a far-fetched story shows: each is found, and comes true before the judge."""

from dataclasses import replace
from datetime import time

import pytest

from otn_studio.blocks.actions.set_field import SetField
from otn_studio.blocks.elements.buttons import Button, Buttons
from otn_studio.blocks.elements.question import Question
from otn_studio.blocks.finding import Severity
from otn_studio.blocks.logic.condition import Condition
from otn_studio.blocks.logic.wait_until_date import WaitUntilDate
from otn_studio.blocks.logic.wait_until_time import WaitUntilTime
from otn_studio.blocks.message.send_message import SendMessage
from otn_studio.blocks.start.stopped import Stopped
from otn_studio.blocks.testing import Holding, TimeTest, TopicTest
from otn_studio.checks.proof.findings import findings
from otn_studio.flow.document import Flow
from otn_studio.flow.project import Project
from tests.builders import a_flow, ask, ask_weekly, say
from tests.checks.proof.proving import WEEKLY, by, flow, proved, wait
from tests.checks.proof.telling import told


def a_stop(*arrows: str, **blocks) -> Flow:
    """A flow that begins when somebody stops the news."""
    return a_flow({"start": Stopped(topic="news"), **blocks}, *arrows, recurring=WEEKLY)


def at_noon() -> Flow:
    """Too late for who writes just after noon, if the step comes late; then it asks nevertheless."""
    return flow(
        *("start > noon", "noon > say", "say.too_late > ask"),
        noon=WaitUntilTime(at=time(12)),
        say=say(),
        ask=ask(),
    )


def long_ago() -> Flow:
    return flow(
        *("start > date", "date > day", "date.missed > day", "day > say"),
        date=WaitUntilDate(until="2029-01-01"),
        day=wait(2, "day"),
        say=say(),
    )


def only_if_missed() -> Flow:
    return flow(
        *("start > date", "date.missed > day", "day > say"),
        date=WaitUntilDate(until="2029-01-01"),
        day=wait(2, "day"),
        say=say(),
    )


def in_the_evening() -> Flow:
    office = Condition(tests=(TimeTest(begins=time(9), ends=time(17)),))
    return a_stop("start > if", "if.no > say", **{"if": office, "say": say()})


def holding_another() -> Flow:
    holds = Condition(tests=(TopicTest(topic="shoes", state=Holding.NOT_HELD),))
    return a_stop("start > if", "if.no > say", **{"if": holds, "say": say()})


def empty_in_german() -> Flow:
    drawn = flow(
        *("start > say", "say.could_not_send > day", "day > late"),
        say=say(),
        day=wait(2, "day"),
        late=say(),
    )
    return replace(drawn, translations={"de": {"say": {"text.text": "{{ contact.size }}"}}})


def tapped_twice() -> Flow:
    buttons = Buttons(id="b", text="Well?", buttons=[Button(id="go", title="Go")])
    return flow(
        *("start > menu", "menu.b.go > month", "month > ask"),
        menu=SendMessage(elements=(buttons,)),
        month=wait(32, "day"),
        ask=ask_weekly(),
        recurring=WEEKLY,
    )


def stopped_before_the_answer() -> Flow:
    question = Question(id="q", text="Size?", tries=1)
    return flow(
        *("start > ask", "ask.card.opted_in > q", "q > week", "week > size", "size > news"),
        ask=ask_weekly(),
        q=SendMessage(elements=(question,)),
        week=wait(8, "day"),
        size=SendMessage(elements=(Question(id="q", text="And now?", tries=1),)),
        news=by("news"),
        recurring=WEEKLY,
    )


@pytest.mark.parametrize(
    ("drawn", "block", "code"),
    [
        (at_noon(), "ask", "too_late"),
        (long_ago(), "say", "too_late"),
        (only_if_missed(), "say", "too_late"),
        (in_the_evening(), "say", "too_late"),
        (holding_another(), "say", "too_late"),
        (empty_in_german(), "late", "too_late"),
        (tapped_twice(), "ask", "asked_lately"),
        (stopped_before_the_answer(), "news", "stopped"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_story_is_found_and_comes_true(drawn, block, code):
    project = Project.of(drawn)
    here = [
        finding
        for finding in findings(project)[drawn.id]
        if (finding.block, finding.code) == (block, f"policy_{code}")
    ]
    assert [finding.severity for finding in here] != [Severity.UNSURE]
    assert [told(project, finding) for finding in here] == [[]]


def test_a_text_field_takes_any_text_so_nobody_goes_on_by_doesnt_fit():
    drawn = flow(
        *("start > set", "set.doesnt_fit > day", "day > late"),
        set=SetField(field="size", value="{{ contact.size }}"),
        day=wait(2, "day"),
        late=say(),
    )
    assert proved(drawn) == []


def test_what_follows_a_request_that_is_always_refused_is_not_reached():
    drawn = flow(
        *("start > once", "once > again", "again.card.opted_in > month", "month > late"),
        once=ask_weekly(),
        again=ask_weekly(),
        month=wait(32, "day"),
        late=say(),
        recurring=WEEKLY,
    )
    assert {(block, code) for block, code, _ in proved(drawn)} == {
        ("once", "asked_lately"),
        ("again", "asked_lately"),
    }
