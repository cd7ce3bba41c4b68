"""What a human agent types may come within 7 days, if the Page's app may send it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from otn_studio.emulator.errors import GraphError
from otn_studio.emulator.sends import read_send
from otn_studio.policy.window import Action
from tests.emulator.conftest import DAY, MICROSECOND


def by_hand(person) -> dict:
    call = {"recipient": {"id": person.id}, "message": {"text": "Bea here"}}
    return call | {"messaging_type": "MESSAGE_TAG", "tag": "HUMAN_AGENT"}


@pytest.fixture
def agents(world, ana):
    world.page = replace(world.page, human_agent=True)
    world.act(ana, Action.MESSAGE)
    return world


def test_it_comes_for_seven_days(agents, ana, clock):
    clock.advance(7 * DAY - timedelta(milliseconds=1))
    agents.receive(read_send(by_hand(ana)))
    assert ana.phone.entries[-1].message.content.text == "Bea here"
    clock.advance(timedelta(milliseconds=1) + MICROSECOND)
    with pytest.raises(GraphError, match="window"):
        agents.receive(read_send(by_hand(ana)))


def test_without_the_right_it_is_refused_in_the_window_too(world, ana):
    world.act(ana, Action.MESSAGE)
    with pytest.raises(GraphError, match="Message tags are not available"):
        world.receive(read_send(by_hand(ana)))


def test_it_answers_nobody_who_never_wrote(agents):
    bob = agents.add_person("Bob")
    with pytest.raises(GraphError):
        agents.receive(read_send(by_hand(bob)))
