from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from typing import Annotated

from otn_studio.blocks import liquid
from otn_studio.blocks.block import NEXT, Block, Group, Kind, Option, Port
from otn_studio.blocks.effect import Person, Waits
from otn_studio.blocks.field import TYPE_WORDS, FieldType, in_zone, read
from otn_studio.blocks.finding import Finding, error
from otn_studio.blocks.liquid import VALUE_LIMIT, BrokenText
from otn_studio.blocks.local_time import CLOCKS_CALLED, Clocks, TimeOfDay
from otn_studio.blocks.lookup import Lookup
from otn_studio.blocks.turn import Step, Turn
from otn_studio.blocks.words import Words

LONGEST = timedelta(days=3660)
SOME_DATES = ("2027-03-08", "2027-09-01")
"""Dates that lie ahead in the stories that the checks try."""
MISSED = Port("missed", Words("No such date, or over"))


class WaitUntilDate(Block):
    """Waits until a date has come: one that you write, or one of the person’s own.

    A day before a person’s appointment is {{ contact.appointment | plus_days: -1 }}. A date that
    has no time of day comes at the one below. Where there is no date, where it is over already or
    more than ten years away, the conversation goes on at once by the other way out.

    >>> str(WaitUntilDate(until="2026-12-24").summary())
    'Wait until 2026-12-24'
    """

    kind = Kind(
        "wait_until_date",
        title="Wait until a date",
        group=Group.LOGIC,
        icon="calendar-clock",
        ports=(NEXT, MISSED),
        pauses=True,
    )

    until: Annotated[
        str,
        Option(
            "Date",
            help="Such as 2026-12-24 or 2026-12-24 18:30, or a field",
            limit=VALUE_LIMIT,
            liquid=True,
            required=True,
        ),
    ] = ""
    at: Annotated[TimeOfDay, Option("Time of day", help="Where the date has none")] = time(9)
    clocks: Annotated[Clocks, Option("By the clock of", called=CLOCKS_CALLED)] = Clocks.PERSON

    def step(self, turn: Turn) -> Step:
        until = self._instant(turn)
        if until is None or not timedelta(0) < until - turn.now <= LONGEST:
            return turn.go(MISSED.id)
        return turn.sleep_until(until)

    def effect(self) -> Waits:
        return Waits(timedelta(0), LONGEST, NEXT.id, at_once=MISSED.id, people=self._people())

    def summary(self) -> Words:
        if liquid.has_parts(self.until) or not self.until:
            return Words("Wait until a date")
        return Words("Wait until {time}", time=self.until)

    def findings(self, lookup: Lookup) -> Iterator[Finding]:
        if not self.until.strip() or liquid.has_parts(self.until):
            return
        if read(self.until, FieldType.DATE_TIME, UTC) is None:
            sentence = Words(
                "“{value}” is no date. Write {type}.",
                value=self.until,
                type=TYPE_WORDS[FieldType.DATE],
            )
            yield error("no_date", sentence, "until")

    def _instant(self, turn: Turn) -> datetime | None:
        text, zone = turn.render(self.until, VALUE_LIMIT), self.clocks.zone(turn)
        day = read(text, FieldType.DATE, zone) if len(text.strip()) <= len("24. 12. 2026") else None
        if day is not None:
            return in_zone(datetime.combine(day, self.at), zone)
        return read(text, FieldType.DATE_TIME, turn.zone)

    def _people(self) -> tuple[Person, ...]:
        """Somebody whose fields hold a date that lies ahead, and somebody who has none."""
        try:
            fields = liquid.contact_fields(self.until)
        except BrokenText:
            return ()
        return tuple(Person(fields=dict.fromkeys(fields, date)) for date in (*SOME_DATES, None))
