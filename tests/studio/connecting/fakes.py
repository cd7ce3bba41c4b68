"""Pages in memory."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from otn_studio.studio.connecting.store import PRACTICE, NotPassed, NotYet, PageRow, Proposal, Step

BAKERY = PageRow("4711", "Bakery", "Bot", word="let-me-in", passed=frozenset({Step.TOKEN}))
CONNECTED = replace(
    BAKERY,
    name="Kicks & Co",
    address="https://bot.kicks.example/webhook",
    zone="Europe/Berlin",
    country="DE",
    profile="retired-2026",
    passed=frozenset(Step),
)
ENDING = replace(
    CONNECTED, id="4712", name="Cinema", ends_at=datetime(2026, 11, 30, tzinfo=UTC), ends_soon=True
)


class FakePages:
    """Every step passes, but for those with a problem; ``given`` is what each was tested with."""

    engine_address = "http://127.0.0.1:8040"

    def __init__(self, *rows: PageRow, handed_over: bool = False) -> None:
        self.rows = {row.id: row for row in (PageRow(PRACTICE, chosen=True), *rows)}
        self.handed_over = handed_over
        self.problems: dict[Step, Exception] = {}
        self.given: list[tuple[Step, Mapping[str, str]]] = []
        self.chosen: list[str] = []
        self.heard = False

    def all(self) -> Sequence[PageRow]:
        return tuple(self.rows.values())

    def test(self, step: Step, page_id: str, given: Mapping[str, str]) -> PageRow:
        self.given.append((step, given))
        if step in self.problems:
            raise self.problems[step]
        if step is Step.MESSAGE and not self.heard:
            raise NotYet("Nothing has come yet.")
        row = self.rows.get(page_id, replace(BAKERY, passed=frozenset()))
        known = {
            name: given[name] for name in ("address", "zone", "country", "profile") if name in given
        }
        self.rows[row.id] = replace(row, passed=row.passed | {step}, **known)
        return self.rows[row.id]

    def propose(self, page_id: str) -> Proposal:
        return Proposal("Europe/Berlin", "DE", "retired-2026")

    def choose(self, page_id: str) -> None:
        self.chosen.append(page_id)

    def disconnect(self, page_id: str) -> None:
        del self.rows[page_id]


WRONG = NotPassed("This can’t be an access key.", "190: Invalid OAuth access token.")
