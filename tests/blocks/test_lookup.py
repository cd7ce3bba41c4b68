import pytest

from otn_studio.blocks.field import Field, FieldType
from otn_studio.blocks.lookup import Lookup

FIELDS = {"size": Field("Size", FieldType.NUMBER), "stock": Field("Stock", of_page=True)}


@pytest.mark.parametrize(
    ("key", "known"),
    [
        *(("first_name", True), ("last_answer", True), ("size", True)),
        *(("Size", False), ("", False), ("stock", False)),
    ],
)
def test_fields_of_the_flow_and_those_that_messenger_gives_are_known(key, known):
    assert Lookup(fields=FIELDS).knows_field(key) is known


def test_values_of_the_page_are_apart():
    lookup = Lookup(fields=FIELDS)
    assert [key for key in (*FIELDS, "first_name") if lookup.knows_page_field(key)] == ["stock"]


def test_the_type_of_a_field_is_known():
    keys = ("size", "stock", "first_seen", "gone")
    assert [Lookup(fields=FIELDS).type_of(key) for key in keys] == [
        *("number", "text", "date_time", "text")
    ]
