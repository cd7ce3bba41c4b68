"""What every type owes to the palette, the form, the help page and the file format."""

import re

import pytest
from hypothesis import assume, given

from otn_studio import shipped
from otn_studio.blocks.block import Block, Group, Start, UnknownType
from otn_studio.blocks.element import Element
from otn_studio.blocks.lookup import Lookup
from otn_studio.blocks.turn import Go, Send, Sleep
from tests import strategies
from tests.builders import a_turn

TYPES = [*Block.types.values(), *Element.types.values()]
every_type = pytest.mark.parametrize("declared", TYPES, ids=lambda declared: declared.kind.name)


@every_type
def test_a_type_has_what_the_palette_shows(declared):
    kind = declared.kind
    assert kind.name == kind.name.lower().replace(" ", "_")
    assert kind.title.strip()
    assert shipped.path(f"resources/icons/{kind.icon}.svg").is_file()
    assert kind.group in Group
    assert kind.channels


@every_type
def test_a_type_explains_itself_with_an_example(declared):
    assert ">>>" in declared.__doc__
    assert declared.help()
    assert ">>>" not in declared.help()
    assert declared.help() in "\n".join(line.strip() for line in declared.__doc__.splitlines())


@every_type
def test_every_field_has_an_option_for_the_form(declared):
    assert declared.model_fields.keys() - {"title", "id"} <= declared.options().keys()
    assert all(option.label.strip() for option in declared.options().values())


@every_type
def test_a_new_one_from_the_palette_can_be_written_and_read(declared):
    name = declared.kind.name
    new = declared.read({"type": name, **({"id": "new"} if issubclass(declared, Element) else {})})
    assert declared.read(new.written()) == new


def test_no_two_types_look_the_same_in_the_palette():
    assert len({declared.kind.title for declared in TYPES}) == len(TYPES)
    assert len({declared.kind.name for declared in TYPES}) == len(TYPES)


def test_no_two_types_share_a_class_name_which_is_their_name_in_the_schema():
    assert len({declared.__name__ for declared in TYPES}) == len(TYPES)


def test_of_several_starts_that_answer_the_order_is_decided():
    starts = [type for type in Block.types.values() if issubclass(type, Start)]
    assert len({start.precedence for start in starts}) == len(starts)


@given(strategies.blocks)
def test_what_is_written_is_read_back_equal(block):
    assert Block.read(block.written()) == block


@given(strategies.blocks)
def test_everything_that_is_shown_is_a_sentence(block):
    for words in (block.label(), block.summary(), *(port.words for port in block.ports())):
        assert isinstance(str(words), str)


@given(strategies.blocks)
def test_the_way_to_an_option_leads_to_its_value_in_the_written_form(block):
    for path, _, value in block.filled_in():
        place = block.written()
        for step in path.split("."):
            place = place[int(step) if step.isdigit() else step]
        if isinstance(value, tuple):
            assert len(place) == len(value)
        else:
            assert place == (value if isinstance(value, str | int) else str(value))


def test_a_title_that_people_gave_is_what_the_block_is_called():
    wait = Block.read({"type": "wait", "for": "3 days"})
    assert str(wait.label()) == "Wait 3 days"
    assert str(wait.model_copy(update={"title": "Sleep {on} it"}).label()) == "Sleep {on} it"


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        ([], "it is not written as { … }"),
        ("wait", "it is not written as { … }"),
        ({}, "“None” is not a type that this version knows"),
        ({"type": "dance"}, "“dance” is not a type that this version knows"),
        ({"type": ["wait"]}, "“['wait']” is not a type that this version knows"),
        ({"type": "text", "id": "x"}, "“text” is not a type that this version knows"),
        ({"type": "wait", "how": "long"}, "“how”: Extra inputs are not permitted"),
        ({"type": "wait", "title": 3}, "“title”: Input should be a valid string"),
        (
            {"type": "send_message", "elements": [{"type": "dance", "id": "x"}]},
            "“elements.0”: “dance” is not a type that this version knows",
        ),
        (
            {"type": "send_message", "elements": [{"type": "text"}]},
            "“elements.0”: “id”: Field required",
        ),
        (
            {"type": "send_message", "elements": [{"type": "text", "id": "A.b"}]},
            "“elements.0”: “id”: String should match pattern '^[a-z0-9_-]{1,40}$'",
        ),
        (
            {"type": "condition", "tests": [{"test": "tag", "tag": "vip", "has": "yes"}]},
            "“tests.0.tag.has”: Input should be a valid boolean",
        ),
    ],
)
def test_what_is_not_a_block_is_refused(data, problem):
    with pytest.raises(ValueError, match=f"^{re.escape(problem)}$"):
        Block.read(data)


def test_an_unknown_type_is_told_apart_from_wrong_content():
    with pytest.raises(UnknownType):
        Block.read({"type": "dance"})
    with pytest.raises(ValueError, match="“for”") as refused:
        Block.read({"type": "wait", "for": 3})
    assert not isinstance(refused.value, UnknownType)


@given(strategies.blocks)
def test_a_step_goes_on_by_ways_out_that_the_block_has(block):
    assume(not list(block.findings(Lookup())))
    ports = {port.id for port in block.ports()}
    match block.step(a_turn("vip", size="inf")).then:
        case Go(port) | Sleep(_, port):
            assert port in ports
        case Send(_, _, next, too_late, could_not_send):
            assert {next, too_late, could_not_send} <= ports
