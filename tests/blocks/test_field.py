from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otn_studio.blocks.field import FieldType, in_zone, kept, read, written

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("type", "text", "kept_as"),
    [
        ("text", " As it is ", " As it is "),
        ("number", "12.50", "12.5"),
        ("number", " 12,5 ", "12.5"),
        ("number", "100", "100"),
        ("number", "-0.0", "0"),
        ("number", "1e3", "1000"),
        ("number", "٤٢", "42"),
        ("number", "twelve", None),
        ("number", "", None),
        ("number", "inf", None),
        ("number", "1e999999", None),
        ("number", "1" * 101, None),
        ("date", "2026-2-3", "2026-02-03"),
        ("date", "3.2.2026", "2026-02-03"),
        ("date", "24. 12. 2026", "2026-12-24"),
        ("date", "2026-02-30", None),
        ("date", "2026-11-22T23:30:00Z", "2026-11-23"),
        ("date", "0001-01-01T00:00:00+05:00", None),
        ("date", "soon", None),
        ("time", "9:30", "09:30"),
        ("time", "09:30:15", "09:30:15"),
        ("time", "9:30 pm", "21:30"),
        ("time", "12:05 a.m.", "00:05"),
        ("time", "13:05 pm", None),
        ("time", "24:00", None),
        ("date_time", "2026-11-22T09:30:00Z", "2026-11-22T09:30:00Z"),
        ("date_time", "2026-11-22T09:30:00+0100", "2026-11-22T08:30:00Z"),
        ("date_time", "2026-11-22 9:30", "2026-11-22T08:30:00Z"),
        ("date_time", "22.11.2026, 9:30 pm", "2026-11-22T20:30:00Z"),
        ("date_time", "2026-11-22", "2026-11-21T23:00:00Z"),
        ("date_time", "2026-03-29 02:30", "2026-03-29T01:30:00Z"),
        ("date_time", "2026-10-25 02:30", "2026-10-25T00:30:00Z"),
        ("date_time", "9999-12-31T23:59:59-08:00", None),
        ("date_time", "09:30", None),
        ("yes_no", "Yes", "yes"),
        ("yes_no", "FALSE", "no"),
        ("yes_no", "1", None),
    ],
)
def test_what_people_write_is_kept_in_one_way(type, text, kept_as):
    assert kept(text, FieldType(type), BERLIN) == kept_as


values = {
    FieldType.TEXT: st.text(),
    FieldType.NUMBER: st.decimals(-(10**20), 10**20, places=6),
    FieldType.DATE: st.dates(),
    FieldType.TIME: st.times().map(lambda at: at.replace(microsecond=0)),
    FieldType.DATE_TIME: st.datetimes(timezones=st.just(UTC)).map(
        lambda at: at.replace(microsecond=0)
    ),
    FieldType.YES_NO: st.booleans(),
}


@given(st.data(), st.sampled_from(FieldType))
def test_what_is_kept_is_read_as_the_same_value(data, type):
    value = data.draw(values[type])
    assert read(written(value), type, BERLIN) == value
    assert kept(written(value), type, BERLIN) == written(value)


@given(st.text(max_size=120), st.sampled_from(FieldType))
def test_any_text_is_read_or_refused(text, type):
    found = kept(text, type, BERLIN)
    assert found is None or kept(found, type, BERLIN) == found


def test_long_texts_are_refused_at_once():
    assert read("2026-11-22 " + " " * 100_000 + "9:30", FieldType.DATE_TIME, UTC) is None


def test_values_of_each_type():
    found = [
        read("1.50", FieldType.NUMBER, UTC),
        read("2026-12-24", FieldType.DATE, UTC),
        read("9:30", FieldType.TIME, UTC),
        read("no", FieldType.YES_NO, UTC),
    ]
    assert found == [Decimal("1.5"), date(2026, 12, 24), time(9, 30), False]


zones = st.timezones()


@given(st.datetimes(datetime(1971, 1, 1), datetime(2037, 12, 1)), zones)
def test_a_local_time_is_the_instant_at_which_the_clocks_show_it_or_what_they_skip_to(local, zone):
    instant = in_zone(local, zone)
    shown = instant.astimezone(zone).replace(tzinfo=None, fold=0)
    if shown != local:
        assert shown > local
        assert (instant - timedelta(days=2)).astimezone(zone).utcoffset() != (
            instant + timedelta(days=2)
        ).astimezone(zone).utcoffset()
