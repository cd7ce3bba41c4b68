"""A story as the phone tells it: beat by beat, in bubbles and in lines."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from otn_studio.blocks import event as events
from otn_studio.blocks.block import Start
from otn_studio.blocks.story import (
    Act,
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
from otn_studio.checks.proof.rehearsal import Fate
from otn_studio.flow.project import Project
from otn_studio.interpreter import reasons
from otn_studio.studio.phone import times
from otn_studio.studio.phone.bubbles import (
    Bubble,
    Line,
    OptIn,
    Replies,
    Said,
    of_message,
    opted_in,
)
from otn_studio.studio.phone.window_over import of_window
from otn_studio.studio.story.replay import Came, Did, Happening, Replay
from otn_studio.studio.words import _, shown

SHORT = timedelta(minutes=1)
"""So much time passes without a word about it."""


@dataclass(frozen=True)
class Beat:
    """The whole phone at one moment, and the block that it is about, in its flow."""

    bubbles: tuple[Bubble, ...]
    flow: str
    block: str
    refusal: Fate = None


@dataclass(frozen=True)
class Told:
    """All beats; ``ways`` are the ways out taken, by flow, block and port."""

    beats: tuple[Beat, ...]
    ways: frozenset[tuple[str, str, str]]


def tell(project: Project, story: Story) -> Told:
    """Play a story and tell it.

    Raises:
        NotPossible: the flows are not as they were when the story was found.
    """
    replay = Replay(project, story)
    replay.play()
    happened = replay.happened
    beats = tuple(_beat(project, happened[: number + 1]) for number in range(len(happened)))
    return Told(beats, frozenset(replay.taken))


def _beat(project: Project, happened: Sequence[Happening]) -> Beat:
    last = happened[-1]
    bubbles = list(_conversation(project, happened))
    match last:
        case Came(flow=flow, block=block, refusal=refusal):
            place = flow, block
        case Did(act=Begin(flow, block) | Tap(flow, block) | SayYes(flow, block)):
            place, refusal = (flow, block), None
        case _:
            place, refusal = ("", ""), None
    if refusal is None and last.last_action is not None:
        bubbles.append(of_window(last.last_action, last.at))
    return Beat(tuple(bubbles), *place, refusal)


def _conversation(project: Project, happened: Sequence[Happening]) -> list[Bubble]:
    bubbles: list[Bubble] = []
    cards: dict[tuple[str, str, str], int] = {}
    before: datetime | None = None
    for happening in happened:
        bubbles = [bubble for bubble in bubbles if not isinstance(bubble, Replies)]
        bubbles += passed_time(before, happening.at)
        before = happening.at
        if isinstance(happening, Came):
            _come(happening, bubbles, cards)
            continue
        act = happening.act
        if isinstance(act, SayYes) and (card := cards.get((act.flow, act.block, act.port))):
            bubbles = [_tapped(bubble, card - 1) for bubble in bubbles]
        bubbles.append(_done(project, act, happening.at))
    return bubbles


def passed_time(before: datetime | None, at: datetime) -> Iterator[Line]:
    """The line that says so, where it is worth one; the first says when it is."""
    if before is None:
        yield Line(text=times.weekday(at))
    elif at - before >= SHORT:
        later = _("{time} later", time=times.in_words(at - before))
        yield Line(text=f"{later} · {times.weekday(at)}")


def _come(came: Came, bubbles: list[Bubble], cards: dict[tuple[str, str, str], int]) -> None:
    for message in came.messages:
        count = sum(isinstance(bubble, OptIn) for bubble in bubbles)
        for bubble in of_message(message, index=count):
            if isinstance(bubble, OptIn):
                cards[came.flow, came.block, message.port] = count + 1
            is_lost = came.refusal is not None and isinstance(bubble, Said)
            bubbles.append(replace(bubble, pending=True) if is_lost else bubble)
    if came.refusal is not None:
        reason = shown(reasons.words(came.refusal))
        refused = _("Messenger would not take this: {reason}.", reason=reason)
        bubbles.append(Line(text=refused, warns=True))
    elif came.topic:
        bubbles.append(Line(text=_("Sent with permission")))


def _tapped(bubble: Bubble, index: int) -> Bubble:
    is_it = isinstance(bubble, OptIn) and bubble.index == index
    return replace(bubble, tapped=True) if is_it else bubble


def _done(project: Project, act: Act, at: datetime) -> Bubble:
    match act:
        case Begin(flow, block):
            start = project.flows[flow].blocks[block]
            assert isinstance(start, Start)
            return begun(project, start, at)
        case Tap(flow, block, port):
            found = project.flows[flow].port(block, port)
            return Said(text=shown(found.words) if found else "", by_person=True)
        case SayYes(topic=topic):
            return opted_in(name_of(project, topic))
        case Write():
            return Said(text=_("Hello?"), by_person=True)
        case React():
            return Line(text=_("Put a heart on the last message"))
        case Stop(topic):
            return Line(text=_("Stopped “{topic}”", topic=name_of(project, topic)))
        case Resume(topic):
            return Line(text=_("Wants “{topic}” again", topic=name_of(project, topic)))
        case Given(topic):
            return Line(text=_("Said yes to “{topic}” elsewhere", topic=name_of(project, topic)))


def begun(project: Project, start: Start, at: datetime) -> Bubble:
    """How a phone shows what a start answers."""
    match start.example(at):
        case events.Wrote(text=text):
            return Said(text=text or _("Hello?"), by_person=True)
        case events.Commented(text=text):
            return Line(text=_("Comments “{text}” below a post", text=text))
        case events.OpenedLink(ref=ref):
            return Line(text=_("Came by the link “{ref}”", ref=ref))
        case events.Announced(topic=topic):
            return Line(text=_("You announce “{topic}”", topic=name_of(project, topic)))
    return Line(text=shown(start.label()))


def name_of(project: Project, topic: str) -> str:
    """What a topic is called."""
    known = project.topic(topic)
    return known.name if known else _("A topic that is gone")
