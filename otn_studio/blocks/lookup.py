"""What a block may ask of its surroundings while it is checked: names, never the document."""

from collections.abc import Mapping
from dataclasses import dataclass, field

SYSTEM_FIELDS = frozenset({"first_name", "last_name"})


@dataclass(frozen=True)
class Lookup:
    """Topics and fields of the flow (id or key to name), and the channel that it is for.

    ``recurring`` holds the ids of the topics whose yes is good for more than one message.
    """

    channel: str = "messenger"
    topics: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, str] = field(default_factory=dict)
    recurring: frozenset[str] = frozenset()

    def knows_field(self, key: str) -> bool:
        return key in SYSTEM_FIELDS or key in self.fields
