"""Telling a finding's story again, before the second judge and without a gate."""

from datetime import timedelta
from random import Random

from otn_studio.blocks.event import Reacted, Wrote
from otn_studio.blocks.finding import Finding
from otn_studio.blocks.story import (
    Act,
    Answer,
    Begin,
    Given,
    React,
    Resume,
    SayYes,
    Stop,
    Story,
    Tap,
    Write,
)
from otn_studio.blocks.turn import Contact
from otn_studio.flow.project import Project
from tests.checks.proof.driver import Card, Driver
from tests.judge import judge

CODES = {
    "too_late": judge.OUTSIDE_WINDOW,
    "no_permission": judge.BAD_PARAMETER,
    "used": judge.BAD_PARAMETER,
    "expired": judge.BAD_PARAMETER,
    "too_long": judge.BAD_PARAMETER,
    "not_in_country": judge.BAD_PARAMETER,
    "stopped": judge.STOPPED,
    "too_soon": judge.TOO_SOON,
    "asked_lately": judge.ASKED_LATELY,
    "not_a_reply": judge.BAD_PARAMETER,
}


def told(project: Project, finding: Finding) -> list[str]:
    """What did not come true: empty, if the second judge refuses that message with that code."""
    story = finding.story
    assert story is not None
    driver = _told(project, story)
    refusal = finding.code.removeprefix("policy_")
    stopped = {judge.STOPPED} if refusal == "no_permission" else set()  # by a flow, not by them
    codes = {CODES[refusal], *stopped}
    here = [r for r in driver.refused if r.block == story.block and r.flow == story.flow]
    if any(refused.code in codes and refused.at == story.ends_at for refused in here):
        return []
    return [f"{story} did not end in {codes}, but in {driver.refused}"]


def _told(project: Project, story: Story) -> Driver:
    driver = Driver(
        project, Random(0), story.begins_at, late=int(story.late / timedelta(seconds=1))
    )
    fields = {key: value for key, value in story.person.fields.items() if value is not None}
    tags = frozenset(tag for tag, worn in story.person.tags.items() if worn)
    driver.contact = Contact(story.person.id or "ann", fields, tags)
    driver.outcomes = story.person.outcomes
    for moment in story.moments:
        _wait_for(driver, moment.act)
        driver.let_pass(moment.pause)
        _do(driver, moment.act)
    driver.let_pass(story.ends_at - driver.now)
    return driver


def _wait_for(driver: Driver, act: Act) -> None:
    if isinstance(act, Tap | SayYes):
        while _card(driver, act) is None and driver.due:
            driver.let_pass(driver.due[0][0] - driver.now)
    if isinstance(act, Answer):
        while not _is_asked(driver, act) and driver.due:
            driver.let_pass(driver.due[0][0] - driver.now)


def _is_asked(driver: Driver, act: Answer) -> bool:
    thread = driver.conversation.listening()
    return thread is not None and (thread.flow, thread.block) == (act.flow, act.block)


def _do(driver: Driver, act: Act) -> None:
    match act:
        case Begin(flow, block):
            starts = driver.project.starts()
            driver.begin(next(s for s in starts if (s[0].id, s[1]) == (flow, block)))
        case Tap() | SayYes():
            card = _card(driver, act)
            assert card is not None, f"there is nothing to tap for {act}"
            driver.tap(card)
        case Answer(text=text):
            driver.answer(text)
        case Stop(topic) | Resume(topic):
            driver.change_mind(topic, isinstance(act, Stop))
        case Given(topic):
            driver.say_yes_elsewhere(topic)
        case Write():
            driver.write(Wrote(driver.now, "Hello?"))
        case React():
            driver.write(Reacted(driver.now))


def _card(driver: Driver, act: Tap | SayYes) -> Card | None:
    here = (act.flow, act.block, act.port)
    return next((c for c in driver.cards if (c.flow, c.block, c.port) == here), None)
