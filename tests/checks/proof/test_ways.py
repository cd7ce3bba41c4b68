"""Ways that nobody can go, which the proof leaves out, and ways that take some doing."""

from dataclasses import replace

import pytest

from otn_studio.blocks.actions.set_field import SetField
from otn_studio.blocks.elements.buttons import Button, Buttons
from otn_studio.blocks.field import Field, FieldType
from otn_studio.blocks.finding import Finding
from otn_studio.blocks.logic.condition import Condition, FieldTest
from otn_studio.blocks.logic.end_flow import EndFlow
from otn_studio.blocks.logic.go_to_flow import GoToFlow, Result
from otn_studio.blocks.message.send_message import SendMessage
from otn_studio.blocks.start.another_flow import AnotherFlow
from otn_studio.blocks.start.default_reply import DefaultReply
from otn_studio.blocks.start.opted_in import OptedIn
from otn_studio.blocks.start.resumed import Resumed
from otn_studio.blocks.start.stopped import Stopped
from otn_studio.blocks.story import Given, React, SayYes, Write
from otn_studio.checks.proof.findings import findings
from otn_studio.flow.document import Flow
from otn_studio.flow.project import Project
from otn_studio.policy.profiles import PROFILES, Rules
from tests.builders import START, a_flow, ask, ask_weekly, say
from tests.checks.proof.proving import ERROR, WARNING, WEEKLY, by, flow, proved, wait
from tests.checks.proof.telling import told

GONE = wait(1, "day")
FOREVER = Rules(PROFILES["rn-2023"])


def size_is(value: str) -> Condition:
    return Condition(tests=[FieldTest(field="size", value=value)])


def found(*flows: Flow) -> Finding:
    """The one finding, whose story comes true."""
    project = Project.of(*flows)
    ((finding,),) = [of_flow for of_flow in findings(project).values() if of_flow]
    assert told(project, finding) == []
    return finding


# Ways that nobody can go


def two_sizes(*others: str, **blocks) -> Flow:
    """Whoever has size 1 waits too long, and whoever then has size 2 gets a message."""
    arrows = ("start > one", "one.yes > w", "w > two", "two.yes > say", *others)
    blocks = {"one": size_is("1"), "w": wait(25, "hour"), "two": size_is("2"), **blocks}
    return flow(*arrows, say=say(), **blocks)


def test_nobody_has_two_sizes():
    assert proved(two_sizes()) == []
    assert proved(two_sizes(two=size_is("1"))) == [("say", "too_late", ERROR)]


def test_whoever_is_tapped_on_the_way_has_the_same_size_still():
    button = SendMessage(elements=[Buttons(id="b", text="?", buttons=[Button(id="x", title="X")])])
    tapping = ("start > one", "one.yes > b", "b.b.x > two", "two.yes > w", "w > say")
    blocks = {"one": size_is("1"), "b": button, "w": wait(25, "hour"), "say": say()}
    assert proved(flow(*tapping, two=size_is("2"), **blocks)) == []
    assert proved(flow(*tapping, two=size_is("1"), **blocks)) == [("say", "too_late", ERROR)]


def test_a_size_that_some_flow_sets_can_change_meanwhile():
    sets = SetField(field="size", value="2")
    setting = a_flow({"s": OptedIn(topic="shoes"), "set": sets}, "s > set", id="other")
    assert [code for _, code, _ in proved(two_sizes(), setting)] == ["too_late"]


def test_what_is_set_on_the_way_stays_where_nothing_sets_it_otherwise():
    def after_setting(value: str) -> Flow:
        arrows = ("start > set", "set > w", "w > two", "two.yes > say")
        sets = SetField(field="size", value=value)
        return flow(*arrows, set=sets, w=wait(25, "hour"), two=size_is("2"), say=say())

    assert proved(after_setting("1")) == []
    assert proved(after_setting("2")) == [("say", "too_late", ERROR)]
    assert [code for _, code, _ in proved(after_setting("{{ contact.mood }}"))] == ["too_late"]
    other = replace(after_setting("2"), id="other", blocks={**after_setting("2").blocks})
    codes = {code for _, code, _ in proved(after_setting("1"), other)}
    assert codes == {"too_late"}


def test_a_value_that_does_not_fit_goes_the_way_for_that():
    sets = SetField(field="age", value="{{ contact.size }}")
    fields = {"size": Field("Size"), "age": Field("Age", FieldType.NUMBER)}

    def setting(*arrows: str) -> list:
        late = flow(*arrows, set=sets, w=wait(25, "hour"), say=say(), hi=say())
        return proved(replace(late, fields=fields))

    assert setting("start > set", "set.doesnt_fit > w", "w > say") == [("say", "too_late", ERROR)]
    assert setting("start > set", "set.doesnt_fit > hi", "set > w", "w > say") == [
        ("say", "too_late", ERROR)
    ]
    assert setting("start > set", "set.doesnt_fit > say", "w > hi") == []


def test_where_one_message_is_too_late_and_the_next_goes_out_somebody_has_just_written():
    late = ("start > w", "w > first", "first.too_late > second", "second.too_late > gone")
    arrows = (*late, "second > third")
    sends = {"first": say(), "second": say(), "third": say(), "gone": GONE}
    assert proved(flow(*arrows, w=wait(25, "hour"), **sends)) == []
    in_between = (*late, "second > w2", "w2 > third")
    waiting = flow(*in_between, w=wait(25, "hour"), w2=wait(24, "hour"), **sends)
    assert proved(waiting) == [("third", "too_late", WARNING)]


def test_what_can_not_be_refused_does_not_go_the_way_out():
    arrows = ("start > ask", "ask.card.opted_in > m", "m.could_not_send > say")
    assert proved(flow(*arrows, ask=ask(), m=by("shoes"), say=say())) == []
    late = (*arrows[:1], "ask.card.opted_in > w", "w > m", arrows[2])
    ended = flow(*late, ask=ask(), w=wait(370, "day"), m=by("shoes"), say=say())
    assert proved(ended) == [("say", "too_late", ERROR)]


# Requests


def asking_after(days: int, *arrows: str, **blocks) -> Flow:
    return flow(
        "start > w", "w > ask", "ask.too_late > gone", *arrows,
        w=wait(days, "day"), ask=ask_weekly(), gone=GONE, recurring=WEEKLY, **blocks,
    )  # fmt: skip


def test_a_run_that_takes_a_week_to_ask_asks_once_a_week():
    assert proved(asking_after(8)) == []
    assert proved(asking_after(6)) == [("ask", "asked_lately", WARNING)]


def test_a_run_that_goes_round_for_a_week_asks_once_a_week():
    again = asking_after(8, "ask > again", "again > ask", again=wait(8, "day"))
    assert proved(again) == []
    assert proved(asking_after(8, "ask > again", "again > ask", again=wait(6, "day"))) == [
        ("ask", "asked_lately", WARNING)
    ]


def test_two_flows_can_both_ask_within_a_week():
    other = replace(asking_after(8), id="other")
    blocks = {**other.blocks, "start": OptedIn(topic="shoes")}
    both = proved(asking_after(8), replace(other, blocks=blocks))
    assert {code for _, code, _ in both} == {"asked_lately"}


def test_a_button_can_be_tapped_twice_within_a_week():
    button = SendMessage(elements=[Buttons(id="b", text="?", buttons=[Button(id="x", title="X")])])
    tapped = flow(
        "start > b", "b.b.x > w", "w > ask", "ask.too_late > gone",
        b=button, w=wait(8, "day"), ask=ask_weekly(), gone=GONE, recurring=WEEKLY,
    )  # fmt: skip
    assert proved(tapped) == [("ask", "asked_lately", WARNING)]


def test_a_yes_that_never_ends_is_said_once():
    asked = a_flow(
        {"s": OptedIn(topic="news"), "ask": ask_weekly(), "gone": GONE},
        "s > ask", "ask.too_late > gone", recurring=WEEKLY,
    )  # fmt: skip
    assert proved(asked, rules=FOREVER) == []


def test_a_second_yes_begins_nothing_while_the_first_one_lasts():
    twice = flow(
        "start > ask", "ask.could_not_send > gone", "ask.card.opted_in > again",
        "again.could_not_send > gone", "again.too_late > gone", "again.card.opted_in > say",
        ask=ask_weekly(), again=ask_weekly("More news?"), gone=GONE, say=say(), recurring=WEEKLY,
    )  # fmt: skip
    assert proved(twice, rules=FOREVER) == []
    assert proved(twice) == [("say", "too_late", WARNING)]


# Permissions


def test_whoever_stopped_a_topic_has_a_permission_that_is_stopped():
    stopped = a_flow({"s": Stopped(topic="news"), "m": by("news")}, "s > m", recurring=WEEKLY)
    codes = {code for _, code, _ in proved(stopped)}
    assert "stopped" in codes
    assert "no_permission" not in codes


def test_a_lasting_permission_that_was_used_is_still_there():
    twice = flow(
        "start > one", "one > two", "one.could_not_send > gone",
        one=by("news"), two=by("news"), gone=GONE, recurring=WEEKLY,
    )  # fmt: skip
    assert ("two", "no_permission", ERROR) not in proved(twice)
    assert ("two", "too_soon", WARNING) in proved(twice)


# Ways that take some doing


@pytest.mark.parametrize("start", [Stopped(topic="news"), Resumed(topic="news")])
def test_somebody_can_write_a_day_before_so_that_the_second_message_comes_too_late(start):
    arrows = ("s > first", "first.too_late > gone", "first > second")
    blocks = {"s": start, "first": say(), "second": say(), "gone": GONE}
    finding = found(a_flow(blocks, *arrows, recurring=WEEKLY))
    assert (finding.block, finding.severity) == ("second", WARNING)
    assert Write() in [moment.act for moment in finding.story.moments]


def test_a_reaction_opens_the_window_where_a_message_would_begin_anew():
    arrows = ("s > w", "w > first", "first.too_late > gone", "first > second", "hi > hello")
    blocks = {"s": Resumed(topic="news"), "w": wait(2, "day"), "first": say(), "second": say()}
    blocks |= {"hi": DefaultReply(), "hello": say("Hello"), "gone": GONE}
    finding = found(a_flow(blocks, *arrows, recurring=WEEKLY))
    assert finding.block == "second"
    assert React() in [moment.act for moment in finding.story.moments]


def test_a_permission_from_elsewhere_is_used_on_the_way():
    arrows = ("start > m", "m.could_not_send > gone", "m > w", "w > say")
    drawn = flow(*arrows, m=by("shoes"), w=wait(25, "hour"), say=say(), gone=GONE)
    finding = found(drawn)
    assert finding.block == "say"
    assert Given("shoes") in [moment.act for moment in finding.story.moments]


def test_the_yes_that_begins_it_is_asked_for_in_the_window():
    asking = flow(
        "start > w", "w > ask", "ask.too_late > gone", w=wait(2, "day"), ask=ask(), gone=GONE
    )
    starting = a_flow({"s": OptedIn(topic="shoes"), "m": say()}, "s > m", id="other")
    finding = found(asking, starting)
    assert finding.block == "m"
    acts = [moment.act for moment in finding.story.moments]
    assert isinstance(acts[-1], SayYes)
    assert Write() in acts


def test_of_a_message_that_is_too_long_the_text_is_to_be_looked_at():
    arrows = ("start > ask", "ask.could_not_send > gone", "ask.card.opted_in > one", "one > two")
    outs = ("one.could_not_send > gone", "two.could_not_send > gone")
    blocks = {"ask": ask_weekly(), "one": by("news"), "two": by("news", "x" * 251), "gone": GONE}
    finding = found(flow(*arrows, *outs, recurring=WEEKLY, **blocks))
    assert (finding.code, finding.field) == ("policy_too_long", "elements.0.text")


# How a flow that was gone to ended


def going(result: str) -> list[Finding]:
    """Only whoever has bought is written to, a day too late, where the other flow ended."""
    ways = GoToFlow(flow="other", results=[Result(id="bought", name="Bought")])
    outer = a_flow(
        {"start": START, "go": ways, "w": wait(25, "hour"), "say": say()},
        *("start > go", "go.bought > w", "w > say"),
    )
    blocks = {"in": AnotherFlow(), "end": EndFlow(result=result)}
    other = a_flow(blocks, "in > end", id="other")
    project = Project.of(outer, other)
    of_flows = [finding for of_flow in findings(project).values() for finding in of_flow]
    assert all(told(project, finding) == [] for finding in of_flows)
    return of_flows


def test_only_the_way_of_that_result_is_gone():
    assert going("Left") == going("") == []
    [finding] = going("Bought")
    assert (finding.block, finding.severity) == ("say", ERROR)
