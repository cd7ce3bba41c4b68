import re

import pytest


@pytest.fixture
def answer(monkeypatch):
    def prepare(text: str | None) -> None:
        def reply(prompt: str) -> str:
            if text is None:
                raise EOFError
            return text

        monkeypatch.setattr("builtins.input", reply)

    return prepare


def test_topics_are_added_listed_and_renamed(otn):
    assert otn("topics", "list")[1].startswith("There are no topics yet.")
    assert otn("topics", "add", "Blue sneakers")[0] == 0
    assert otn("topics", "rename", "BLUE sneakers", "Green sneakers")[0] == 0
    _, said, _ = otn("topics", "list")
    assert re.search(r"^Green sneakers +One-time +0 +0 +0$", said, re.MULTILINE)
    assert "Blue" not in said


def test_a_name_that_is_taken_ends_with_2(otn):
    otn("topics", "add", "Blue")
    code, _, complained = otn("topics", "add", "BLUE")
    assert code == 2
    assert complained == "There is a topic “Blue” already. Choose another name.\n"


@pytest.mark.parametrize(
    ("typed", "code", "left"), [("y", 0, False), ("n", 1, True), ("", 1, True), (None, 1, True)]
)
def test_deleting_says_what_it_costs_and_asks(otn, answer, typed, code, left):
    otn("topics", "add", "Blue")
    answer(typed)
    done, said, _ = otn("topics", "delete", "blue")
    assert done == code
    assert "“Blue”: 0 permissions that can still be used; used by no published flow." in said
    assert ("Blue" in otn("topics", "list")[1]) is left


def test_deleting_can_be_undone_as_it_says(otn):
    otn("topics", "add", "Blue")
    _, said, _ = otn("topics", "delete", "Blue", "--yes")
    command = said.rpartition("otn-studio ")[2].split()
    assert otn(*command)[0] == 0
    assert "Blue" in otn("topics", "list")[1]


def test_deleting_names_the_flows_that_use_the_topic(otn):
    from tests.cli.conftest import SAMPLE

    otn("publish", SAMPLE)
    _, said, _ = otn("topics", "delete", "blue sneakers", "--yes")
    assert "used by “Back in stock”" in said


@pytest.mark.parametrize("job", [("rename", "x", "y"), ("delete", "x", "--yes"), ("restore", "x")])
def test_what_is_not_there_ends_with_2(otn, job):
    code, _, complained = otn("topics", *job)
    assert code == 2
    assert complained.startswith("There ")


def test_a_recurring_topic_shows_how_often(otn):
    assert otn("topics", "add", "News", "--frequency", "weekly", "--no-re-opt-in")[0] == 0
    _, said, _ = otn("topics", "list")
    assert re.search(r"^News +Weekly +0 +0 +0$", said, re.MULTILINE)
