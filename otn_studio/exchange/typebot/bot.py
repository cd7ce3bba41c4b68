"""A bot of Typebot as plain values: version 6 in our own terms, whichever version the file is of."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from otn_studio.exchange.making import as_dict, as_list, as_text
from otn_studio.flow.json_text import Unreadable

START = "start"


@dataclass(frozen=True)
class Item:
    """One of several ways of a block, such as a button; ``edge`` is where it leads, empty: nowhere."""

    values: dict[str, Any]
    edge: str
    where: str


@dataclass(frozen=True)
class Block:
    """A step of a group. ``next`` is the block below it in its group, ``edge`` leads elsewhere."""

    id: str
    type: str
    options: dict[str, Any]
    content: Any
    items: tuple[Item, ...]
    edge: str
    next: str
    where: str

    def text(self, name: str) -> str:
        return as_text(self.options.get(name))


@dataclass(frozen=True)
class Group:
    """Blocks below each other."""

    id: str
    title: str
    blocks: tuple[Block, ...]
    where: str


@dataclass(frozen=True)
class Event:
    """What happens to a bot, such as its start."""

    type: str
    edge: str
    where: str


@dataclass(frozen=True)
class Bot:
    """A whole bot. ``id`` is empty where the file has none; ``edges`` lead to blocks, by their ids;
    ``variables`` are names by id.
    """

    id: str
    name: str
    groups: tuple[Group, ...]
    events: tuple[Event, ...]
    edges: dict[str, str]
    variables: dict[str, str]

    @classmethod
    def of(cls, data: Any, name: str) -> "Bot":
        """Read it.

        Raises:
            Unreadable: it is none.
        """
        bot = as_dict(data, "typebot")
        bot = as_dict(bot["typebot"], "typebot") if "typebot" in bot else bot
        is_old = "groups" not in bot
        list, inner = ("blocks", "steps") if is_old else ("groups", "blocks")
        if list not in bot:
            raise Unreadable("The file is no bot of Typebot: it has no “groups”.")
        groups = tuple(_groups(as_list(bot[list], list), list, inner))
        _refuse_doubles(groups)
        events = [*_events(bot.get("events")), *_starts(groups)]
        called = as_text(bot.get("name")) or name
        return cls(
            as_text(bot.get("id")),
            called.strip()[:100] or "Typebot",
            groups,
            tuple(events),
            dict(_edges(bot.get("edges"), groups, is_old)),
            dict(_variables(bot.get("variables"))),
        )

    @cached_property
    def blocks(self) -> dict[str, Block]:
        return {block.id: block for group in self.groups for block in group.blocks}

    @cached_property
    def _first(self) -> dict[str, str]:
        return {group.id: group.blocks[0].id for group in reversed(self.groups) if group.blocks}

    def first_of(self, group: str) -> str:
        """The first block of a group."""
        return self._first.get(group, "")


def _id(values: dict[str, Any], where: str) -> str:
    id = values.get("id")
    if not isinstance(id, str) or not id:
        raise Unreadable("“{part}” has no id.", part=where)
    return id


def _groups(entries: list[Any], list: str, inner: str) -> Iterator[Group]:
    for index, entry in enumerate(entries):
        where = f"/{list}/{index}"
        values = as_dict(entry, where)
        within = as_list(values.get(inner), f"{where}/{inner}")
        blocks = [as_dict(one, f"{where}/{inner}/{n}") for n, one in enumerate(within)]
        ids = [_id(one, f"{where}/{inner}/{n}") for n, one in enumerate(blocks)]
        yield Group(
            _id(values, where),
            as_text(values.get("title")),
            tuple(
                _block(one, f"{where}/{inner}/{n}", next)
                for n, (one, next) in enumerate(
                    zip(blocks, [*ids[1:], ""][: len(ids)], strict=True)
                )
            ),
            where,
        )


def _block(values: dict[str, Any], where: str, next: str) -> Block:
    items = [
        as_dict(item, f"{where}/items/{number}")
        for number, item in enumerate(as_list(values.get("items"), f"{where}/items"))
    ]
    return Block(
        _id(values, where),
        as_text(values.get("type")),
        as_dict(values.get("options"), f"{where}/options"),
        values.get("content"),
        tuple(
            Item(item, as_text(item.get("outgoingEdgeId")), f"{where}/items/{number}")
            for number, item in enumerate(items)
        ),
        as_text(values.get("outgoingEdgeId")),
        next,
        where,
    )


def _refuse_doubles(groups: tuple[Group, ...]) -> None:
    seen: set[str] = set()
    for id in (block.id for group in groups for block in group.blocks):
        if id in seen:
            raise Unreadable("Two blocks have the same id, “{id}”. Export the bot anew.", id=id)
        seen.add(id)


def _events(entries: Any) -> Iterator[Event]:
    for index, entry in enumerate(as_list(entries, "events")):
        event = as_dict(entry, f"/events/{index}")
        yield Event(
            as_text(event.get("type")), as_text(event.get("outgoingEdgeId")), f"/events/{index}"
        )


def _starts(groups: tuple[Group, ...]) -> Iterator[Event]:
    """Before version 6 the start was a block in a group of its own."""
    for block in (block for group in groups for block in group.blocks):
        if block.type == START:
            yield Event(START, block.edge, block.where)


def _edges(entries: Any, groups: tuple[Group, ...], is_old: bool) -> Iterator[tuple[str, str]]:
    """In the oldest versions groups were called blocks, and blocks steps."""
    group, block = ("blockId", "stepId") if is_old else ("groupId", "blockId")
    first = {one.id: one.blocks[0].id for one in groups if one.blocks}
    known = {one.id for g in groups for one in g.blocks}
    for index, entry in enumerate(as_list(entries, "edges")):
        edge = as_dict(entry, f"/edges/{index}")
        to = as_dict(edge.get("to"), f"/edges/{index}/to")
        target = as_text(to.get(block))
        yield (
            as_text(edge.get("id")),
            target if target in known else first.get(as_text(to.get(group)), ""),
        )


def _variables(entries: Any) -> Iterator[tuple[str, str]]:
    for index, entry in enumerate(as_list(entries, "variables")):
        variable = as_dict(entry, f"/variables/{index}")
        yield as_text(variable.get("id")), as_text(variable.get("name"))
