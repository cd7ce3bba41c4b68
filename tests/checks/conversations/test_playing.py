"""A conversation that goes another way than it was recorded is told, with its line and how."""

import pytest

from otn_studio import shipped
from otn_studio.checks.conversations import playing, reading
from otn_studio.flow.project import Project
from otn_studio.flow.reading import load

SAMPLE = load(shipped.path("flows/back-in-stock.json"))
SHOP = Project.of(SAMPLE)
ASKED = """
      - me: restock
      - bot: "Hi there, *"
      - tap: "42"
      - bot: ["Size 42 *", Get told when size 42 is back]
"""


def played(steps: str, given: str = "{}") -> str:
    text = (
        f"conversations:\n  - name: One\n    given: {given}\n    steps:\n{steps.strip(chr(10))}\n"
    )
    (conversation,) = reading.from_text(text).conversations
    return str(playing.play(SHOP, SAMPLE, conversation) or "")


def test_what_goes_as_recorded_is_no_failure() -> None:
    assert played(ASKED) == ""


@pytest.mark.parametrize(
    ("steps", "failure"),
    [
        (
            "      - me: restock\n      - bot: Hello",
            "6: The bot said “Hi there, the blue sneakers are sold out. Which size do you wear?”,"
            " and was to say “Hello”.",
        ),
        (
            "      - me: restock\n      - bot: ['*', More]",
            "6: The bot was to say “More”, and said nothing more.",
        ),
        (
            "      - me: hello\n      - bot: Hi",
            "6: The bot was to say “Hi”, and said nothing more.",
        ),
        (
            "      - me: restock\n      - bot: []",
            "6: The bot also said “Hi there, the blue sneakers are sold out. Which size do you"
            " wear?”.",
        ),
        (
            "      - me: restock\n      - bot: '!Hi *'",
            "6: The bot said “Hi there, the blue sneakers are sold out. Which size do you wear?”,"
            " and was not to.",
        ),
        (
            "      - me: restock\n      - bot: {text: 'Hi *', buttons: ['41', '44']}",
            "6: There was “41, 42, 43” to tap, and not “41, 44”.",
        ),
        ("      - tap: Yes", "5: There is nothing of that kind to tap or to stop."),
        ("      - stop: Blue sneakers", "5: There is nothing of that kind to tap or to stop."),
        (
            "      - announce: Blue sneakers",
            "5: The person holds no permission for this topic that can be used now.",
        ),
        ("      - announce: Red sneakers", "5: There is no topic “Red sneakers”."),
        ("      - start: Nowhere", "5: There is no block “Nowhere” in this flow."),
        ("      - advance: 2026-11-01", "5: This time is over already."),
        (
            "      - expect: {fields: {size: '42'}}",
            "5: “size” is “”, and was to be “42”.",
        ),
        ("      - expect: {tags: [vip]}", "5: “vip” is “no”, and was to be “yes”."),
        (
            "      - expect: {permissions: {Blue sneakers: yes}}",
            "5: “Blue sneakers” is “no”, and was to be “yes”.",
        ),
        ("      - expect: {told: [a@b.example]}", "5: “told” is “”, and was to be “a@b.example”."),
        ("      - expect: {handed_over: yes}", "5: “handed_over” is “no”, and was to be “yes”."),
        ("      - expect: {page: {price: '9'}}", "5: “price” is “”, and was to be “9”."),
    ],
)
def test_another_way_is_told(steps: str, failure: str) -> None:
    assert played(steps) == failure


def test_what_nobody_listened_to_is_told_at_the_end_and_before_the_next_act() -> None:
    said = "The bot also said “Hi there, the blue sneakers are sold out. Which size do you wear?”."
    assert played("      - me: restock") == f"2: {said}"
    assert played("      - me: restock\n      - advance: 1h") == f"6: {said}"


def test_what_may_be_said_or_not() -> None:
    assert played("      - me: restock\n      - bot: ['?Hello', 'Hi *', '?Bye']") == ""


def test_a_permission_is_spent_by_one_announcement() -> None:
    announced = "      - announce: Blue sneakers\n      - bot: 'They are back: *'\n"
    given = "{permissions: {Blue sneakers: 30 days}}"
    assert played(announced, given) == ""
    assert (
        played(announced * 2, given)
        == "7: The person holds no permission for this topic that can be used now."
    )


def test_the_window_closes_and_a_quick_reply_goes_away() -> None:
    late = "      - yes: Get told when size 42 is back\n"
    assert played(f"{ASKED}      - advance: 23h\n{late}      - bot: Done! *") == ""
    assert played(f"{ASKED}      - advance: 25h\n{late}      - bot: []") == ""
    assert (
        played(f"{ASKED}      - tap: '43'") == "9: There is nothing of that kind to tap or to stop."
    )


def test_time_by_the_clock_of_the_page() -> None:
    steps = f"{ASKED}      - advance: 2026-11-24 10:00\n      - expect: {{fields: {{size: '42'}}}}"
    given = "{now: 2026-11-24 09:00, zone: Asia/Tokyo}"
    assert played(steps, given) == ""
    assert (
        played(steps, "{now: 2026-11-24 11:00, zone: Asia/Tokyo}")
        == "9: This time is over already."
    )
