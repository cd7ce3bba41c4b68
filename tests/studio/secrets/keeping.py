"""Secrets in memory."""

from collections.abc import Sequence
from dataclasses import replace

from otn_studio.blocks.words import Problem
from otn_studio.studio.secrets.store import Lock, SecretRow

SECRETS = (
    SecretRow("chat_of_the_team", handed_over=True),
    SecretRow("mail_password", ("e-mail to colleagues",)),
    SecretRow(
        "shop_key", ("Back in stock", "Orders", "Where is my parcel, and when will it come?")
    ),
    SecretRow("stock_system", ("Back in stock",), is_set=False),
    SecretRow("unused"),
)


class FakeSecrets:
    """As the real ones; ``values`` can be looked at here only."""

    def __init__(self, *rows: SecretRow) -> None:
        self.rows = {row.name: row for row in rows}
        self.values: dict[str, str] = {}
        self.problem = ""
        self.locked, self.password = Lock.OPEN, ""

    def lock(self) -> Lock:
        return self.locked

    def unlock(self, password: str) -> None:
        if self.locked is Lock.LOCKED and password != self.password:
            raise Problem("That is not the password. Try again.")
        self.locked, self.password = Lock.OPEN, password

    def all(self) -> Sequence[SecretRow]:
        return tuple(self.rows.values())

    def set(self, name: str, value: str) -> None:
        if self.problem:
            raise Problem(self.problem)
        self.values[name] = value
        self.rows[name] = replace(self.rows.get(name, SecretRow(name)), is_set=True)

    def delete(self, name: str) -> None:
        row = self.rows.pop(name)
        if row.flows:
            self.rows[name] = replace(row, is_set=False)
