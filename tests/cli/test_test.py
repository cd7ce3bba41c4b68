import shutil

import pytest

from otn_studio import shipped
from otn_studio.checks.conversations.reading import load, path_beside
from tests.cli.conftest import SAMPLE

WITH_ANOTHER = shipped.path("flows/course.json")


@pytest.fixture
def folder(tmp_path):
    """The sample and its tests, to be changed."""
    for path in (SAMPLE, path_beside(SAMPLE)):
        shutil.copy(path, tmp_path)
    return tmp_path


def test_the_tests_of_a_flow_are_named_and_all_that_they_pass_is_counted(otn):
    code, said, complained = otn("test", SAMPLE)
    assert (code, complained) == (0, "")
    names = [one.name for one in load(path_beside(SAMPLE)).conversations]
    assert [line for line in said.splitlines() if "Passed: " in line] == [
        f"  Passed: {name}" for name in names
    ]
    assert "blocks and" in said
    assert said.endswith(f"{len(names)} tests, none failed.\n")


def test_a_flow_that_says_something_else_fails_with_what_was_expected_and_what_came(otn, folder):
    path = folder / SAMPLE.name
    path.write_text(path.read_text().replace("Which size do you wear?", "Your size?"))
    code, said, _ = otn("test", path)
    assert code == 1
    assert f"    {folder / path_beside(SAMPLE).name}:" in said
    assert "The bot said “Hi there, the blue sneakers are sold out. Your size?”, and was to" in said
    assert " failed.\n" in said


def test_what_no_test_passes_is_named(otn, folder):
    tests = path_beside(folder / SAMPLE.name)
    tests.write_text("conversations:\n  - name: Nothing\n    steps: []\n")
    code, said, _ = otn("test", folder)
    assert code == 0
    assert "  They come through 0 of " in said
    assert "    Not reached: Ask to notify\n" in said
    assert "    Not reached: Ask to notify, “Notify Me tapped”\n" in said
    assert said.endswith("1 test, none failed.\n")


def test_all_tests_of_a_folder_run_with_the_flows_that_they_name(otn):
    code, said, _ = otn("test", WITH_ANOTHER.parent)
    assert code == 0
    assert f"{WITH_ANOTHER}: “" in said
    assert "course-lessons.json: “" not in said


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            None,
            "There are no tests to run. The tests of NAME.json stand beside it, in NAME.test.yaml.",
        ),
        ("conversations: [", "back-in-stock.test.yaml: Line 1: This is not YAML: "),
        ("beside: gone.json\nconversations: []", "gone.json: The file can’t be opened: "),
    ],
)
def test_without_tests_that_can_be_read_it_ends_with_2_and_one_sentence(otn, folder, text, problem):
    tests = path_beside(folder / SAMPLE.name)
    tests.write_text(text) if text else tests.unlink()
    code, _, complained = otn("test", folder / SAMPLE.name)
    assert code == 2
    assert problem in complained
    assert len(complained.splitlines()) == 1
