"""Made-up people answer the flow's fields each in their way."""

from otn_studio.blocks.actions.set_field import SetField
from otn_studio.studio.phone.people import PEOPLE
from tests.builders import a_flow

ANN, LONG, NOBODY = PEOPLE
FLOW = a_flow(
    {
        "a": SetField(field="size", value="extra large"),
        "b": SetField(field="size", value="41"),
        "c": SetField(field="size", value="{{ contact.other }}"),
        "d": SetField(field="gone", value="1"),
    },
    fields=("size", "colour"),
)


def test_values_come_from_the_flow_itself_else_from_the_name_of_the_field():
    assert ANN.fields(FLOW) == {
        "size": "41",
        "colour": "Colour",
        "first_name": "Ann",
        "last_name": "Lee",
    }


def test_one_has_long_answers_and_a_long_name():
    assert LONG.fields(FLOW)["size"] == "extra large"
    assert len(LONG.first_name) > 30


def test_one_gives_nothing():
    assert NOBODY.fields(FLOW) == {}
    assert NOBODY.first_name == ""
