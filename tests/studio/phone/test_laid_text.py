"""Texts hug their words and break them only where they must."""

import pytest

from otn_studio.studio.phone.laid_text import LaidText
from otn_studio.studio.theme import type

pytestmark = pytest.mark.usefixtures("theme")


def laid(text, width=200):
    return LaidText(text, type.font(), width).size


def test_a_short_text_is_as_wide_as_its_words():
    short, long = laid("Hi"), laid("Hi there, Ann")
    assert short.width() < long.width() < 200
    assert short.height() == long.height()


def test_a_long_text_takes_lines():
    text = "The blue sneakers usually come back within a few weeks, in every size."
    assert laid(text).width() <= 200
    assert laid(text).height() == 3 * laid("Hi").height()


def test_a_word_without_end_is_broken_within_the_width():
    assert laid("x" * 200).width() <= 200
    assert laid("x" * 200).height() > laid("Hi").height()


def test_lines_of_the_writer_stay():
    assert laid("One\nTwo\n\nFour").height() == 4 * laid("One").height()


def test_a_text_from_the_right_hugs_too():
    assert laid("שלום").width() < 100


def test_no_text_takes_one_line_at_most():
    assert laid("").width() == 0
    assert laid("").height() <= laid("Hi").height()
