"""A page about each block and each element of a message, made of its declaration."""

from collections.abc import Iterator
from enum import Enum
from functools import lru_cache
from typing import Any, Final, Literal, get_args, get_origin

from otn_studio.blocks.block import Block, Declared, Option, Part, Role
from otn_studio.blocks.duration import Duration
from otn_studio.blocks.element import Element
from otn_studio.blocks.message.send_message import SendMessage
from otn_studio.blocks.words import Words
from otn_studio.studio.canvas.offers import GROUP_TITLES, Offer
from otn_studio.studio.help.examples import Example, default, example_of
from otn_studio.studio.help.library import HelpPage, titled
from otn_studio.studio.panel.choose import bare, part_types
from otn_studio.studio.panel.fields import summary
from otn_studio.studio.panel.names import (
    catalogued,
    first_sentence,
    first_words,
    part_name,
    value_name,
)
from otn_studio.studio.words import _, shown

FOLDER: Final = "blocks/"
ALL: Final = f"{FOLDER}README.md"
ROLES: Final = {
    Role.NEXT: Words("taken when the block is done"),
    Role.BRANCH: Words("taken when that is so"),
    Role.CHOICE: Words("taken when the person taps it, now or days later"),
    Role.ANSWER: Words("taken when the person has answered"),
    Role.RESCUE: Words("taken instead where it can’t be done; left open, the conversation ends"),
}


def file_of(declared: type[Declared]) -> str:
    """The name of its page."""
    return f"{FOLDER}{declared.kind.name.replace('_', '-')}.md"


def all_declared() -> list[type[Declared]]:
    """In the order of the palette."""
    order = list(GROUP_TITLES)
    kinds = (*Block.types.values(), *Element.types.values())
    ours = (kind for kind in kinds if kind.__module__.startswith("otn_studio."))
    return sorted(ours, key=lambda kind: (order.index(kind.kind.group), kind.kind.title))


@lru_cache(maxsize=1)
def by_file() -> dict[str, type[Declared]]:
    """What each page is about."""
    return {file_of(declared): declared for declared in all_declared()}


def names() -> list[str]:
    """Of all pages, first the one that leads to the others."""
    return [ALL, *by_file()]


def page(name: str) -> HelpPage:
    """One of them."""
    return titled(name, _overview() if name == ALL else text_of(by_file()[name]))


def pages() -> list[HelpPage]:
    return [page(name) for name in names()]


def text_of(declared: type[Declared]) -> str:
    """The page in Markdown."""
    parts = (
        f"# {catalogued(declared.kind.title)}",
        catalogued(declared.help()),
        _place(declared),
        *_fields(declared),
        *_ways(declared),
        *_from_sample(declared),
    )
    return "\n\n".join(parts) + "\n"


def _overview() -> str:
    parts = [f"# {_('All blocks')}"]
    for group, title in GROUP_TITLES.items():
        kinds = [kind for kind in all_declared() if kind.kind.group is group]
        parts += [f"## {catalogued(title)}", "\n".join(map(_line, kinds))]
    return "\n\n".join(parts) + "\n"


def _line(declared: type[Declared]) -> str:
    file = file_of(declared).removeprefix(FOLDER)
    told = first_sentence(catalogued(declared.help()))
    return f"- [{catalogued(declared.kind.title)}]({file}): {told}"


def _place(declared: type[Declared]) -> str:
    offer = Offer(declared)
    steps = (*(offer.trail or catalogued(GROUP_TITLES[offer.group])).split(" › "), offer.title)
    way = " › ".join(f"*{step}*" for step in dict.fromkeys(steps))
    said = _("It is under {way}. Or press / on the canvas, and type its name.", way=way)
    if len(declared.kind.channels) > 1:
        return said
    return f"{said} {_('Only in {channels}.', channels=offer.only_in())}"


def _fields(declared: type[Declared]) -> Iterator[str]:
    """A table of what one fills in, and one for each kind of part that has fields of its own."""
    if declared.options():
        yield f"## {_('What you fill in')}"
        yield _table(declared)
    for part in dict.fromkeys(_parts_of(declared)):
        yield f"### {part_name(part)}"
        yield _table(part)


def _table(part: type[Part]) -> str:
    rows = [
        (catalogued(option.label), "; ".join(_about(part, name, option)) or "–")
        for name, option in part.options().items()
    ]
    return _lined(_("Field"), _("What it is"), rows)


def _about(part: type[Part], name: str, option: Option) -> Iterator[str]:
    """What the declaration says of one field."""
    info = part.model_fields[name]
    if option.help:
        yield catalogued(option.help).removesuffix(".")
    if option.required:
        yield _("needed")
    if option.limit:
        yield _("up to {limit} characters", limit=option.limit)
    if option.liquid:
        yield _("can fill in what is known")
    if found := _choices(bare(info.annotation)):
        names = (value_name(option, choice) for choice in found)
        yield _("one of: {choices}", choices=", ".join(names))
    if value := _beginning(info.default):
        yield _("{value}, unless you say otherwise", value=value)
    if option.given:
        yield _("only for: {choices}", choices=", ".join(_given(part, option)))


def _beginning(value: Any) -> str:
    """What stands there before anybody has filled it in; empty for what needs no telling."""
    if isinstance(value, Duration):
        return shown(value.words)
    return str(value) if type(value) in (int, float) and value else ""


def _choices(annotation: Any) -> list[Any]:
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return list(annotation)
    return list(get_args(annotation)) if get_origin(annotation) is Literal else []


def _given(part: type[Part], option: Option) -> Iterator[str]:
    """The choices in another field with which this one has a meaning."""
    by, *values = option.given
    other = part.options()[by]
    return (value_name(other, value) for value in values)


def _parts_of(part: type[Part]) -> Iterator[type[Part]]:
    """The small parts within it; what has a declaration has a page of its own."""
    for info in part.model_fields.values():
        annotation = bare(info.annotation)
        for inner in part_types(get_args(annotation)[0]) if get_origin(annotation) is tuple else ():
            if not issubclass(inner, Declared) and inner.options():
                yield inner
                yield from _parts_of(inner)


def _ways(declared: type[Declared]) -> Iterator[str]:
    """Where it leads on. What bears the words of the person who drew it is not named."""
    own = default(declared).ports()
    example = example_of(declared)
    there = {port.role for port in example.block.ports()} if example else set()
    rows = [(shown(port.words), shown(ROLES[port.role])) for port in own]
    if Role.CHOICE in there and all(port.role is not Role.CHOICE for port in own):
        rows.append((_("Each by its words"), shown(ROLES[Role.CHOICE])))
    if rows:
        yield f"## {_('Ways out')}"
        yield _lined(_("Way out"), _("When"), rows)


def _from_sample(declared: type[Declared]) -> Iterator[str]:
    example = example_of(declared)
    if example is not None:
        sample = example.sample
        yield f"## {_('For example')}"
        link = f"[{shown(sample.title)}](../../../flows/{sample.name}.json)"
        said = _said(example)
        if said == catalogued(declared.kind.title):
            yield _("The sample {sample} has it.", sample=link)
        else:
            yield _("The sample {sample} has it:", sample=link)
            yield f"> {said}"


def _said(example: Example) -> str:
    """In the words of the person who drew it."""
    block = example.block
    if isinstance(block, SendMessage) and block.elements:
        return next(filter(None, (first_words(part) for _at, part in block.elements[0].parts())))
    return shown(summary(example.sample.flow, block))


def _lined(first: str, second: str, rows: list[tuple[str, str]]) -> str:
    """A table of two columns."""
    lines = [(first, second), ("---", "---"), *rows]
    return "\n".join(f"| {_cell(one)} | {_cell(other)} |" for one, other in lines)


def _cell(words: str) -> str:
    return " ".join(words.replace("|", "\\|").split())
