"""What a block type is: one declaration that drives everything that is done with it.

A file in one of the folders beside this one declares one type: its fields, ports, words, local
checks and its step. The palette, the form, the file format, the checks, the interpreter and the
help page read that declaration; nothing else in the program knows that the type exists.
"""

import inspect
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic.fields import FieldInfo

from otn_studio.blocks.effect import Begins, Effect, Passes
from otn_studio.blocks.event import Event
from otn_studio.blocks.finding import Finding
from otn_studio.blocks.lookup import Lookup
from otn_studio.blocks.turn import Step, Told, Turn
from otn_studio.blocks.words import Words


class Group(StrEnum):
    """Where a type stands in the palette, and which colour it wears."""

    START = "start"
    MESSAGE = "message"
    PERMISSION = "permission"
    LOGIC = "logic"
    ACTION = "action"


class Role(StrEnum):
    """What a way out is for."""

    NEXT = "next"
    """Taken at once; open, the run simply ends."""
    BRANCH = "branch"
    """Taken at once, one of several answers of the block itself."""
    CHOICE = "choice"
    """Taken when the person taps, now or days later."""
    ANSWER = "answer"
    """Taken when the person has answered the question that the run waits at."""
    RESCUE = "rescue"
    """Taken instead of *Next* where something can't be done: a message can't be sent, a value kept."""


@dataclass(frozen=True)
class Port:
    """A way out of a block, by an id that is unique within it."""

    id: str
    words: Words
    role: Role = Role.NEXT


NEXT = Port("next", Words("Next"))


@dataclass(frozen=True)
class Kind:
    """What is the same for all blocks of a type. ``title`` and ``menu`` are catalogue keys.

    ``pauses`` is true where time passes inside the block; ``channels`` is where it may be used.
    What ``stands_alone`` is no part of a conversation, and nothing need lead to it. What ``jumps``
    leads on without a line.
    """

    name: str
    title: str
    group: Group
    icon: str
    ports: tuple[Port, ...] = (NEXT,)
    menu: tuple[str, ...] = ()
    pauses: bool = False
    stands_alone: bool = False
    jumps: bool = False
    channels: frozenset[str] = frozenset({"messenger", "instagram"})


@dataclass(frozen=True)
class Option:
    """A field as the form shows it and the checks read it. ``label`` and ``help`` are catalogue keys.

    ``limit`` counts code points of what the person will see; ``refers_to`` is ``topic`` or ``field``
    where the value is the id of one. ``said``: the person reads it, as they do all Liquid in elements.
    ``given`` are another field and those of its values with which this one has a meaning; empty: it
    always has one. ``takes_files``: the value may be the way to a file from the folder of the flow.
    ``secrets``: the text may ask for secrets. ``called`` are words for those of the values to choose
    from that their names in the code are none for.
    """

    label: str
    help: str = ""
    limit: int | None = None
    liquid: bool = False
    required: bool = False
    refers_to: str = ""
    given: tuple[str, ...] = ()
    said: bool = False
    takes_files: bool = False
    secrets: bool = False
    called: Mapping[str, str] = field(default_factory=dict, hash=False)


class Part(BaseModel):
    """Anything that has options: a block, an element of a message, a button, a test.

    ``called`` is a catalogue key for one whose class has no name for people.
    """

    called: ClassVar[str] = ""

    model_config = ConfigDict(
        frozen=True, extra="forbid", validate_by_name=True, validate_by_alias=True, defer_build=True
    )

    @classmethod
    def options(cls) -> Mapping[str, Option]:
        """The fields that a person fills in, by name, in the order of the form."""
        return _options_of(cls)

    def parts(self, path: str = "") -> Iterator[tuple[str, "Part"]]:
        """This part and every part within it, each with the way to it: ``elements.0.``"""
        yield path, self
        for name, written in _written_names(type(self)).items():
            value = getattr(self, name)
            if isinstance(value, tuple):
                for index, part in enumerate(value):
                    if isinstance(part, Part):
                        yield from part.parts(f"{path}{written}.{index}.")

    def has_use_for(self, option: Option) -> bool:
        """Whether an option has a meaning with the other values as they are."""
        return not option.given or str(getattr(self, option.given[0])) in option.given[1:]

    def filled_in(self) -> Iterator[tuple[str, Option, Any]]:
        """Every option with a meaning in this part and those within it: the way to it and its value."""
        for path, part in self.parts():
            written = _written_names(type(part))
            for name, option in part.options().items():
                if not option.given or part.has_use_for(option):
                    yield f"{path}{written[name]}", option, getattr(part, name)


@cache
def _written_names(kind: type[Part]) -> Mapping[str, str]:
    """Its fields, each with what it is called in the file."""
    return {name: info.alias or name for name, info in kind.model_fields.items()}


@cache
def _options_of(kind: type[Part]) -> Mapping[str, Option]:
    found = {name: _option_of(info) for name, info in kind.model_fields.items()}
    return MappingProxyType({name: option for name, option in found.items() if option is not None})


def _option_of(info: FieldInfo) -> Option | None:
    return next((entry for entry in info.metadata if isinstance(entry, Option)), None)


class UnknownType(ValueError):
    """A type that this version of the program does not have."""


class Declared(Part):
    """A part with a type of its own in the file format. Declaring a subclass makes it known."""

    kind: ClassVar[Kind]
    types: ClassVar[dict[str, type[Self]]]

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if "kind" in cls.__dict__:
            cls.types[cls.kind.name] = cls

    @classmethod
    def read(cls, data: Any) -> Self:
        """Make a part of its written form.

        Raises:
            UnknownType: its ``type`` is not known.
            ValueError: its content does not fit its type.
        """
        if isinstance(data, cls):
            return data
        if not isinstance(data, dict):
            raise ValueError("it is not written as { … }")
        content = dict(data)
        name = content.pop("type", None)
        declared = cls.types.get(name) if isinstance(name, str) else None
        if declared is None:
            raise UnknownType(f"“{name}” is not a type that this version knows")
        try:
            return declared.model_validate(content)
        except ValidationError as problem:
            raise ValueError(_first_problem(problem)) from problem

    def written(self) -> dict[str, Any]:
        """The written form, made of plain JSON values."""
        content = self.model_dump(mode="json", by_alias=True, exclude_none=True)
        return {"type": self.kind.name, **content}

    @classmethod
    def help(cls) -> str:
        """The help page: the type's documentation, without the example for programmers."""
        return inspect.cleandoc(cls.__doc__ or "").partition("\n>>> ")[0].strip()


def _first_problem(problem: ValidationError) -> str:
    first = problem.errors(include_url=False, include_context=False)[0]
    where = ".".join(str(step) for step in first["loc"])
    what = first["msg"].removeprefix("Value error, ")
    return f"“{where}”: {what}" if where else what


class Block(Declared):
    """A node of the canvas."""

    types: ClassVar[dict[str, type["Block"]]] = {}

    title: str = ""

    def ports(self) -> tuple[Port, ...]:
        """The ways out, in the order in which they are drawn."""
        return self.kind.ports

    def pauses(self) -> bool:
        """Whether time passes inside the block."""
        return self.kind.pauses

    def summary(self) -> Words:
        """What the block does, in a few words with its own values."""
        return Words(self.kind.title)

    def label(self) -> Words:
        """What people call the block: the title that they gave it, else its summary."""
        return Words("{title}", title=self.title) if self.title else self.summary()

    def findings(self, lookup: Lookup) -> Iterator[Finding]:
        """Problems that only this type knows of; limits and references are checked for all."""
        return iter(())

    def rescues(self, lookup: Lookup) -> frozenset[str]:
        """The ways out for trouble that can be taken, as far as the block itself can tell."""
        return frozenset()

    def step(self, turn: Turn) -> Step:
        """What happens when a conversation comes to the block. Pure."""
        return turn.go()

    def told(self, turn: Turn, what: Told) -> Step:
        """What happens when the block is told what it waits for. Pure."""
        raise NotImplementedError

    def way_back(self, result: str) -> str:
        """By which way out the run goes on when the flow that it had gone to ended so."""
        return NEXT.id

    def answer_behind(self, port: str) -> str | None:
        """The answer that a tap on this way out stands for, where it is one to a question."""
        return None

    def words_behind(self, port: str) -> str | None:
        """What a tap on this way out says, to be filled in: where it leads nowhere, the tap counts as
        if the person had written that.
        """
        return None

    def effect(self) -> Effect:
        """What `step` can do, for all people and times, to what Messenger's rules look at."""
        return Passes(tuple(port.id for port in self.ports()))


class Start(Block):
    """A block with which a run begins. ``precedence``: where its type stands in their `rank`."""

    precedence: ClassVar[int] = 0
    is_addressed: ClassVar[bool] = False
    """Whether what it answers is meant for its own flow: it competes with no start of another."""

    def answers(self, event: Event) -> bool:
        """Whether the event begins a run here."""
        raise NotImplementedError

    def begins(self) -> Begins | None:
        """What is known of a person with whom a run begins here; none: no run does."""
        return Begins()

    def example(self, at: datetime) -> Event:
        """Something that this start answers."""
        raise NotImplementedError

    def claims(self) -> frozenset[str]:
        """What only one start of the Page can answer, to find two that compete for it."""
        return frozenset()

    @property
    def rank(self) -> tuple[int, int]:
        """Of several starts that answer, the one with the lowest runs."""
        return self.precedence, 0

    def catches(self, claim: str) -> bool:
        """Whether it answers what a start of its type claims."""
        return claim in self.claims()

    @property
    def is_open(self) -> bool:
        """Whether it catches more than it claims."""
        return False
