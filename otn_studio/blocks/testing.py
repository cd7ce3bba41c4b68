"""What a condition can ask about a person and the moment, each with what the proof may make of it."""

from collections.abc import Iterator
from datetime import time
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from otn_studio.blocks.block import Option, Part
from otn_studio.blocks.duration import Duration
from otn_studio.blocks.effect import Fact, Person, tag_subject
from otn_studio.blocks.finding import Finding, error
from otn_studio.blocks.folding import folded
from otn_studio.blocks.local_time import CLOCKS_CALLED, Clocks, TimeOfDay, Weekday, is_between
from otn_studio.blocks.lookup import Lookup
from otn_studio.blocks.turn import Turn
from otn_studio.blocks.words import Words
from otn_studio.policy import window

Yes = Annotated[bool, Field(strict=True)]


class ConditionTest(Part):
    """One test. What holds for one moment only is not for the proof to rely on."""

    def holds(self, turn: Turn) -> bool:
        raise NotImplementedError

    def fact(self) -> Fact | None:
        """What is true of those for whom it holds, if that can be said."""
        return None

    def examples(self) -> tuple[Person, ...]:
        """Somebody for whom it holds, and somebody for whom it does not, if it hangs on the person."""
        return ()

    def is_momentary(self) -> bool:
        """Whether it hangs on the moment."""
        return True

    def says_usable(self) -> bool:
        """Whether it holds for nobody but those who have a permission that can be used now."""
        return False

    def findings(self, lookup: Lookup, path: str) -> Iterator[Finding]:
        return iter(())


class TagTest(ConditionTest):
    """Asks whether the contact wears a tag."""

    test: Literal["tag"] = "tag"
    tag: Annotated[str, Option("Tag", required=True)] = ""
    has: Annotated[Yes, Option("Has it")] = True

    def holds(self, turn: Turn) -> bool:
        return (folded(self.tag) in {folded(tag) for tag in turn.contact.tags}) == self.has

    def fact(self) -> Fact:
        return Fact(tag_subject(self.tag), "worn", self.has)

    def examples(self) -> tuple[Person, ...]:
        return Person(tags={self.tag: self.has}), Person(tags={self.tag: not self.has})

    def is_momentary(self) -> bool:
        return False


class Holding(StrEnum):
    """Whether a person's permission for a topic can be used now, is there at all, or is not."""

    USABLE_NOW = "usable_now"
    HELD = "held"
    NOT_HELD = "not_held"


class TopicTest(ConditionTest):
    """Asks whether there is a permission for a topic, at all or one that can be used now."""

    test: Literal["topic"] = "topic"
    topic: Annotated[str, Option("Topic", required=True, refers_to="topic")] = ""
    state: Annotated[Holding, Option("Permission")] = Holding.USABLE_NOW

    def holds(self, turn: Turn) -> bool:
        next_time = turn.contact.held.get(self.topic)
        if self.state is Holding.USABLE_NOW:
            return next_time is not None and next_time <= turn.now
        return (next_time is not None) == (self.state is Holding.HELD)

    def says_usable(self) -> bool:
        return self.state is Holding.USABLE_NOW


class WindowTest(ConditionTest):
    """Asks whether the person can be answered now: whether the 24 hours are open."""

    test: Literal["window"] = "window"
    open: Annotated[Yes, Option("The 24 hours are open")] = True

    def holds(self, turn: Turn) -> bool:
        return window.is_open(turn.contact.last_action_at, turn.now) == self.open


class TimeTest(ConditionTest):
    """Asks what time it is: from when until when, and on which days."""

    test: Literal["time"] = "time"
    begins: Annotated[TimeOfDay, Option("From")] = time(9)
    ends: Annotated[TimeOfDay, Option("Until")] = time(17)
    weekdays: Annotated[tuple[Weekday, ...], Option("On", help="None chosen: on every day")] = ()
    clocks: Annotated[Clocks, Option("By the clock of", called=CLOCKS_CALLED)] = Clocks.PERSON

    def holds(self, turn: Turn) -> bool:
        now = turn.now.astimezone(self.clocks.zone(turn))
        on_the_day = not self.weekdays or now.weekday() in {day.number for day in self.weekdays}
        return on_the_day and is_between(now, self.begins, self.ends)

    def findings(self, lookup: Lookup, path: str) -> Iterator[Finding]:
        if self.begins == self.ends:
            yield error(
                "no_time",
                Words("This time ends when it begins, so it is never. Choose two times."),
                f"{path}ends",
            )


class LastAnswerTest(ConditionTest):
    """Asks whether it is longer ago that the person did something: wrote, tapped, reacted."""

    test: Literal["last_answer"] = "last_answer"
    longer_ago: Annotated[Duration, Option("Longer ago than")] = Duration(7, "day")

    def holds(self, turn: Turn) -> bool:
        last = turn.contact.last_action_at
        return last is None or turn.now - last > self.longer_ago.length
