"""The mail server by which colleagues are notified, as the studio sees it.

As all services, it is called through `Background` only, and raises `Problem`.
"""

from dataclasses import dataclass
from typing import Protocol

from otn_studio.blocks.words import Problem


@dataclass(frozen=True, slots=True)
class MailSettings:
    """``has_password``: one is kept, which nobody is told. ``handed_over``: all of it is set where the
    engine runs, and changed there.
    """

    server: str = ""
    port: int = 587
    sender: str = ""
    user: str = ""
    has_password: bool = False
    handed_over: bool = False


class WrongSetting(Problem):
    """One of the `MailSettings` can't be kept: ``setting`` says which."""

    def __init__(self, text: str, /, setting: str, **values: object) -> None:
        super().__init__(text, **values)
        self.setting = setting


class Mail(Protocol):
    """What is set, and what becomes of it."""

    def settings(self) -> MailSettings: ...

    def keep(self, settings: MailSettings, password: str) -> None:
        """An empty password leaves the one that is kept.

        Raises:
            WrongSetting: nothing is kept.
        """

    def test(self) -> str:
        """Send an e-mail to the sender; answers the address."""
