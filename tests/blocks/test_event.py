import pytest

from otn_studio.blocks import event
from otn_studio.policy.window import opens_window


@pytest.mark.parametrize(
    ("kind", "opens"),
    [
        (event.Wrote, True),
        (event.Tapped, True),
        (event.PressedGetStarted, True),
        (event.OpenedLink, True),
        (event.Reacted, True),
        (event.OptedIn, False),
    ],
)
def test_what_a_person_does_opens_the_window_but_for_the_opt_in(kind, opens):
    assert opens_window(kind.action) is opens


@pytest.mark.parametrize("kind", [event.Announced, event.Woke, event.Delivered, event.NotSent])
def test_what_the_engine_does_is_no_action_of_the_person(kind):
    assert kind.action is None
