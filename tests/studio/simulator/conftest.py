"""The simulator in the whole window, as a person uses it."""

import pytest

from otn_studio.studio.document.document import Document
from tests.builders import START, a_flow, ask, say
from tests.studio.simulator.hands import Hands

SHOP = a_flow(
    {
        "start": START,
        "hello": say("Which size?").model_copy(update={"title": "Hello"}),
        "ask": ask("When it is back?").model_copy(update={"title": "Ask"}),
        "thanks": say("You will hear from us.").model_copy(update={"title": "Thanks"}),
        "lonely": say("Nobody leads here.").model_copy(update={"title": "Lonely"}),
    },
    "start > hello",
    "hello > ask",
    "ask.card.opted_in > thanks",
)


@pytest.fixture
def hands(desk, tmp_path):
    """A flow with a file of its own, and the simulator beside it."""
    document = Document(SHOP)
    document.save(tmp_path / "shop.json")
    desk.window.open(document)
    desk.press("simulator")
    hands = Hands(desk, tmp_path / "shop.json")
    desk.bot.waitUntil(lambda: hands.phone.calm.startswith("Write something"))
    return hands
