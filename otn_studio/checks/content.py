"""What is written in the blocks: everything that a declaration says of its options."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from otn_studio.blocks import liquid, secret
from otn_studio.blocks.block import Block, Option
from otn_studio.blocks.finding import Finding, error, warning
from otn_studio.blocks.liquid import BrokenText
from otn_studio.blocks.lookup import Lookup
from otn_studio.blocks.words import Words
from otn_studio.flow.document import Flow
from otn_studio.policy import limits

KNOWN: Final[Mapping[str, Callable[[Lookup, str], bool]]] = {
    "field": Lookup.knows_field,
    "any_field": lambda lookup, key: lookup.knows_field(key) or lookup.knows_page_field(key),
}
"""By what an option refers to: whether there is such a field of the person."""


def of_block(block: Block, lookup: Lookup) -> Iterator[Finding]:
    for field, option, value in block.filled_in():
        for finding in _option(option, value, lookup):
            yield replace(finding, field=field)


def of_flow(flow: Flow) -> Iterator[Finding]:
    """What is written outside of the blocks: the names of the topics."""
    names = Counter(topic.name.strip().casefold() for topic in flow.topics.values())
    for topic in flow.topics.values():
        name = topic.name.strip()
        if not name:
            yield error("topic_without_name", Words("A topic has no name. Give it one."))
        elif len(name) > limits.TOPIC_NAME:
            sentence = Words(
                "The topic “{name}” has {count} characters; {limit} are allowed.",
                name=name,
                count=len(name),
                limit=limits.TOPIC_NAME,
            )
            yield error("topic_name_too_long", sentence)
        elif names[name.casefold()] > 1:
            sentence = Words("Two topics are called “{name}”. Rename one of them.", name=name)
            yield error("topic_name_twice", sentence)


def _option(option: Option, value: Any, lookup: Lookup) -> Iterator[Finding]:
    if _is_empty(value):
        if option.required:
            yield error(
                "empty", Words("“{field}” is empty. Fill it in.", field=Words(option.label))
            )
        return
    if option.refers_to:
        yield from _reference(option, value, lookup)
    elif option.liquid:
        yield from _text(option, value, lookup)
    elif option.limit is not None and len(value) > option.limit:
        yield _too_long(option, len(value))


def _is_empty(value: Any) -> bool:
    return value == () or (isinstance(value, str) and not value.strip())


def _reference(option: Option, value: str, lookup: Lookup) -> Iterator[Finding]:
    if option.refers_to == "topic" and value not in lookup.topics:
        yield error(
            "missing_topic",
            Words("The topic that is chosen here does not exist. Choose one, or create it."),
        )
    if option.refers_to == "page_field" and not lookup.knows_page_field(value):
        yield error(
            "missing_page_field",
            Words("The Page has no value “{field}”. Choose one, or create it.", field=value),
        )
    if option.refers_to in KNOWN and not KNOWN[option.refers_to](lookup, value):
        yield error(
            "missing_field",
            Words("The field “{field}” does not exist. Choose one, or create it.", field=value),
        )


def _text(option: Option, value: str, lookup: Lookup) -> Iterator[Finding]:
    try:
        length = liquid.length(value)
        others = liquid.other_names(value)
        of_contact, of_page = liquid.contact_fields(value), liquid.page_fields(value)
    except BrokenText as problem:
        yield error(
            "broken_text",
            Words("The part in {{{{ }}}} can’t be read: {problem}.", problem=str(problem)),
        )
        return
    if option.secrets:
        others -= {"secret"}
        yield from _secrets(value, lookup)
    for name in sorted(others):
        yield warning(
            "unknown_name",
            Words(
                "“{name}” will always be empty. Did you mean {{{{ contact.{name} }}}}?", name=name
            ),
        )
    for key in sorted(key for key in of_contact if not lookup.knows_field(key)):
        yield warning(
            "unknown_field",
            Words("There is no field “{field}”, so this will always be empty.", field=key),
        )
    for key in sorted(key for key in of_page if not lookup.knows_page_field(key)):
        yield warning(
            "unknown_page_field",
            Words("The Page has no value “{field}”, so this will always be empty.", field=key),
        )
    if option.limit is None:
        return
    if length.least > option.limit:
        yield _too_long(option, length.least)
    elif length.most is None or length.most > option.limit:
        yield warning(
            "may_be_too_long",
            Words(
                "With some people’s values, “{field}” can exceed {limit} characters. It is cut then.",
                field=Words(option.label),
                limit=option.limit,
            ),
        )


def _secrets(text: str, lookup: Lookup) -> Iterator[Finding]:
    for name in secret.asked_for(text):
        if not secret.NAME.fullmatch(name):
            sentence = Words(
                "“{name}” can’t be the name of a secret. Use small letters, digits and _.",
                name=name,
            )
            yield error("bad_secret", sentence)
        elif lookup.secrets is not None and name not in lookup.secrets:
            sentence = Words(
                "The secret “{name}” is not set on this computer. Set it before the flow runs.",
                name=name,
            )
            yield warning("missing_secret", sentence)


def _too_long(option: Option, count: int) -> Finding:
    return error(
        "too_long",
        Words(
            "“{field}” has {count} characters; Messenger takes {limit}. Shorten it by {over}.",
            field=Words(option.label),
            count=count,
            limit=option.limit,
            over=count - (option.limit or 0),
        ),
    )
