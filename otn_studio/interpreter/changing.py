"""What a step changes about the person and the Page."""

from collections.abc import Mapping
from dataclasses import replace

from otn_studio.blocks.turn import (
    AddTag,
    Change,
    Contact,
    PageFacts,
    RemoveTag,
    SetField,
    SetPageValue,
)


def changed(contact: Contact, effect: Change) -> Contact:
    """The contact after an effect."""
    match effect:
        case SetField(field, value):
            return replace(contact, fields=_with(contact.fields, field, value))
        case AddTag(tag):
            return replace(contact, tags=contact.tags | {tag})
        case RemoveTag(tag):
            return replace(contact, tags=contact.tags - {tag})
    return contact


def page_after(page: PageFacts, effect: Change) -> PageFacts:
    """The Page after an effect."""
    if isinstance(effect, SetPageValue):
        return replace(page, values=_with(page.values, effect.key, effect.value))
    return page


def _with(values: Mapping[str, str], key: str, value: str | None) -> Mapping[str, str]:
    if value is None:
        return {other: kept for other, kept in values.items() if other != key}
    return {**values, key: value}
