"""Published flows, made ready to run: read once, ways out resolved, texts parsed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from otn_studio.blocks import liquid
from otn_studio.blocks.block import Block, Start
from otn_studio.blocks.languages import best
from otn_studio.blocks.start.another_flow import AnotherFlow
from otn_studio.flow import reading
from otn_studio.flow.document import Flow


@dataclass(frozen=True)
class Program:
    """One version of a flow."""

    flow_id: str
    version: int
    flow: Flow

    @classmethod
    def compile(cls, version: int, document: str) -> "Program":
        """Make a published document ready to run."""
        flow = reading.from_text(document)
        for block in flow.blocks.values():
            for _, option, value in block.filled_in():
                if option.liquid and isinstance(value, str):
                    liquid.parse(value)
        return cls(flow.id, version, flow)

    def block(self, id: str, *languages: str) -> Block:
        """A block in the first of these languages that the flow speaks, else in its own."""
        chosen = self.language(*languages)
        return self._in(chosen)[id] if chosen in self.flow.translations else self.flow.blocks[id]

    def language(self, *languages: str) -> str:
        """The first of these languages that the flow speaks, else its own; empty: nobody knows."""
        if not self.flow.translations:
            return self.flow.language
        return best(self._spoken, *languages) or self.flow.language

    @cached_property
    def _spoken(self) -> tuple[str, ...]:
        return (self.flow.language, *self.flow.translations)

    def _in(self, language: str) -> Mapping[str, Block]:
        """The blocks in one of the further languages, made when they are first asked for."""
        if language not in self._translated:
            self._translated[language] = {
                id: self.flow.block_in(id, language) for id in self.flow.blocks
            }
        return self._translated[language]

    @cached_property
    def _translated(self) -> dict[str, Mapping[str, Block]]:
        return {}

    def entry(self) -> str | None:
        """Where *Go to flow* comes in."""
        return next((id for id, start in self.starts() if isinstance(start, AnotherFlow)), None)

    def starts(self) -> Iterable[tuple[str, Start]]:
        return ((id, b) for id, b in self.flow.blocks.items() if isinstance(b, Start))


class Programs(Protocol):
    """What the interpreter asks for the flows of a Page."""

    def version(self, flow_id: str, number: int) -> Program | None:
        """That version of a flow, live or not."""

    def live(self, flow_id: str) -> Program | None:
        """The version of a flow in which new runs begin."""

    def starts(self) -> Iterable[tuple[Program, str, Start]]:
        """Every start of every live version; of those that answer an event, the first runs."""


class LivePrograms:
    """The programs of one Page, in memory."""

    def __init__(self, live: Iterable[Program] = ()) -> None:
        self._versions: dict[tuple[str, int], Program] = {}
        self._starts: list[tuple[Program, str, Start]] = []
        self.set_live(live)

    def set_live(self, live: Iterable[Program]) -> None:
        """From now on, new runs begin in these; older versions stay for those who are in them."""
        self._live = {program.flow_id: program for program in live}
        for program in self.all_live():
            self.add(program)
        starts = [(p, id, start) for p in self.all_live() for id, start in p.starts()]
        self._starts = sorted(starts, key=lambda s: (s[2].rank, s[0].flow_id, s[1]))

    def all_live(self) -> list[Program]:
        return list(self._live.values())

    def live(self, flow_id: str) -> Program | None:
        return self._live.get(flow_id)

    def add(self, program: Program) -> None:
        self._versions[program.flow_id, program.version] = program

    def version(self, flow_id: str, number: int) -> Program | None:
        return self._versions.get((flow_id, number))

    def starts(self) -> list[tuple[Program, str, Start]]:
        return self._starts
