"""The Pages that are connected, or half so, as the studio sees them.

As all services, they are called through `Background` only, and raise `Problem`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from otn_studio.blocks.words import Problem

PRACTICE = "1"
"""The Page that there is without Messenger."""


class Step(StrEnum):
    """What connecting a Page takes, in this order. What was tested well is kept."""

    TOKEN = "token"
    SECRET = "secret"
    PERMISSIONS = "permissions"
    ADDRESS = "address"
    VERIFICATION = "verification"
    SUBSCRIPTION = "subscription"
    RULES = "rules"
    MESSAGE = "message"


class NotPassed(Problem):
    """A step's test found something wrong: what, and where to mend it. ``details`` are for those who
    are asked for help with it.
    """

    def __init__(self, text: str, /, details: str = "", **values: object) -> None:
        super().__init__(text, **values)
        self.details = details


class NotYet(Problem):
    """Nothing is wrong, but what is waited for has not come."""


@dataclass(frozen=True, slots=True)
class PageRow:
    """A Page. ``word`` is what Messenger is to ask us for; ``stopped`` why it takes no messages.

    ``ends_at`` is when Messenger takes none any more unless it is connected anew; none: never.
    ``chosen``: the studio works for it at the moment.
    """

    id: str
    name: str = ""
    app_name: str = ""
    address: str = ""
    word: str = field(default="", repr=False)
    zone: str = ""
    country: str = ""
    profile: str = ""
    passed: frozenset[Step] = frozenset()
    ends_at: datetime | None = None
    ends_soon: bool = False
    stopped: str = ""
    chosen: bool = False

    @property
    def next_step(self) -> Step | None:
        """The first that is left; none: it is connected."""
        return next((step for step in Step if step not in self.passed), None)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What fits the Page, as far as can be told from this computer and the day."""

    zone: str
    country: str
    profile: str


class Pages(Protocol):
    """The Pages, the one for practice first."""

    engine_address: str
    """Where the engine listens on this computer: what a tunnel has to lead to."""

    handed_over: bool
    """The environment says which Page there is; nothing is connected here."""

    def all(self) -> Sequence[PageRow]: ...

    def test(self, step: Step, page_id: str, given: Mapping[str, str]) -> PageRow:
        """Test a step, and keep what was given where that went well. The first step of a new Page has
        no ``page_id`` yet.

        Raises:
            NotPassed: something is wrong.
            NotYet: somebody has to do something first, and it is to be tested again in a moment.
        """

    def propose(self, page_id: str) -> Proposal: ...

    def choose(self, page_id: str) -> None:
        """Let the studio work for a Page the next time it opens."""

    def disconnect(self, page_id: str) -> None:
        """Forget what the Page was connected with. All that is known of its people stays."""
