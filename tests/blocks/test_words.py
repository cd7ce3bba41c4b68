from gettext import NullTranslations

import pytest

from otn_studio.blocks.duration import Duration
from otn_studio.blocks.words import Problem, Words


class German(NullTranslations):
    """A catalogue in memory."""

    SENTENCES = {
        "Wait {time}": "Warte {time}",
        "“{name}” is free": "{name} ist frei ({name})",
        "{n} day": ("{n} Tag", "{n} Tage"),
    }

    def gettext(self, message: str) -> str:
        return self.SENTENCES.get(message, message)

    def ngettext(self, one: str, many: str, n: int) -> str:
        return self.SENTENCES.get(one, (one, many))[n != 1]


def days(n: int) -> Words:
    return Words("{n} day", plural="{n} days", n=n)


@pytest.mark.parametrize(
    ("words", "english", "german"),
    [
        (Words("“{name}” is free", name="Ann"), "“Ann” is free", "Ann ist frei (Ann)"),
        (days(1), "1 day", "1 Tag"),
        (days(0), "0 days", "0 Tage"),
        (days(3), "3 days", "3 Tage"),
        (Words("Wait {time}", time=days(2)), "Wait 2 days", "Warte 2 Tage"),
        (Words("Wait {time}", time=Duration(1, "day").words), "Wait 1 day", "Warte 1 Tag"),
        (Words("Wait {time}", time="{n} day"), "Wait {n} day", "Warte {n} day"),
        (Words("Wait {time}", time="{}{0}{gone}"), "Wait {}{0}{gone}", "Warte {}{0}{gone}"),
        (Words("{{{{ {a} }}}}", a="x"), "{{ x }}", "{{ x }}"),
    ],
)
def test_a_sentence_is_put_into_a_language_where_it_is_shown(words, english, german):
    assert str(words) == english
    assert words.translated(German()) == german


def test_equal_sentences_are_one_in_a_set():
    assert {Words("{a}{b}", a=1, b=[2]), Words("{a}{b}", b=[2], a=1.0)} == {
        Words("{a}{b}", a=1, b=[2])
    }


def test_sentences_differ_by_text_value_and_number():
    assert len({days(1), days(2), Words("{n} day", n=1), Words("x", a=1), Words("x", a=2)}) == 5


def test_a_problem_says_its_sentence_and_keeps_its_words():
    problem = Problem("“{name}” is free", name="Ann")
    assert str(problem) == "“Ann” is free"
    assert problem.words.translated(German()) == "Ann ist frei (Ann)"
