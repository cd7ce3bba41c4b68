from otn_studio.blocks.event import OpenedLink, PressedGetStarted, Wrote
from otn_studio.blocks.start.get_started import GetStarted
from tests.builders import NOW


def test_it_answers_the_press_with_a_link_or_without():
    assert GetStarted().answers(PressedGetStarted(NOW))
    assert GetStarted().answers(PressedGetStarted(NOW, "poster"))


def test_it_answers_nothing_else():
    assert not GetStarted().answers(OpenedLink(NOW, "poster"))
    assert not GetStarted().answers(Wrote(NOW, "Get Started"))


def test_two_of_them_compete():
    assert GetStarted().claims() & GetStarted().claims()
