"""What the benchmarks work on: the sample flow, published, and people who write to it."""

from collections.abc import Iterator
from datetime import datetime

from otn_studio import shipped
from otn_studio.flow.project import Project
from otn_studio.flow.reading import load
from otn_studio.runtime.publishing import publish
from otn_studio.storage.database import Database
from otn_studio.storage.engine.inbox import Incoming
from tests.benchmarks.processes import PAGE
from tests.benchmarks.webhooks import FIRST_PERSON, message

KEYWORD = "restock"
"""What the sample flow answers: a text that greets the person, in Liquid, with three quick replies."""


def publish_sample(database: Database, now: datetime) -> None:
    publish(database, PAGE, Project.of(load(shipped.path("flows/back-in-stock.json"))), now)


def messages(people: int, now: datetime) -> Iterator[Incoming]:
    """A message of each of so many people, as the engine stores them."""
    for number in range(people):
        person, key = str(FIRST_PERSON + number), f"m_{number}"
        item = message(person, key, KEYWORD)
        yield Incoming("message", person, now, key, item, acts=True, to_read=True)
