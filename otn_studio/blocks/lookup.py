"""What a block may ask of its surroundings while it is checked: names, never the document."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from otn_studio.blocks import known
from otn_studio.blocks.field import Field, FieldType


@dataclass(frozen=True)
class Lookup:
    """Topics (id to name) and fields of the flow, and the channel that it is for.

    ``recurring`` holds the ids of the topics whose yes is good for more than one message, ``secrets``
    the names of those that are set; none: nobody knows. ``missing_files`` are not where they should be.
    """

    channel: str = "messenger"
    topics: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, Field] = field(default_factory=dict)
    recurring: frozenset[str] = frozenset()
    secrets: frozenset[str] | None = None
    missing_files: frozenset[str] = frozenset()

    def knows_field(self, key: str) -> bool:
        """Whether it is known of each person."""
        if key in self.fields:
            return not self.fields[key].of_page
        return key in known.SYSTEM_FIELDS

    def knows_page_field(self, key: str) -> bool:
        """Whether it is known of the Page."""
        return key in self.fields and self.fields[key].of_page

    def type_of(self, key: str) -> FieldType:
        return known.type_of(key, self.fields)
