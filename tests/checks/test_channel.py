from otn_studio.blocks.block import Block, Declared
from otn_studio.blocks.element import Element
from tests.builders import ask, say, started
from tests.checks.cases import error, found

CASES = [
    error(
        "wrong_channel",
        started(ask(), channel="instagram"),
        started(ask(), channel="messenger"),
        "it",
        "elements.0",
    ),
    error(
        "wrong_channel",
        started(ask(), channel="instagram"),
        started(say(), channel="instagram"),
        "it",
        "elements.0",
    ),
]


def test_the_sentence_names_what_the_channel_does_not_have():
    [finding] = found(started(ask(), channel="instagram"), "wrong_channel")
    assert str(finding.words) == (
        "“OTN Request” works on Messenger only, and this flow is for Instagram. Remove it, or make"
        " this a Messenger flow."
    )


def test_only_notifications_are_for_messenger_alone():
    types: list[type[Declared]] = [*Block.types.values(), *Element.types.values()]
    assert {type.kind.name for type in types if "instagram" not in type.kind.channels} == {
        "otn_request",
        "recurring_request",
        "opted_in",
        "stopped",
        "resumed",
    }
