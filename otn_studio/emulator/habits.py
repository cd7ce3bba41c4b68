"""What Messenger does one way or another where its documentation leaves it open.

An engine has to get along with each of these; a test chooses among them.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime
from typing import Any, Final

from otn_studio.emulator.clock import milliseconds
from otn_studio.emulator.errors import Problem
from otn_studio.policy.calendar import Frequency

_CHOICES: Final = {
    "status": ("spaced", "underscored"),
    "frequency": ("upper", "lower", "absent"),
    "expiry": ("milliseconds", "seconds"),
    "token": ("kept", "replaced"),
    "policy": ("policy_enforcement", "policy-enforcement"),
    "ids": ("texts", "numbers"),
    "times": ("milliseconds", "seconds"),
    "recipient": ("told", "untold"),
}


@dataclass(frozen=True, slots=True)
class Habits:
    """How events and answers look, and what a re-opt-in does to the token.

    ``status`` is the spelling of *STOP NOTIFICATIONS*, ``frequency`` that of *DAILY*, ``expiry`` the
    unit of the token's end, ``token`` what becomes of it when the person says yes again. ``policy`` is
    the name of what tells that the Page may not send. ``ids`` is how people and the Page are named in
    events, ``times`` the unit of when one happened, and ``recipient`` whether an accepted message is
    answered with whom it is for.
    """

    status: str = "spaced"
    frequency: str = "upper"
    expiry: str = "milliseconds"
    token: str = "kept"
    policy: str = "policy_enforcement"
    ids: str = "texts"
    times: str = "milliseconds"
    recipient: str = "told"

    def __post_init__(self) -> None:
        """Refuse what is no choice, in one sentence."""
        for name, choices in _CHOICES.items():
            if getattr(self, name) not in choices:
                raise Problem(f"{name} must be one of {', '.join(choices)}.")

    def changed(self, changes: Mapping[str, object]) -> "Habits":
        """The habits with some of them replaced."""
        unknown = set(changes) - {field.name for field in fields(self)}
        if unknown:
            raise Problem(f"There is no habit named {', '.join(sorted(unknown))}.")
        return replace(self, **changes)

    def shown(self) -> dict:
        """The habits as the control API shows them."""
        return asdict(self)

    def written(self, event: Mapping[str, Any]) -> dict[str, Any]:
        """An event as it is sent."""
        sent = dict(event)
        for side in ("sender", "recipient"):
            if self.ids == "numbers" and side in sent:
                sent[side] = {"id": int(sent[side]["id"])}
        if self.times == "seconds" and "timestamp" in sent:
            sent["timestamp"] //= 1000
        return sent

    def written_status(self, words: str) -> str:
        """*STOP NOTIFICATIONS* or *RESUME NOTIFICATIONS* as it stands in an event."""
        return words.replace(" ", "_") if self.status == "underscored" else words

    def written_frequency(self, frequency: Frequency | None) -> str | None:
        """A frequency as it stands in an event, if it does."""
        if frequency is None or self.frequency == "absent":
            return None
        return frequency.lower() if self.frequency == "lower" else frequency.upper()

    def written_expiry(self, expires: datetime | None) -> int | None:
        """A token's end as it stands in an event, if it has one."""
        if expires is None:
            return None
        return milliseconds(expires) // (1000 if self.expiry == "seconds" else 1)
