"""Real people of the Page come as they are known now; made-up ones are of all kinds that matter."""

from datetime import UTC, datetime, timedelta

from PySide6.QtWidgets import QComboBox

from otn_studio.blocks.field import FieldType
from otn_studio.policy.profiles import CLASSIC
from otn_studio.studio.services.page_values import ValueRow
from otn_studio.studio.services.people import Permission, Person, PersonRow, Status
from otn_studio.studio.simulator.personas import made_up, of_page, real
from tests.builders import a_flow
from tests.studio.pages.contacts.people import PEOPLE
from tests.studio.simulator.hands import rows

NOW = datetime(2026, 11, 23, 9, 0, 30, tzinfo=UTC)
BEN = PersonRow(
    7, "ben", "Ben Ali", ("vip",), ("Shoes",), NOW - timedelta(days=9), NOW - timedelta(hours=2)
)


def permission(topic: str, status: Status, days: int) -> Permission:
    return Permission(1, topic, None, status, NOW - timedelta(days=days), None, None)


def test_a_real_person_comes_with_what_is_known_and_with_what_can_still_be_used():
    held = (permission("Shoes", Status.USABLE, 3), permission("Bread", Status.USED, 4))
    person = Person(BEN, (("first_name", "First name", "Ben"), ("size", "Size", "")), held)
    given = real(person, NOW).given(NOW, CLASSIC, {})
    assert given.fields == {"first_name": "Ben"}
    assert given.tags == ("vip",)
    assert given.permissions == {"Shoes": timedelta(days=3)}
    assert given.wrote == timedelta(hours=2)
    assert given.now == datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def test_made_up_people_speak_the_languages_of_the_flow_and_may_have_said_yes():
    flow = a_flow({}, topics=("shoes",))
    labels = [str(person.label) for person in made_up(flow)]
    assert labels[0] == "Ann"
    assert "Ann, who said yes to everything yesterday" in labels


def test_the_values_of_the_page_are_those_that_flows_have():
    rows = [
        ValueRow("stock", "In stock", FieldType.NUMBER, "1,5"),
        ValueRow("open", "Open", FieldType.YES_NO, ""),
    ]
    assert of_page(rows, UTC) == {"stock": "1.5"}


def test_somebody_of_the_page_talks(hands):
    hands.desk.contacts.come(PEOPLE[0])
    hands.desk.press("simulator.real")
    hands.desk.bot.waitUntil(lambda: rows(hands.desk, "found_people") == [PEOPLE[0].row.name])
    hands.desk.press("show_person")
    who = hands.desk.find("simulator.who")
    assert isinstance(who, QComboBox)
    hands.desk.bot.waitUntil(lambda: who.currentText() == PEOPLE[0].row.name)
    first_name = next(value for key, _name, value in PEOPLE[0].fields if key == "first_name")
    hands.desk.bot.waitUntil(lambda: f"First name: {first_name}" in hands.facts)
