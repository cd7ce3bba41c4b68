import pytest

from otn_studio.blocks.block import Block, Start
from otn_studio.blocks.event import PressedGetStarted, Reacted, Tapped, Wrote
from otn_studio.blocks.start.default_reply import DefaultReply
from tests.builders import NOW


@pytest.mark.parametrize("text", ["hello", "", "👍"])
def test_it_answers_whatever_a_person_sends(text):
    assert DefaultReply().answers(Wrote(NOW, text))


@pytest.mark.parametrize("event", [Tapped(NOW, "x"), PressedGetStarted(NOW), Reacted(NOW)])
def test_it_answers_nothing_else(event):
    assert not DefaultReply().answers(event)


def test_every_other_start_goes_first():
    starts = [type for type in Block.types.values() if issubclass(type, Start)]
    assert max(starts, key=lambda start: start.precedence) is DefaultReply
