"""A new block is one declaration: everything below works with no other file touched."""

from collections.abc import Iterator
from typing import Annotated

import pytest
from jsonschema import Draft202012Validator

from otn_studio.blocks.block import NEXT, Block, Group, Kind, Option, Part, Port, Role
from otn_studio.blocks.event import Wrote
from otn_studio.blocks.finding import Severity
from otn_studio.blocks.turn import Contact, SetField, Step, Turn
from otn_studio.blocks.words import Words
from otn_studio.checks.check import check
from otn_studio.flow import reading, writing
from otn_studio.flow.project import Project
from otn_studio.flow.schema import schema
from otn_studio.interpreter import interpreter
from otn_studio.interpreter.conversation import Conversation
from otn_studio.interpreter.effects import SendMessages
from otn_studio.interpreter.program import LivePrograms, Program
from tests.builders import NOW, START, a_flow, say


@pytest.fixture
def toy() -> Iterator[type[Block]]:
    class Face(Part):
        name: Annotated[str, Option("Name", limit=5, liquid=True, required=True)] = ""

    class Toy(Block):
        """Throws a die.

        >>> 1 + 1
        2
        """

        kind = Kind("toy", title="Toy", group=Group.LOGIC, icon="dice")
        who: Annotated[str, Option("Who throws", required=True)] = ""
        faces: Annotated[tuple[Face, ...], Option("Faces")] = ()

        def ports(self) -> tuple[Port, ...]:
            words = Words("Six")
            return (NEXT, Port("six", words, Role.BRANCH))

        def step(self, turn: Turn) -> Step:
            return turn.go("six", SetField("size", turn.render(self.who, 100)))

    yield Toy
    del Block.types["toy"]


@pytest.fixture
def flow(toy):
    thrown = toy.read({"type": "toy", "who": "Ann", "faces": [{"name": "one"}]})
    blocks = {"start": START, "toy": thrown, "won": say("Six!"), "lost": say("No.")}
    return a_flow(blocks, "start > toy", "toy.six > won", "toy > lost")


def test_it_is_written_and_read(flow, toy):
    text = writing.to_text(flow)
    assert '"type": "toy"' in text
    assert reading.from_text(text) == flow
    assert isinstance(reading.from_text(text).blocks["toy"], toy)


def test_a_file_with_it_is_refused_where_it_is_not_known(flow, toy, monkeypatch):
    text = writing.to_text(flow)
    monkeypatch.delitem(Block.types, "toy")
    with pytest.raises(reading.Unreadable, match="“toy” is not a type that this version knows"):
        reading.from_text(text)


def test_it_is_in_the_schema(flow):
    assert Draft202012Validator(schema()).is_valid(writing.written(flow))
    assert schema()["$defs"]["Toy"]["description"] == "Throws a die."
    wrong = writing.written(flow)
    wrong["blocks"]["toy"]["who"] = 6
    assert not Draft202012Validator(schema()).is_valid(wrong)


def test_its_options_are_checked(flow, toy):
    faces = [{"name": ""}, {"name": "{{"}, {"name": "123456"}]
    flow.blocks["toy"] = toy.read({"type": "toy", "faces": faces})
    [found] = check(Project.of(flow)).values()
    assert [(f.code, f.block, f.field, f.severity) for f in found] == [
        ("empty", "toy", "who", Severity.ERROR),
        ("empty", "toy", "faces.0.name", Severity.ERROR),
        ("broken_text", "toy", "faces.1.name", Severity.ERROR),
        ("too_long", "toy", "faces.2.name", Severity.ERROR),
    ]


def test_its_ways_out_are_connected_and_checked(flow):
    assert check(Project.of(flow)) == {"shop": ()}
    nowhere = a_flow({"start": START, "toy": flow.blocks["toy"]}, "start > toy")
    [[finding]] = check(Project.of(nowhere)).values()
    assert finding.code == "open_branches"


def test_the_interpreter_runs_it(flow):
    programs = LivePrograms([Program.compile(1, writing.to_text(flow))])
    event = Wrote(NOW, "hello")
    sprint = interpreter.handle(programs, Conversation(), Contact("ann"), event, NOW)
    assert sprint.contact.fields == {"size": "Ann"}
    [send] = [effect for effect in sprint.effects if isinstance(effect, SendMessages)]
    assert send.messages[0].text == "Six!"
