"""Repairs of one press: from a finding to the change that makes it go away.

Each is a pure function of the finding and the flow. It answers none where there is nothing that
could be done without asking, or where the flow is not as the finding says any more.
"""

import re
from collections.abc import Callable
from typing import Any

from otn_studio.blocks.elements.quick_replies import QuickReplies
from otn_studio.blocks.field import Field
from otn_studio.blocks.finding import Finding
from otn_studio.blocks.folding import folded
from otn_studio.blocks.message.send_message import SendMessage
from otn_studio.blocks.start.keyword import Keyword
from otn_studio.blocks.words import Words
from otn_studio.flow import changes
from otn_studio.flow.changes import SetField, SwitchChannel
from otn_studio.flow.document import ID_PATTERN, Flow
from otn_studio.policy import limits
from otn_studio.studio.problems import language_repairs, paths, policy_repairs
from otn_studio.studio.problems.repair import Repair
from otn_studio.studio.problems.shortening import shortened


def repair(finding: Finding, flow: Flow) -> Repair | None:
    """The repair of a finding, where there is one."""
    make = (_IN_LANGUAGE if finding.language else _REPAIRS).get(finding.code)
    if make is None or (finding.block and finding.block not in flow.blocks):
        return None
    return make(finding, flow)


def _remove_block(finding: Finding, flow: Flow) -> Repair | None:
    return Repair(Words("Remove block"), changes.removal(flow, finding.block))


def _shorten(finding: Finding, flow: Flow) -> Repair | None:
    """Cuts what people read. Half an address or half a field's value would only be wrong anew."""
    way = paths.steps(finding.field)
    block = flow.blocks[finding.block]
    option, text = paths.option(block, way), paths.at(block, way)
    if option is None or option.limit is None or not option.liquid or not isinstance(text, str):
        return None
    short = shortened(text, option.limit)
    return _edit(Words("Shorten"), finding, flow, short) if short else None


def _put_last(finding: Finding, flow: Flow) -> Repair | None:
    """Moves the quick replies to the end. With two of them, one would always be in the other's way."""
    block = flow.blocks[finding.block]
    if not isinstance(block, SendMessage):
        return None
    last = [element for element in block.elements if isinstance(element, QuickReplies)]
    others = [element for element in block.elements if not isinstance(element, QuickReplies)]
    if len(last) != 1:
        return None
    block = block.model_copy(update={"elements": (*others, *last)})
    return Repair(Words("Put them last"), changes.edit(flow, finding.block, block))


def _remove_keyword(finding: Finding, flow: Flow) -> Repair | None:
    """Removes an empty keyword, unless it is the only one: a start without any is no better."""
    block = flow.blocks[finding.block]
    place = paths.steps(finding.field)[-1]
    if not isinstance(block, Keyword) or len(block.keywords) < 2:
        return None
    index = int(place)
    if index >= len(block.keywords) or folded(block.keywords[index]):
        return None
    kept = (*block.keywords[:index], *block.keywords[index + 1 :])
    block = block.model_copy(update={"keywords": kept})
    return Repair(Words("Remove"), changes.edit(flow, finding.block, block))


def _at_most(limit: int) -> Callable[[Finding, Flow], Repair | None]:
    """Keeps the first so many buttons or answers, and cuts the connections of the others."""

    def keep_first(finding: Finding, flow: Flow) -> Repair | None:
        entries = paths.at(flow.blocks[finding.block], paths.steps(finding.field))
        if not isinstance(entries, tuple) or len(entries) <= limit:
            return None
        over = len(entries) - limit
        words = Words("Remove the last one", plural="Remove the last {n}", n=over)
        return _edit(words, finding, flow, entries[:limit])

    return keep_first


def _make_messenger(finding: Finding, flow: Flow) -> Repair | None:
    return Repair(Words("Make it a Messenger flow"), SwitchChannel("messenger"))


def _create_page_value(finding: Finding, flow: Flow) -> Repair | None:
    return _create_field(finding, flow, of_page=True)


def _create_field(finding: Finding, flow: Flow, of_page: bool = False) -> Repair | None:
    """Makes the field that a text or a block speaks of, called like its key."""
    words = finding.words.values.get("sentence", finding.words)
    key = str(words.values.get("field", ""))
    if not re.fullmatch(ID_PATTERN, key) or key in flow.fields:
        return None
    name = key.replace("_", " ").replace("-", " ").strip().capitalize()
    words = Words("Create the value of the Page") if of_page else Words("Create the field")
    return Repair(words, SetField(key, Field(name or key, of_page=of_page)))


def _edit(words: Words, finding: Finding, flow: Flow, value: Any) -> Repair:
    block = paths.replaced(flow.blocks[finding.block], paths.steps(finding.field), value)
    return Repair(words, changes.edit(flow, finding.block, block))


_REPAIRS: dict[str, Callable[[Finding, Flow], Repair | None]] = {
    "unreachable": _remove_block,
    "too_long": _shorten,
    "quick_replies_not_last": _put_last,
    "empty_keyword": _remove_keyword,
    "too_many_buttons": _at_most(limits.BUTTONS),
    "too_many_quick_replies": _at_most(limits.QUICK_REPLIES),
    "wrong_channel": _make_messenger,
    "unknown_field": _create_field,
    "missing_field": _create_field,
    "unknown_page_field": _create_page_value,
    "missing_page_field": _create_page_value,
    "policy_too_late": policy_repairs.in_time,
    "policy_no_permission": policy_repairs.out,
    "policy_used": policy_repairs.out,
    "policy_stopped": policy_repairs.out,
    "policy_expired": policy_repairs.out,
    "policy_asked_lately": policy_repairs.out,
    "policy_too_soon": policy_repairs.later,
    "policy_too_long": policy_repairs.shorter,
}
_IN_LANGUAGE: dict[str, Callable[[Finding, Flow], Repair | None]] = {
    "too_long": language_repairs.shorten,
    "left_over_translation": language_repairs.remove_left_over,
    "unknown_field": _create_field,
    "unknown_page_field": _create_page_value,
}
