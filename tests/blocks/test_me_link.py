import pytest

from otn_studio.blocks.event import OpenedLink, PressedGetStarted, Wrote
from otn_studio.blocks.start.get_started import GetStarted
from otn_studio.blocks.start.me_link import MeLink
from tests.builders import NOW


@pytest.mark.parametrize(
    ("ref", "event", "answers"),
    [
        ("poster", OpenedLink(NOW, "poster"), True),
        ("poster", PressedGetStarted(NOW, "poster"), True),
        ("poster", OpenedLink(NOW, "Poster"), False),
        ("poster", OpenedLink(NOW, ""), False),
        ("poster", PressedGetStarted(NOW), False),
        ("", OpenedLink(NOW, ""), False),
        ("", PressedGetStarted(NOW), False),
        ("poster", Wrote(NOW, "poster"), False),
    ],
)
def test_it_answers_its_own_ref_to_the_letter(ref, event, answers):
    assert MeLink(ref=ref).answers(event) is answers


def test_it_goes_before_get_started_when_a_new_person_comes_through_the_link():
    assert MeLink.precedence < GetStarted.precedence


def test_an_empty_ref_claims_nothing():
    assert MeLink(ref="poster").claims() == {"poster"}
    assert MeLink().claims() == frozenset()
