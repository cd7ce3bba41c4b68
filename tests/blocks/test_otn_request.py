from otn_studio.blocks.block import Role
from otn_studio.blocks.elements.otn_request import OtnRequest
from otn_studio.blocks.outgoing import OptInCard
from otn_studio.policy import limits
from tests.builders import a_turn


def test_its_way_out_is_the_tap():
    [port] = OtnRequest(id="card").ports()
    assert (port.id, port.role, str(port.words)) == (
        "card.opted_in",
        Role.CHOICE,
        "Notify Me tapped",
    )


def test_it_sends_a_card_for_its_topic_cut_at_the_limit():
    request = OtnRequest(id="card", topic="shoes", title="{{ contact.name }}")
    assert request.message(a_turn(name="x" * 66)) == OptInCard(
        "x" * (limits.OPT_IN_TITLE - 1) + "…", "shoes", "card.opted_in"
    )


def test_it_is_for_messenger_only():
    assert OtnRequest.kind.channels == {"messenger"}
