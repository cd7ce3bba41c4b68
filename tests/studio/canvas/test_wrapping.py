from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from otn_studio.studio.canvas.runs import Run, runs_of
from otn_studio.studio.canvas.wrapping import one_line, wrapped

WIDTH = 120.0
texts = st.text(st.sampled_from("ab .\n👟é"), max_size=80)
all_runs = st.lists(st.builds(Run, texts, st.booleans()), max_size=5)


def measure(text: str) -> float:
    return len(text) * 6.0


def lines(text: str, at_most: int = 9) -> list[str]:
    found = wrapped(runs_of(text, {}), WIDTH, at_most, measure)
    return ["|".join(bit.text for bit in line) for line in found]


def test_lines_break_between_words():
    assert lines("one two three four five six") == ["one two three four", "five six"]


def test_lines_break_where_the_person_broke_them():
    assert lines("one\ntwo\n\nthree") == ["one", "two", "three"]


def test_a_word_wider_than_a_line_is_cut():
    assert lines("x" * 45) == ["x" * 20, "x" * 20, "x" * 5]


def test_no_letter_of_a_cut_word_is_left_alone():
    assert lines("x" * 21) == ["x" * 18, "x" * 3]


def test_what_does_not_fit_ends_with_dots():
    assert lines("one two three four five six", at_most=1) == ["one two three four…"]


def test_what_is_filled_in_is_a_chip_that_sits_in_the_line():
    (line,) = wrapped(runs_of("Hi {{ contact.first_name }}, you", {}), 400, 2, measure)
    assert [(bit.text, bit.chip) for bit in line] == [
        ("Hi", False),
        ("first name", True),
        (", you", False),
    ]


def test_a_field_is_shown_by_the_name_that_people_gave_it():
    assert runs_of("{{ contact.size | upcase }}", {"size": "Shoe size"}) == (
        Run("Shoe size", True),
    )


@given(all_runs, st.integers(1, 5))
def test_no_line_is_wider_than_the_place_for_it_and_none_is_too_many(runs, at_most):
    found = wrapped(runs, WIDTH, at_most, measure)
    assert len(found) <= at_most
    for line in found:
        assert line[-1].x + line[-1].width <= WIDTH + 1e-6
        for left, right in pairwise(line):
            assert left.x + left.width <= right.x + 1e-6 or right.text == "…"


@given(texts, st.floats(6, 200))
def test_one_line_fits(text, width):
    assert measure(one_line(text, width, measure)) <= width
