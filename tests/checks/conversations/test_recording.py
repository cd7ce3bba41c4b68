"""What was played can be written down and played again; it is told when the flow goes another way."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from otn_studio import shipped
from otn_studio.blocks.actions.set_field import SetField
from otn_studio.blocks.actions.tag import Tag
from otn_studio.blocks.elements.buttons import Button, Buttons
from otn_studio.blocks.elements.otn_request import OtnRequest
from otn_studio.blocks.elements.text import Text
from otn_studio.blocks.elements.typing_pause import TypingPause
from otn_studio.blocks.event import Fetched
from otn_studio.blocks.logic.wait import Wait
from otn_studio.blocks.message.send_message import SendMessage
from otn_studio.blocks.words import Problem
from otn_studio.checks.conversations import playing, reading, writing
from otn_studio.checks.conversations.recording import recorded
from otn_studio.checks.conversations.script import (
    Advance,
    Agree,
    Announce,
    ChangeOfMind,
    Conversation,
    Deed,
    Given,
    Me,
    React,
    Script,
    Start,
    TapOn,
    Yes,
)
from otn_studio.checks.conversations.session import Session, WentOtherwise
from otn_studio.checks.conversations.tapping import Address
from otn_studio.flow.document import Flow
from otn_studio.flow.project import Project
from otn_studio.flow.reading import load
from tests.builders import START, a_flow, say
from tests.checks.proof.soundness import random_project

SAMPLES = [load(path) for path in sorted(shipped.path("flows").glob("*.json"))]
BUY = tuple(Button(id=id, title="Buy") for id in "ab")
HOSTILE = a_flow(
    {
        "start": START,
        "odd": START.model_copy(update={"keywords": ("odd",)}),
        "say": SendMessage(
            title="Same",
            elements=(
                Text(id="one", text="!?* “- {a: b} # no\n\n  & *x: yes\t|>"),
                Text(id="two", text="?"),
                TypingPause(id="typing"),
                Buttons(id="buttons", text="- Which?", buttons=BUY),
                Buttons(id="again", text="Which?", buttons=BUY),
            ),
        ),
        "ask": SendMessage(
            title="Same",
            elements=(
                Text(id="hi", text="{{ contact.size }}"),
                OtnRequest(id="card", topic="shoes", title="yes"),
            ),
        ),
        "set": SetField(field="size", value="!*: 42 #"),
        "tag": Tag(tag="- new"),
        "wait": Wait(for_="90 minutes"),
        "typing": SendMessage(elements=(TypingPause(id="typing"),)),
        "later": say("yes"),
        "other": say("no"),
    },
    "start > say",
    "say.buttons.a > set",
    "say.buttons.b > tag",
    "say.again.a > other",
    "say.again.b > typing",
    "set > ask",
    "odd > ask",
    "tag > wait",
    "wait > later",
)
SAID = (
    "hello",
    "42",
    "spanish",
    "!no",
    "?",
    "*",
    "- a: b",
    "yes",
    "2027-03-15",
    "11:00",
    "🙂",
    "stop",
)
TIMES = (timedelta(minutes=1), timedelta(hours=23), timedelta(days=1), timedelta(weeks=3))
A_FRIDAY = datetime(2026, 10, 23, 22, 30, tzinfo=UTC)
"""Two nights before the clocks go back in Europe."""


def again(conversation: Conversation, beside: tuple[str, ...] = ()) -> Conversation:
    """As it comes back from its file."""
    text = writing.to_text(Script(beside, (conversation,)))
    (found,) = reading.from_text(text).conversations
    return found


def possible(session: Session) -> list[Deed]:
    """What may be done now, some of it in vain."""
    buttons = [TapOn(1, address) for address in session.buttons.addresses()]
    requests = [Yes(1, address) for address in session.requests.addresses()]
    topics = [topic for flow in session.project.flows.values() for topic in flow.topics]
    minds: list[Deed] = [
        ChangeOfMind(1, topic, stops) for topic in topics for stops in (True, False)
    ]
    minds += [Agree(1, topic) for topic in topics]
    starts = [Start(1, block) for block in session.flow.blocks]
    times = [Advance(1, time) for time in TIMES]
    times.append(Advance(1, session.stage.now + timedelta(seconds=61)))
    announced = [Announce(1, topic) for topic in topics]
    said = [Me(1, text) for text in SAID] + [React(1, "🙂")]
    return [*buttons, *buttons, *requests, *minds, *starts, *times, *announced, *said]


def after(project: Project, flow: Flow, given: Given, deeds: list[Deed]) -> Session | None:
    """The conversation after all of that; none where it can't be done."""
    session = Session(project, flow, given)
    try:
        for deed in deeds:
            session.take(deed)
    except WentOtherwise:
        return None
    return session


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_whatever_is_played_passes_once_it_is_written_down(data: st.DataObject) -> None:
    flow = data.draw(st.sampled_from([*SAMPLES, HOSTILE]))
    project = Project.of(flow, *(one for one in SAMPLES if one.id != flow.id))
    given = data.draw(givens(flow))
    deeds: list[Deed] = []
    session = Session(project, flow, given)
    for _ in range(data.draw(st.integers(1, 8))):
        deed = data.draw(st.sampled_from(possible(session)))
        tried = after(project, flow, given, [*deeds, deed])
        if tried is not None:
            session = tried
            deeds.append(deed)
    conversation = recorded(project, flow, "One: *", given, deeds)
    found = again(conversation)
    assert playing.play(project, flow, found) is None
    assert again(found) == found


@pytest.mark.parametrize("seed", range(20))
def test_so_does_what_is_played_of_flows_of_all_kinds(seed: int) -> None:
    random, project = Random(seed), random_project(seed)
    flow = random.choice(list(project.flows.values()))
    rules = project.rules
    given = Given(
        zone=rules.zone, rules=rules.profile.name, country=rules.country, wrote=timedelta(hours=1)
    )
    deeds: list[Deed] = []
    for _ in range(12):
        session = after(project, flow, given, deeds)
        assert session is not None
        deed = random.choice(possible(session))
        if after(project, flow, given, [*deeds, deed]) is not None:
            deeds.append(deed)
    conversation = recorded(project, flow, "One", given, deeds)
    assert playing.play(project, flow, again(conversation)) is None


def givens(flow: Flow) -> st.SearchStrategy[Given]:
    return st.builds(
        Given,
        st.just(1),
        st.sampled_from((A_FRIDAY, A_FRIDAY + timedelta(days=1, hours=1, minutes=30))),
        st.sampled_from((ZoneInfo("UTC"), ZoneInfo("Europe/London"))),
        st.sampled_from(("rn-2022", "rn-2025")),
        st.sampled_from(("", "DE")),
        st.dictionaries(st.sampled_from(("first_name", "size", "locale")), st.sampled_from(SAID)),
        st.lists(st.sampled_from(SAID), unique=True, max_size=2).map(tuple),
        st.dictionaries(st.just("stock"), st.sampled_from(SAID)),
        st.dictionaries(st.sampled_from(sorted(flow.topics)), st.sampled_from(TIMES))
        if flow.topics
        else st.just({}),
        st.none() | st.sampled_from(TIMES),
        st.just({}),
    )


def written_down(flow: Flow, given: Given, *deeds: Deed) -> str:
    """The steps as the file has them."""
    conversation = recorded(Project.of(flow), flow, "One", given, deeds)
    text = writing.to_text(Script((), (conversation,)))
    return text.partition("steps:\n")[2].replace("      ", "")


def test_what_came_is_written_below_what_was_done_and_what_changed_at_the_end() -> None:
    deeds = (Start(1, "odd"), Yes(1, Address("yes")), Advance(1, timedelta(days=1)))
    assert written_down(HOSTILE, Given(fields={"size": "42"}), *deeds) == (
        "- start: odd\n"
        "- bot:\n"
        "    - '42'\n"
        "    - 'yes'\n"
        "- yes: 'yes'\n"
        "- advance: 1 day\n"
        "- bot: []\n"
        "- expect:\n"
        "    permissions:\n"
        "Shoes: yes\n"
    )


def test_what_can_not_be_told_by_its_title_is_told_by_its_block_and_number() -> None:
    session = after(Project.of(HOSTILE), HOSTILE, Given(), [Me(1, "hello")])
    assert session is not None
    assert session.buttons.addresses() == [
        Address("Buy", "say", 1),
        Address("Buy", "say", 2),
        Address("Buy", "say", 3),
        Address("Buy"),
    ]


def test_a_run_can_begin_at_any_block() -> None:
    session = after(Project.of(HOSTILE), HOSTILE, Given(wrote=timedelta(0)), [Start(1, "wait")])
    assert session is not None
    assert session.said == []
    session.take(Advance(1, timedelta(minutes=90)))
    assert [message.text for message in session.said] == ["yes"]


def test_a_test_is_red_once_the_flow_says_something_else() -> None:
    flow = HOSTILE
    conversation = again(recorded(Project.of(flow), flow, "One", Given(), [Me(1, "hello")]))
    changed = replace(flow, blocks={**flow.blocks, "say": say("Hello!")})
    failure = playing.play(Project.of(changed), changed, conversation)
    assert str(failure).endswith(
        "The bot said “Hello!”, and was to say “*?* “- {a: b} # no\n\n  & *x: yes\t|>”."
    )


def test_another_conversation_leaves_what_stands_in_the_file_as_it_is() -> None:
    text = "# ours\nconversations:\n# first\n    - name: One   # the first\n      steps: []\n"
    more = writing.with_one_more(text, Conversation(1, "Two", Given(), (Me(1, "hi"),)))
    assert more == f"{text}\n    - name: Two\n      steps:\n        - me: hi\n"
    assert [one.name for one in reading.from_text(more).conversations] == ["One", "Two"]


@pytest.mark.parametrize(
    ("text", "beside", "problem"),
    [
        ("conversations: []\n", (), "The flow’s tests are written so that none can be added"),
        ("conversations:\n  - name: One\n    steps: []\nbeside: a.json\n", (), "The flow’s tests"),
        (
            "conversations:\n  - name: One\n    steps: []\n",
            ("more.json",),
            "The flow’s tests don’t know of “more.json”, which this conversation needs.",
        ),
        ("conversations: [", (), "Line 1: This is not YAML"),
    ],
)
def test_where_nothing_can_be_added_it_is_said(text, beside, problem) -> None:
    with pytest.raises(Problem, match=problem):
        writing.with_one_more(text, Conversation(1, "Two", Given(), ()), beside)


def test_answers_of_other_programs_are_written_too() -> None:
    given = Given(answers={"ask": Fetched(Given().now, 0, 404, "no", late=True)})
    conversation = Conversation(1, "One", given, ())
    assert again(conversation).given.answers == given.answers
