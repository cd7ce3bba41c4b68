"""A survey of 20 questions: messages a second, beside two libraries for bots, and how cost grows.

``python -m tests.benchmarks.survey`` installs the peers into a folder that it throws away: bottender
from npm, with its conversations in memory, and botbuilder-dialogs from PyPI, which saves its
conversation after every message, as ours is then: written as text, and read again. Where npm or PyPI
can't be reached, that comparison is left out, and it says so. Each peer runs in turns with ours.
"""

import json
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import cycle, islice
from pathlib import Path

from otn_studio.blocks.elements.question import Question
from otn_studio.blocks.elements.text import Text
from otn_studio.blocks.event import Delivered, Event, Wrote
from otn_studio.blocks.message.send_message import SendMessage
from otn_studio.blocks.start.keyword import Keyword
from otn_studio.blocks.turn import Contact
from otn_studio.flow import writing
from otn_studio.flow.document import Field, Flow
from otn_studio.interpreter.conversation import Conversation
from otn_studio.interpreter.effects import SendMessages
from otn_studio.interpreter.interpreter import handle
from otn_studio.interpreter.program import LivePrograms, Program
from otn_studio.runtime.receiving.serving import calm_the_garbage_collector
from tests.benchmarks import measuring
from tests.environment import environment, runs

QUESTIONS = 20
PEOPLE, PEOPLE_OF_BOTBUILDER = 500, 50
REPETITIONS = 5
SIZES = (10, 100, 1_000, 10_000)
LENGTHS = (100, 1_000, 10_000)
FLAT = 1.25
"""The dearest message may cost so many times the cheapest, from the smallest to the greatest."""
BOTTENDER = ("bottender@1.5.5",)
BOTBUILDER = ("botbuilder-dialogs==4.17.1", "aiohttp")  # which it imports, and does not ask for
PEERS = Path(__file__).with_name("peers")
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def main() -> bool:
    measuring.title(f"A survey of {QUESTIONS} questions, messages a second")
    calm_the_garbage_collector()  # as the engine's process does
    with measuring.folder() as folder:
        verdicts = [_beside_bottender(folder), _beside_botbuilder(folder)]
        verdicts += [_by_size(), _by_length()]
        measuring.machine(folder)
    return all(verdicts)


def _beside_bottender(folder: Path) -> bool:
    if not (npm := shutil.which("npm")) or not (node := shutil.which("node")):
        measuring.line("beside bottender", "left out: there is no npm here")
        return True
    quietly = ("--silent", "--no-audit", "--no-fund", "--ignore-scripts")
    if not runs([npm, "install", *quietly, "--prefix", folder, *BOTTENDER]):
        measuring.line("beside bottender", "left out: npm could not install it")
        return True
    script = shutil.copy(PEERS / "bottender_survey.js", folder)
    return _beside("bottender, in memory", [node, script], PEOPLE, saved=False, aim=1.5)


def _beside_botbuilder(folder: Path) -> bool:
    python = environment(folder / "botbuilder", BOTBUILDER)
    if python is None:
        measuring.line("beside botbuilder-dialogs", "left out: pip could not install it")
        return True
    command = [python, PEERS / "botbuilder_survey.py"]
    return _beside("botbuilder, saved", command, PEOPLE_OF_BOTBUILDER, saved=True, aim=10)


def _beside(name: str, command: list[str | Path], people: int, *, saved: bool, aim: float) -> bool:
    ours, theirs = [], []
    for _ in range(REPETITIONS):
        ours.append(_rate(saved))
        arguments = [*command, str(QUESTIONS), str(people)]
        told = json.loads(subprocess.check_output(arguments, stderr=subprocess.DEVNULL))
        assert told["said"] == "Thanks Ben, you chose red and blue", told
        theirs.append(told["rate"])
    measuring.line("ours, saved" if saved else "ours, in memory", measuring.Series(tuple(ours)))
    measuring.line(name, measuring.Series(tuple(theirs)))
    return measuring.at_least("   times as many", measuring.ratios(ours, theirs), aim)


def _rate(saved: bool) -> float:
    programs = LivePrograms([_survey(QUESTIONS)])
    began = time.perf_counter()
    for number in range(PEOPLE):
        person = Person(programs, str(number), saved)
        person.write("hi")
        for question in range(QUESTIONS):
            person.write("blue" if question % 2 else "red")
        assert person.said == "Thanks Ben, you chose red and blue", person.said
    return PEOPLE * (QUESTIONS + 1) / (time.perf_counter() - began)


def _by_size() -> bool:
    """The same messages through flows of more and more blocks."""
    costs: dict[int, list[float]] = {size: [] for size in SIZES}
    people = {}
    for size in SIZES:
        programs = LivePrograms([_survey(size - 2, one_field=True)])
        people[size] = Person(programs, "ann", saved=True)
        people[size].write("hi")
    for _ in range(REPETITIONS):
        for size in SIZES:
            costs[size].append(_cost(people[size], "hi", *["red"] * (size - 2)))
    return _is_flat("blocks", costs)


def _by_length() -> bool:
    """More messages at the end of longer and longer conversations that go round."""
    costs: dict[int, list[float]] = {length: [] for length in LENGTHS}
    for _ in range(REPETITIONS):
        for length in LENGTHS:
            person = Person(LivePrograms([_survey(QUESTIONS, goes_round=True)]), "ann", saved=True)
            for _ in range(length):
                person.write("red")
            costs[length].append(_cost(person, "red"))
    return _is_flat("messages", costs)


def _is_flat(of_what: str, costs: dict[int, list[float]]) -> bool:
    for number, found in costs.items():
        series = measuring.Series(tuple(found))
        measuring.line(f"a message, of {number:,} {of_what}", series, "µs")
    smallest, *_, largest = costs.values()
    ratio = measuring.ratios(largest, smallest)
    return measuring.at_most("   the most to the fewest", ratio, FLAT)


def _cost(person: "Person", *texts: str) -> float:
    """What a message costs, in microseconds, in the best of twenty hundreds: nobody disturbed it."""
    endlessly, costs = cycle(texts), []
    for _ in range(20):
        hundred = list(islice(endlessly, 100))
        began = time.perf_counter()
        for text in hundred:
            person.write(text)
        costs.append((time.perf_counter() - began) / len(hundred) * 1e6)
    return min(costs)


@dataclass
class Person:
    """Somebody who answers; a host that sends at once. ``saved``: as text, after every message."""

    programs: LivePrograms
    id: str
    saved: bool
    said: str = ""
    conversation: Conversation = field(default_factory=Conversation)

    def __post_init__(self) -> None:
        self.contact = Contact(self.id, {"first_name": "Ben"})
        self._kept = self._as_text()

    def write(self, text: str) -> None:
        if self.saved:
            conversation, fields = json.loads(self._kept)
            self.conversation = Conversation.from_text(conversation)
            self.contact = Contact(self.id, fields)
        self._happens(Wrote(NOW, text))
        if self.saved:
            self._kept = self._as_text()

    def _as_text(self) -> str:
        return json.dumps((self.conversation.to_text(), dict(self.contact.fields)))

    def _happens(self, event: Event) -> None:
        sprint = handle(self.programs, self.conversation, self.contact, event, NOW)
        self.conversation, self.contact = sprint.conversation, sprint.contact
        for effect in sprint.effects:
            if isinstance(effect, SendMessages):
                self.said = effect.messages[-1].text
                self._happens(Delivered(NOW, effect.ticket))


def _survey(questions: int, *, one_field: bool = False, goes_round: bool = False) -> Program:
    """So many questions in a row, and thanks; or, after the last question, the first one again."""
    asks = {f"q{number}": _asks(number, one_field) for number in range(1, questions + 1)}
    last = "a" if one_field else f"a{questions}"
    first = "a" if one_field else "a1"
    chosen = " and ".join(f"{{{{ contact.{field} }}}}" for field in (first, last))
    thanks = f"Thanks {{{{ contact.first_name }}}}, you chose {chosen}"
    ways = dict(zip(asks, [*list(asks)[1:], "q1" if goes_round else "thanks"], strict=True))
    flow = Flow(
        "survey",
        "Survey",
        fields={name: Field(name) for name in {f"a{n}" for n in range(1, questions + 1)} | {"a"}},
        blocks={
            "start": Keyword(keywords=("hi", "red")),
            **asks,
            "thanks": SendMessage(elements=(Text(id="text", text=thanks),)),
        },
        connections={"start": {"next": "q1"}, **{id: {"next": to} for id, to in ways.items()}},
    )
    return Program.compile(1, writing.to_text(flow))


def _asks(number: int, one_field: bool) -> SendMessage:
    question = Question(
        id="q",
        text=f"Q{number}: hi {{{{ contact.first_name }}}}, red or blue?",
        answer="pattern",
        pattern="(?i)red|blue",
        example="red",
        field="a" if one_field else f"a{number}",
    )
    return SendMessage(elements=(question,))


if __name__ == "__main__":
    sys.exit(0 if main() else 1)
