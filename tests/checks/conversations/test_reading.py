"""What is no recorded conversation is refused in one sentence, with its line."""

import contextlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otn_studio.checks.conversations import reading
from otn_studio.checks.conversations.nodes import Unreadable
from otn_studio.checks.conversations.script import TapOn, Yes
from otn_studio.checks.conversations.tapping import Address

HEAD = "conversations:\n  - name: One\n    steps:\n"


def refusal(text: str) -> str:
    with pytest.raises(Unreadable) as refused:
        reading.from_text(text)
    return str(refused.value)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Line 1: Write parts here, such as “name: Ann”."),
        ("beside: [a.json]", "Line 1: There is no “conversations” in this file."),
        ("conversations: [{name: One}]", "Line 1: This conversation has no “steps”."),
        (
            "conversations: {a: b}",
            "Line 1: “a” is not known here. Write one of: name, given, steps. A text with a colon in"
            " it stands in quotes.",
        ),
        (
            "beside: ../secret.json\nconversations: []",
            "Line 1: Name a file in the same folder here, such as “course.json”.",
        ),
        (f"{HEAD}      - me: [a]", "Line 4: Write a single text here."),
        (f"{HEAD}      - tap: {{block: a}}", "Line 4: Say the title of what is to be tapped here."),
        (
            f"{HEAD}      - tap: {{title: a, number: b}}",
            "Line 4: A number stands here that counts from 1.",
        ),
        (f"{HEAD}      - me:", "Line 4: Something has to stand after “me:”."),
        (
            f"{HEAD}      - bot:\n        - text: a\n          color: red",
            "Line 6: “color” is not known here. Write one of: text, buttons. A text with a colon in"
            " it stands in quotes.",
        ),
        (
            f"{HEAD}      - advance: soon",
            "Line 4: “soon” is no length of time. Write one such as 25h or 3 days.",
        ),
        (
            f"{HEAD}      - advance: 2026-13-01",
            "Line 4: “2026-13-01” is no time. Write one such as 2026-12-24 18:30.",
        ),
        (
            f"{HEAD}      - expect: {{handed_over: maybe}}",
            "Line 4: “maybe” is not known here. Write one of: yes, no.",
        ),
        (
            "conversations:\n  - name: One\n    given: {zone: Mars/Olympus}\n    steps: []",
            "Line 3: “Mars/Olympus” is no time zone. Write one such as Europe/Berlin.",
        ),
        (
            "conversations:\n  - name: One\n    given: {answers: {a: {status: 99}}}\n    steps: []",
            "Line 3: A status is a number from 100 to 599, such as 200.",
        ),
        (f"{HEAD}      - bot: !Hello", "Line 4: A text that begins with “!” stands in quotes."),
        (
            f"{HEAD}      - bot: *a",
            "Line 4: References within the file are not known here. A text that begins with “*”"
            " stands in quotes.",
        ),
        ("a: 1\na: 2", "Line 2: “a” is there twice. Remove one."),
        ("[" * 1000, "Line 1: This is nested too deeply."),
        ("a" * 2_000_000, "The file is too large to hold recorded conversations."),
    ],
)
def test_broken_files(text: str, sentence: str) -> None:
    assert refusal(text) == sentence


def test_broken_yaml_says_where() -> None:
    sentence = refusal("conversations:\n  - name: 'One\n")
    assert sentence.startswith("Line 3: This is not YAML: found unexpected end of stream.")


def test_files_that_can_not_be_opened(tmp_path: Path) -> None:
    (tmp_path / "latin.test.yaml").write_bytes(b"\xe4")
    for name in ("none.test.yaml", "latin.test.yaml"):
        with pytest.raises(Unreadable):
            reading.load(tmp_path / name)


@given(st.text(alphabet="ab:-?!*&{}[]'\"\n #|>%@`,\t1", max_size=200))
def test_no_text_breaks_the_reader(text: str) -> None:
    with contextlib.suppress(Unreadable):
        reading.from_text(f"conversations:\n{text}")


def test_what_is_tapped_may_be_said_with_its_block_and_its_number() -> None:
    text = f"{HEAD}      - tap: {{title: Buy, block: Shoes, number: 2}}\n      - yes: Tell me\n"
    (one,) = reading.from_text(text).conversations
    assert one.steps == (TapOn(4, Address("Buy", "Shoes", 2)), Yes(5, Address("Tell me")))
