"""Imported projects of RapidPro beside the recorded conversations of its own engine.

``python -m tests.exchange.conformance`` plays every recorded conversation with our interpreter, turn
by turn, and prints how many turns are the same, every turn that is not, and in how many turns
something is not compared, or counted as the same, and why.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from otn_studio.blocks.logic.go_to_flow import GoToFlow
from otn_studio.blocks.logic.wait_for_answer import WaitForAnswer
from otn_studio.blocks.outgoing import Choice, MediaMessage, Message, TextMessage
from otn_studio.blocks.start.another_flow import AnotherFlow
from otn_studio.blocks.start.keyword import Keyword
from otn_studio.blocks.turn import Contact
from otn_studio.exchange import formats
from otn_studio.exchange.drawing import readable_id
from otn_studio.exchange.rapidpro.paper import id_of
from otn_studio.flow import writing
from otn_studio.flow.document import Flow
from otn_studio.flow.project import Project as Flows
from otn_studio.interpreter.program import Program
from tests.interpreter.talk import Talk

FOLDER = Path(__file__).parents[3] / "shared" / "rapidpro"
PROJECTS = ("pt-day-handlers", "pt-jamaica", "unicef-samples")
RECORDED_AT = datetime(2026, 1, 15, 12, tzinfo=UTC)
BEN = {"first_name": "Ben", "last_name": "Haggerty", "locale": "en"}
BEGIN = "begin the conversation"


@dataclass(frozen=True)
class Seen:
    """What came of one turn: messages with their answers to tap, pictures and videos by their
    addresses, fields and groups that changed.
    """

    messages: tuple[tuple[str, tuple[str, ...]], ...] = ()
    media: tuple[str, ...] = ()
    fields: dict[str, str] = field(default_factory=dict)
    added: frozenset[str] = frozenset()
    removed: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Difference:
    """A turn that is not the same; where, and what it should have been."""

    place: str
    expected: Seen
    found: Seen


@dataclass(frozen=True)
class Comparison:
    """Of one project. ``allowed`` counts turns by what was not compared in them, and why."""

    turns: int
    differences: list[Difference]
    allowed: Counter[str]


class Project:
    """An imported file, ready to be talked with. ``ids`` are those of its flows, by those there."""

    def __init__(self, flows: Iterable[Flow], ids: dict[str, str]) -> None:
        self._flows = {flow.id: flow for flow in flows}
        self._ids = ids
        gone = {
            block.flow
            for flow in self._flows.values()
            for block in flow.blocks.values()
            if isinstance(block, GoToFlow) and block.flow not in self._flows
        }
        self._programs = [_compiled(flow) for flow in self._flows.values()]
        self._programs += [_compiled(_waits_for_ever(id)) for id in gone]

    def talk(self, uuid: str) -> "Conversation":
        begins = Flow(
            "begins",
            "Begins",
            blocks={"s": Keyword(keywords=(BEGIN,)), "go": GoToFlow(flow=self._ids[uuid])},
            connections={"s": {"next": "go"}},
        )
        return Conversation([*self._programs, _compiled(begins)])


class Conversation(Talk):
    """One person, from whose answers nothing is lost. No other program answers, as there."""

    def __init__(self, programs: list[Program]) -> None:
        super().__init__(now=RECORDED_AT)
        self.programs.set_live(programs)
        self.contact = Contact("ben", fields=BEN)

    def turn(self, text: str | None) -> Seen:
        """What comes of it that they write; nothing: the conversation begins."""
        before, _ = self.contact, self.received.clear()
        self.write(BEGIN if text is None else text)
        while self.requests:
            self.fetched(problem="not_reached")
        changed = {
            key: str(value)
            for key, value in {**dict.fromkeys(before.fields, ""), **self.contact.fields}.items()
            if before.fields.get(key, "") != value
        }
        return Seen(
            tuple(_received(self.received)),
            tuple(m.url for m in self.received if isinstance(m, MediaMessage)),
            changed,
            self.contact.tags - before.tags,
            before.tags - self.contact.tags,
        )


def _compiled(flow: Flow) -> Program:
    return Program.compile(1, writing.to_text(flow))


def _waits_for_ever(id: str) -> Flow:
    """In the place of a flow that the file has not: there, the reference engine ends the session."""
    wait = WaitForAnswer(time="366 days")
    return Flow(id, id, blocks={"s": AnotherFlow(), "w": wait}, connections={"s": {"next": "w"}})


def _received(messages: Iterable[Message]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for message in messages:
        if isinstance(message, MediaMessage):
            continue
        assert isinstance(message, TextMessage)
        choices = (reply for reply in message.quick_replies if isinstance(reply, Choice))
        yield message.text.strip(), tuple(choice.title for choice in choices)


def recorded(events: Iterable[dict[str, Any]]) -> Seen:
    """What the reference engine did in a turn."""
    messages: list[tuple[str, tuple[str, ...]]] = []
    media: list[str] = []
    fields: dict[str, str] = {}
    added: set[str] = set()
    removed: set[str] = set()
    for event in events:
        match event["type"]:
            case "msg":
                quick = tuple(reply["text"] for reply in event["quick_replies"] or ())
                media += [sent.partition(":")[2] for sent in event["attachments"] or ()]
                if event["text"].strip() or quick:
                    messages.append((event["text"].strip(), quick))
            case "contact_field_changed":
                fields[event["field"]["key"]] = (event["value"] or {"text": ""})["text"]
            case "contact_groups_changed":
                for group in event.get("groups_added") or ():
                    added.add(_tag(group))
                    removed.discard(_tag(group))
                for group in event.get("groups_removed") or ():
                    removed.add(_tag(group))
                    added.discard(_tag(group))
    return Seen(tuple(messages), tuple(media), fields, frozenset(added), frozenset(removed))


def _tag(group: dict[str, Any]) -> str:
    """A tag has single spaces."""
    return " ".join(group["name"].split())


def same(expected: Seen, found: Seen, keys: frozenset[str]) -> bool:
    """Whether a person could not tell the two apart; moments are the same whatever they are written
    like, and fields are those that the file knows.
    """
    ours = {key: _moment(value) for key, value in found.fields.items() if key in keys}
    theirs = {key: _moment(value) for key, value in expected.fields.items()}
    return (expected.messages, expected.media, theirs, expected.added, expected.removed) == (
        found.messages,
        found.media,
        ours,
        found.added,
        found.removed,
    )


def _moment(value: str) -> str:
    try:
        return datetime.fromisoformat(value).replace(tzinfo=UTC).strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return value


def ids(source: dict[str, Any]) -> dict[str, str]:
    """The ids of a container's flows here, by those there."""
    return {flow["uuid"]: readable_id(flow["name"], flow["uuid"][:8]) for flow in source["flows"]}


def there_and_back(name: str, folder: Path = FOLDER) -> Comparison:
    """The same with what is imported, exported, and imported once more."""
    path = folder / f"{name}.export.json"
    source = json.loads(path.read_text(encoding="utf-8"))
    rapidpro = formats.named("rapidpro")
    written = rapidpro.write(Flows.of(*formats.load(path).flows)).content
    known = {id_of(id): uuid for uuid, id in ids(source).items()}
    again = {known.get(uuid, uuid): id for uuid, id in ids(json.loads(written)).items()}
    project = Project(rapidpro.read(written).flows, again)
    return played(project, source, sessions(name, folder))


def sessions(name: str, folder: Path) -> list[dict[str, Any]]:
    """The recorded conversations."""
    lines = (folder / f"{name}.goflow.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def compared(name: str, folder: Path = FOLDER) -> Comparison:
    """A project beside its recorded conversations."""
    path = folder / f"{name}.export.json"
    source = json.loads(path.read_text(encoding="utf-8"))
    project = Project(formats.load(path).flows, ids(source))
    return played(project, source, sessions(name, folder))


def played(project: Project, source: dict[str, Any], sessions: list[dict[str, Any]]) -> Comparison:
    keys = frozenset(f["key"] for f in source.get("fields") or ()) | _set_by(source)
    turns, differences, allowed = 0, [], Counter[str]()
    for session in sessions:
        talk = project.talk(session["flow_uuid"])
        for number, turn in enumerate(session["turns"], start=1):
            turns += 1
            expected, found = recorded(turn["out"]), talk.turn(turn["in"])
            allowed.update(set(allowances(turn["out"])))
            if not same(expected, found, keys):
                place = f"{session['flow_name']}, {session['variant']}, turn {number}"
                differences.append(Difference(place, expected, found))
    return Comparison(turns, differences, allowed)


def _set_by(source: dict[str, Any]) -> frozenset[str]:
    return frozenset(
        action["field"]["key"]
        for flow in source["flows"]
        for node in flow["nodes"]
        for action in node.get("actions", ())
        if action["type"] == "set_contact_field"
    )


def allowances(events: Iterable[dict[str, Any]]) -> Iterator[str]:
    """What of a turn is not compared, or counts as the same although it is written differently."""
    for event in events:
        match event["type"]:
            case "failure":
                yield (
                    "the flow to go to is not in the file: there the session fails, here the import"
                    " says so, the checks refuse to publish, and the run is held at that place"
                )
            case "error":
                yield "an expression or a test failed there; here it is empty or false, without a word"
            case "run_result_changed":
                yield "results are fields of the contact here; compared only where a text shows them"
            case "input_labels_added":
                yield "labels of messages are lost, as the import says"
            case "contact_field_changed" if "datetime" in (event["value"] or ()):
                yield "a moment is kept to the minute, as 2026-01-15 12:00"
            case "contact_groups_changed" if any("  " in name for name in _names(event)):
                yield "a tag has single spaces where the name of the group has two"
            case "msg" if event["attachments"]:
                yield "pictures and videos come before the words of their message, not after them"


def _names(event: dict[str, Any]) -> list[str]:
    groups = [*(event.get("groups_added") or ()), *(event.get("groups_removed") or ())]
    return [group["name"] for group in groups]


def main() -> None:
    total, different = 0, 0
    for name in PROJECTS:
        found = compared(name)
        total, different = total + found.turns, different + len(found.differences)
        print(f"{name}: {found.turns - len(found.differences)} of {found.turns} turns are the same")
        for one in found.differences:
            print(f"  {one.place}\n    expected {one.expected}\n    found    {one.found}")
        for why, count in found.allowed.most_common():
            print(f"  in {count}: {why}")
    print(f"all: {(total - different) / total:.2%} of {total} turns")


if __name__ == "__main__":
    main()
