"""What a block does to what Messenger's rules look at, for all people and times at once.

The proof explores flows by these values instead of running blocks: what has no say in the rules,
such as the words of a message, is left out.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from enum import StrEnum

from otn_studio.blocks.event import Fetched
from otn_studio.blocks.folding import folded


@dataclass(frozen=True, slots=True)
class Person:
    """What is to be known of a person; a field that is ``None`` is empty, a tag is worn or not.

    ``id`` is empty where it makes no difference. ``outcomes`` are what other programs on the web
    answer to the blocks that ask them, by flow and block.
    """

    fields: Mapping[str, str | None] = field(default_factory=dict)
    tags: Mapping[str, bool] = field(default_factory=dict)
    id: str = ""
    outcomes: Mapping[tuple[str, str], Fetched] = field(default_factory=dict)

    def but(self, other: "Person") -> "Person":
        """The same person, but for what is said of the other."""
        return Person(
            {**self.fields, **other.fields},
            {**self.tags, **other.tags},
            other.id or self.id,
            {**self.outcomes, **other.outcomes},
        )


ANYBODY = Person()


@dataclass(frozen=True, order=True, slots=True)
class Fact:
    """Something of a person, such as a field, is this or is not. It is one thing at a time.

    With an ``aspect`` it is about no more than whether that comparison holds.
    """

    subject: str
    value: str
    holds: bool
    aspect: str = ""

    def excludes(self, other: "Fact") -> bool:
        """Whether both can't be true."""
        if (self.subject, self.aspect) != (other.subject, other.aspect):
            return False
        if self.value == other.value:
            return self.holds != other.holds
        return not self.aspect and self.holds and other.holds

    def denied(self) -> "Fact":
        return replace(self, holds=not self.holds)


def field_subject(field: str) -> str:
    """What facts about a field are about."""
    return f"field {field}"


def tag_subject(tag: str) -> str:
    """What facts about a tag are about."""
    return f"tag {folded(tag)}"


@dataclass(frozen=True, slots=True)
class Passes:
    """Goes on at once, by one of these ways out.

    ``people`` are examples that between them go all of these ways; which way anybody goes is asked of
    the block's own step. ``facts`` are what is true of everybody who goes a way out. ``sets`` is the
    subject that it changes, if it changes one, and ``sets_to`` what is true then, if that is known.

    ``momentary``: the way out depends on the moment, too. ``window`` says by way out whether the
    24-hour window is open then, ``holds`` for which topic there is a permission that can be used now.
    ``needs`` says for which topic the person must have said yes to go that way, whatever became of it.
    ``begins`` is a flow that begins besides, at its start *joined*; ``stops`` a topic for which the
    person's permissions can't be used any more. ``rescue`` is a way out that is taken only where it
    leads anywhere.
    """

    ports: tuple[str, ...]
    people: tuple[Person, ...] = ()
    facts: Mapping[str, tuple[Fact, ...]] = field(default_factory=dict)
    sets: str = ""
    sets_to: Fact | None = None
    momentary: bool = False
    window: Mapping[str, bool] = field(default_factory=dict)
    holds: Mapping[str, str] = field(default_factory=dict)
    needs: Mapping[str, str] = field(default_factory=dict)
    begins: str = ""
    stops: str = ""
    rescue: str = ""


@dataclass(frozen=True, slots=True)
class Waits:
    """Goes on by ``port`` when some time between these two has passed.

    Where there is nothing to wait for, it goes on by ``at_once`` instead, if it has such a way out.
    ``people`` are examples that between them go both ways.
    """

    shortest: timedelta
    longest: timedelta
    port: str
    at_once: str = ""
    people: tuple[Person, ...] = ()

    def ways(self) -> tuple[str, ...]:
        """The ways out that there are."""
        return tuple(port for port in (self.port, self.at_once) if port)


@dataclass(frozen=True, slots=True)
class WaitsItsTurn:
    """Goes on by ``port`` when a permission for the topic may be used again, or can't be any more."""

    topic: str
    port: str


@dataclass(frozen=True, slots=True)
class Hears:
    """Waits for what the person writes.

    Goes on by ``answered`` when they have written something that is ``taken``, such as that; by
    ``no_answer`` when ``longest`` has passed without anything; by ``in_vain`` after so many ``tries``
    that were not, such as ``refused``. Ways out that are empty there are not. ``field`` keeps what
    was answered.
    """

    answered: str
    taken: str
    longest: timedelta | None = None
    no_answer: str = ""
    in_vain: str = ""
    refused: str = ""
    tries: int = 1
    field: str = ""

    def ways(self) -> tuple[str, ...]:
        """The ways out that there are."""
        return tuple(port for port in (self.answered, self.no_answer, self.in_vain) if port)


@dataclass(frozen=True, slots=True)
class Fetches:
    """Asks another program, and goes on by one of these ways, each with what it may have answered.

    It takes no longer than ``longest``. ``sets`` are the subjects that it may change.
    """

    outcomes: Mapping[str, Fetched]
    longest: timedelta
    sets: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Asks:
    """A card that asks for permission. ``title`` is empty where it differs from person to person."""

    topic: str
    port: str
    title: str
    recurring: bool


@dataclass(frozen=True, slots=True)
class Sends:
    """Sends, in the conversation or, where ``topic`` is set, by a permission for it.

    ``longest`` is the most code points that its text can have.
    ``may_be_empty``: for some people there is nothing to send. ``answers`` are ways out that can be
    taken only once, all of them together: quick replies. Where it ``hears``, it waits for an answer
    once the messages are out, and goes on as that says instead of by ``next``. ``single``: it is one
    message that asks for no permission. ``sets`` are the subjects that an answer may change later.
    """

    topic: str = ""
    longest: int = 0
    may_be_empty: bool = False
    asks: tuple[Asks, ...] = ()
    answers: tuple[str, ...] = ()
    next: str = "next"
    too_late: str = "too_late"
    could_not_send: str = "could_not_send"
    hears: Hears | None = None
    single: bool = True
    sets: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Calls:
    """Goes on in another flow, and by ``port`` when that has ended without a result of its own."""

    flow: str
    port: str


@dataclass(frozen=True, slots=True)
class Ends:
    """Ends the flow; the one that had gone to it goes on by its way out for that result."""

    result: str


Effect = Passes | Waits | WaitsItsTurn | Hears | Fetches | Sends | Calls | Ends


class Holds(StrEnum):
    """What a start says of the person's permission for its topic."""

    NOTHING = "nothing"
    NEW = "new"
    """They have just said yes."""
    USABLE = "usable"
    """They have one that can be used now."""
    SOME = "some"
    """They have one that may have been used, or be about to end."""
    STOPPED = "stopped"
    """They have one of that kind, and have just stopped it."""


@dataclass(frozen=True, slots=True)
class Begins:
    """What is known when a run begins. ``acts``: the person did what opens the window. ``replies``:
    they did what one message may answer without it.
    """

    acts: bool = True
    topic: str = ""
    holds: Holds = Holds.NOTHING
    replies: bool = False
