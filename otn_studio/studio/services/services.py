"""What the studio is handed by `cli`: everything beyond the screen and the flow's own file.

All of these may take their time, so they are called through `Background` only. They raise `Problem`
with one sentence for the person.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from otn_studio.blocks.finding import Finding
from otn_studio.flow.document import Flow
from otn_studio.flow.project import Project
from otn_studio.policy.calendar import Frequency
from otn_studio.studio.connecting.store import Pages
from otn_studio.studio.secrets.store import Secrets
from otn_studio.studio.services.access import ApiKeys
from otn_studio.studio.services.broadcasting import Broadcasts
from otn_studio.studio.services.insight import Insights
from otn_studio.studio.services.mailing import Mail
from otn_studio.studio.services.page_values import PageValues
from otn_studio.studio.services.people import Contacts
from otn_studio.studio.services.sequencing import Sequences
from otn_studio.studio.services.service import EngineService
from otn_studio.studio.updates.release import Updates

SOON = timedelta(days=30)
"""A permission that ends within this time should be used before it does."""


@dataclass(frozen=True, slots=True)
class TopicRow:
    """A topic of the Page with what there is of its permissions; ``ending`` of those held end soon.

    Permissions that were ``stopped`` are not held; their people may want them back. ``asked`` people
    Messenger itself asks soon whether to go on, the next of them at ``asked_next``.
    """

    id: str
    name: str
    held: int
    used: int
    expired: int
    ends_soonest: datetime | None
    flows: tuple[str, ...]
    ending: int = 0
    frequency: Frequency | None = None
    asks_again: bool = True
    stopped: int = 0
    asked: int = 0
    asked_next: datetime | None = None


class Topics(Protocol):
    """The topics of the Page."""

    def all(self) -> Sequence[TopicRow]: ...

    def add(
        self, id: str, name: str, frequency: Frequency | None = None, asks_again: bool = True
    ) -> None: ...

    def rename(self, id: str, name: str) -> None: ...

    def delete(self, id: str) -> None: ...

    def restore(self, id: str) -> None: ...

    def reach(self, id: str) -> int:
        """How many people an announcement would go to now: each once, however many they hold."""

    def announce(self, id: str, text: str) -> int:
        """Send a text, once, to everyone who holds a permission; answers to how many."""


@dataclass(frozen=True, slots=True)
class Published:
    """What became of a publication."""

    version: int
    warnings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One published version of a flow; ``title`` is empty until somebody gives it one."""

    number: int
    title: str
    at: datetime
    by: str
    live: bool


class Publishing(Protocol):
    """Making a flow live."""

    def publish(self, flow: Flow, folder: Path | None = None, by: str = "") -> Published:
        """``folder`` is where the files lie that it sends; ``by`` the name of who publishes. Raises
        `NotPublishable` where the checks find errors.
        """

    def versions(self, flow_id: str) -> Sequence[VersionRow]:
        """Every version of the flow, the newest first."""

    def version(self, flow_id: str, number: int) -> Flow:
        """The flow as it was published."""

    def entitle(self, flow_id: str, number: int, title: str) -> None:
        """Give a version a name."""

    def go_back(self, flow_id: str, number: int) -> None:
        """Make an earlier version live again."""

    def live(self) -> Project:
        """The Page's flows as they are live, and the rules that apply to it."""

    def live_version(self, flow_id: str) -> int | None:
        """The number of the flow's live version; none where it has none."""


@dataclass(frozen=True, slots=True)
class EngineProcess:
    """One process of an engine on servers: what it is there for (all, webhook, worker or sender), on
    which computer, since when, and when it last said so. ``gone``: too long ago."""

    role: str
    host: str
    since: datetime
    seen: datetime
    gone: bool = False


class Ending(NamedTuple):
    """From then on Messenger takes nothing from the Page with that name, until it is connected anew."""

    page: str
    at: datetime
    is_over: bool = False


@dataclass(frozen=True, slots=True)
class EngineState:
    """How the engine does. ``practice``: it talks to the emulator, for want of a Page.

    ``on_servers``: the studio can only look at it. ``may_go_on``: its Page is stopped, and a person may
    let it send again, where it is ``restored`` once they have looked at that. ``ending`` is the next
    access key to end of any Page, where that is soon.
    """

    running: bool
    practice: bool
    waiting: int
    since: datetime | None
    problem: str = ""
    on_servers: bool = False
    processes: tuple[EngineProcess, ...] = ()
    may_go_on: bool = False
    restored: bool = False
    ending: Ending | None = None


class EngineControl(Protocol):
    """The engine, a process of its own that goes on when the studio closes."""

    def state(self) -> EngineState: ...

    def start(self) -> None:
        """Start it, and wait until it answers. One that runs already is left alone."""

    def stop(self) -> None: ...

    def go_on(self) -> None:
        """Let a stopped Page send again. One that is not for a person to let go stays as it is."""


class Lasting(NamedTuple):
    """A recurring permission that has not ended, by the title of the card that asked for it."""

    title: str
    stopped: bool


@dataclass(frozen=True, slots=True)
class Chat:
    """The practice chat as it stands: the phone's entries, the time there, and who it is.

    A card that asks for permission says for which ``topic``, by its name. ``typing``: the Page is.
    ``choices`` are the entries of the Page's menu, and its questions before the first message.
    """

    entries: tuple[dict[str, Any], ...]
    now: datetime
    name: str
    lasting: tuple[Lasting, ...] = ()
    typing: bool = False
    choices: tuple[str, ...] = ()


class Practice(Protocol):
    """A conversation with the published flow through the emulator."""

    def look(self) -> Chat: ...

    def write(self, text: str) -> None: ...

    def comment(self, text: str) -> None:
        """Write it below a post, not in the conversation."""

    def choose(self, title: str) -> None:
        """Tap an entry of the Page's menu, or one of its questions."""

    def tap(self, title: str) -> None: ...

    def notify_me(self, card: int) -> None:
        """Tap the button of an opt-in card, by its number in the conversation."""

    def go_on(self, card: int) -> None:
        """Let a topic go on, by the number of the card with which Messenger asks."""

    def stop(self, title: str) -> None:
        """Stop the messages that a card of that title had asked for."""

    def resume(self, title: str) -> None: ...

    def pass_time(self, days: float) -> None: ...

    def begin_anew(self, name: str) -> None:
        """Somebody new comes to the Page."""


@dataclass(frozen=True)
class Services:
    """All of them."""

    topics: Topics
    publishing: Publishing
    engine: EngineControl
    practice: Practice
    page_name: str
    contacts: Contacts
    broadcasts: Broadcasts
    api_keys: ApiKeys
    sequences: Sequences
    page_values: PageValues
    secrets: Secrets
    mail: Mail
    insights: Insights
    service: EngineService
    updates: Updates
    pages: Pages
