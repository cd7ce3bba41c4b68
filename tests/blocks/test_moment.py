"""Dates and times in texts, filled in for a person in Berlin at midnight in UTC."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otn_studio.blocks.field import Field, FieldType
from otn_studio.blocks.turn import Contact, PageFacts, Turn

FIELDS = {
    "born": Field("Born", FieldType.DATE),
    "visit": Field("Visit", FieldType.DATE_TIME),
    "opens": Field("Opens", FieldType.TIME, of_page=True),
    "points": Field("Points", FieldType.NUMBER),
    "vip": Field("VIP", FieldType.YES_NO),
    "stock": Field("Stock", FieldType.NUMBER, of_page=True),
}
VALUES = {
    "time_zone": "Europe/Berlin",
    "born": "2000-02-29",
    "visit": "2026-03-28T01:30:00Z",
    "points": "12.5",
    "vip": "no",
    "text": "24.12.2026",
    "first_name": "Ann",
}


def turn(**fields: str) -> Turn:
    seen = datetime(2026, 3, 1, 12, tzinfo=UTC)
    ann = Contact("ann", {**VALUES, **fields}, last_action_at=seen, first_seen_at=seen)
    page = PageFacts({"opens": "09:00", "stock": "3"})
    return Turn(datetime(2026, 3, 27, 23, 30, tzinfo=UTC), ann, page=page, fields=FIELDS)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("{{ now }}", "2026-03-28 00:30"),
        ("{{ today }}", "2026-03-28"),
        ("{{ now | date: '%A, %-d. %B %Y, %H:%M' }}", "Saturday, 28. March 2026, 00:30"),
        ("{{ contact.born | date: '%d.%m.%y' }}", "29.02.00"),
        ("{{ contact.born | plus_years: 1 }}", "2001-02-28"),
        ("{{ contact.born | plus_months: 12 | plus_days: 1 }}", "2001-03-01"),
        ("{{ contact.born | plus_weeks: -1 }}", "2000-02-22"),
        ("{{ contact.visit }}", "2026-03-28 02:30"),
        ("{{ contact.visit | plus_days: 1 }}", "2026-03-29 03:30"),
        ("{{ contact.visit | plus_hours: 24 }}", "2026-03-29 03:30"),
        ("{{ contact.visit | plus_days: 2 }}", "2026-03-30 02:30"),
        ("{{ contact.visit | plus_hours: 48 }}", "2026-03-30 03:30"),
        ("{{ page.opens | plus_minutes: 90 }}", "10:30"),
        ("{{ page.opens | plus_hours: -10 }}", "23:00"),
        ("{{ page.opens | plus_days: 1 | date: '%-I %p' }}", "9 AM"),
        ("{{ contact.text | plus_days: 8 | date: '%F %j %%' }}", "%F 001 %"),
        ("{{ 'soon' | plus_days: 1 }}{{ 5 | plus_days: 1 }}", "soon5"),
        ("{{ contact.gone | date: '%Y' }}", ""),
        ("{{ today | days_since: contact.first_seen }}", "27"),
        ("{{ contact.born | plus_hours: 36 }}", "2000-03-01 12:00"),
        ("{{ contact.last_answer | date: '%H:%M' }}", "13:00"),
        ("{% if contact.visit > today %}later{% endif %}", "later"),
        ("{% if contact.born < '2001-01-01' %}old{% endif %}", "old"),
        ("{{ contact.points | plus: page.stock }}", "15.5"),
        ("{% if contact.points > 9 %}many{% endif %}", "many"),
        ("{{ contact.vip }}{% if contact.vip %}!{% else %}?{% endif %}", "no?"),
        ("{{ contact.name }} {{ contact.time_zone }}", "Ann Europe/Berlin"),
        ("{{ page.born }}{{ contact.stock }}{{ page }}", ""),
    ],
)
def test_typed_values_come_out_right(source, text):
    here = turn()
    assert here.render(source, 100) == text
    assert here.notes == []


@pytest.mark.parametrize("source", ["{{ 1 | days_since: 2 }}", "{{ today | plus_days: 'x' }}"])
def test_what_makes_no_sense_is_noted(source):
    here = turn()
    assert here.render(source, 100) == ""
    assert "could not be filled in" in str(here.notes[0])


def test_a_value_that_does_not_fit_its_field_is_a_text():
    assert turn(born="in May", points="a lot").render("{{ contact.born }}", 9) == "in May"


def test_the_pages_zone_counts_where_the_persons_is_unknown():
    for zone in ("", "Nowhere/City", "../etc/passwd"):
        assert turn(time_zone=zone).render("{{ now }}", 99) == "2026-03-27 23:30"


@given(st.text(max_size=20), st.text(max_size=20))
def test_every_pattern_is_filled_in_and_no_longer_than_was_said(value, pattern):
    made = turn(value=value, pattern=pattern)
    shown = made.render("{{ contact.value | date: contact.pattern }}", 1_000)
    assert not made.notes
    assert len(shown) <= max(len(value), len(pattern) * 9)
