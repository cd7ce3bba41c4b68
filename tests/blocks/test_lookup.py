import pytest

from otn_studio.blocks.lookup import Lookup


@pytest.mark.parametrize(
    ("key", "known"),
    [("first_name", True), ("last_name", True), ("size", True), ("Size", False), ("", False)],
)
def test_fields_of_the_flow_and_those_that_messenger_gives_are_known(key, known):
    assert Lookup(fields={"size": "Shoe size"}).knows_field(key) is known
