"""The flows that come with the program, to begin with."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from otn_studio import shipped
from otn_studio.blocks.words import Words
from otn_studio.flow.document import Flow
from otn_studio.flow.reading import load

WORDS: Final = {
    "back-in-stock": (
        Words("Back in stock"),
        Words("Ask for one yes, and write when the sneakers are back."),
    ),
    "price-drop": (
        Words("Price drop"),
        Words("Write once the price is what somebody wished for, and not before."),
    ),
    "event-reminder": (
        Words("Event reminder"),
        Words("Remind people on the evening before, and keep them a seat."),
    ),
    "appointment": (
        Words("Appointment"),
        Words("Take a day, a time and a number; remind, and move the day."),
    ),
    "weekly-deals": (
        Words("Weekly deals"),
        Words("Show the deals side by side, and write about new ones every week."),
    ),
    "course": (
        Words("Course"),
        Words("Offer a course, and put those on it who say yes."),
    ),
    "course-lessons": (
        Words("Course: the lessons"),
        Words("The course itself: a sequence of five lessons, one a day."),
    ),
    "lead-form": (
        Words("Lead form with hand-over"),
        Words("Ask three questions, then hand over to a colleague."),
    ),
    "opinion-survey": (
        Words("Opinion survey"),
        Words("Ask how it was; whoever was unhappy is heard by a person."),
    ),
    "order-status": (
        Words("Order status"),
        Words("Look an order up in the shop, and say where it is."),
    ),
}
"""What each is called and good for, by the name of its file, in the order in which they are shown."""


FIRST: Final = next(iter(WORDS))


class Sample(NamedTuple):
    name: str
    flow: Flow
    title: Words
    sentence: Words


def named(name: str) -> Flow:
    return load(shipped.path(f"flows/{name}.json"))


@lru_cache(maxsize=1)
def all_samples() -> Sequence[Sample]:
    """Read once: they don't change while the program runs."""
    return [Sample(name, named(name), *words) for name, words in WORDS.items()]
