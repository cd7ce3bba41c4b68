"""What two drawings of one flow have of different, apart from where things stand."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from otn_studio.blocks.block import Block, Option
from otn_studio.blocks.languages import language_name
from otn_studio.blocks.words import Words
from otn_studio.flow.document import Connection, Flow


class Rewritten(NamedTuple):
    """An option of a block that holds something else now."""

    option: Option
    before: Any
    after: Any


@dataclass(frozen=True)
class Difference:
    """Blocks by their ids, in the order of their drawings. ``beside`` is what is no block: names,
    topics, fields, languages. ``moved`` stand elsewhere and say what they said.
    """

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    connected: tuple[Connection, ...] = ()
    cut: tuple[Connection, ...] = ()
    beside: tuple[Words, ...] = ()
    moved: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything is different that has a meaning."""
        has_blocks = self.added or self.removed or self.changed
        return bool(has_blocks or self.connected or self.cut or self.beside)


def difference(before: Flow, after: Flow) -> Difference:
    """What became of a flow."""
    links, were = set(after.all_connections()), set(before.all_connections())
    kept = [id for id in after.blocks if id in before.blocks]
    return Difference(
        added=tuple(id for id in after.blocks if id not in before.blocks),
        removed=tuple(id for id in before.blocks if id not in after.blocks),
        changed=tuple(id for id in kept if _content(before, id) != _content(after, id)),
        connected=tuple(link for link in after.all_connections() if link not in were),
        cut=tuple(link for link in before.all_connections() if link not in links),
        beside=tuple(_beside(before, after)),
        moved=tuple(id for id in kept if before.layout.get(id) != after.layout.get(id)),
    )


def rewritten(before: Block, after: Block) -> tuple[Rewritten, ...]:
    """What a block says or does now, option by option; nothing where it is of another type."""
    old = {way: value for way, _option, value in before.filled_in()}
    found = [
        Rewritten(option, old.get(way), value)
        for way, option, value in after.filled_in()
        if value != old.get(way) and not isinstance(value, tuple)
    ]
    return tuple(found) if type(before) is type(after) else ()


def both(before: Flow, after: Flow) -> Flow:
    """One drawing of both: that of after, and on it what was removed, where it stood."""
    gone = {id: block for id, block in before.blocks.items() if id not in after.blocks}
    links = {id: before.connections[id] for id in gone if id in before.connections}
    places = {id: before.layout[id] for id in gone if id in before.layout}
    return replace(
        after,
        blocks={**after.blocks, **gone},
        connections={**after.connections, **links},
        layout={**after.layout, **places},
        topics={**before.topics, **after.topics},
        fields={**before.fields, **after.fields},
    )


def _content(flow: Flow, id: str) -> tuple[Block, Mapping[str, Any]]:
    return flow.blocks[id], flow.texts_of(id)


def _beside(before: Flow, after: Flow) -> Iterator[Words]:
    if before.name != after.name:
        yield Words("The flow is called “{new}”, not “{old}”", old=before.name, new=after.name)
    if before.channel != after.channel:
        yield Words("It is for {new}, not for {old}", old=before.channel, new=after.channel)
    if before.language != after.language:
        yield Words("Its language is said")
    yield from _named(_TOPICS, before.topics, after.topics)
    yield from _named(_FIELDS, before.fields, after.fields)
    for language in after.translations.keys() - before.translations.keys():
        yield Words("Language added: {language}", language=language_name(language))
    for language in before.translations.keys() - after.translations.keys():
        yield Words("Language removed: {language}", language=language_name(language))


def _named(said: "_Said", before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Words]:
    """Topics or fields that came, went, or are others now."""
    for id, entry in after.items():
        if id not in before:
            yield Words(said.added.text, name=entry.name)
        elif entry.name != before[id].name:
            yield Words(said.renamed.text, old=before[id].name, new=entry.name)
        elif entry != before[id]:
            yield Words(said.changed.text, name=entry.name)
    for id in before.keys() - after.keys():
        yield Words(said.removed.text, name=before[id].name)


class _Said(NamedTuple):
    """Sentences about what has a name, which is still to be filled in."""

    added: Words
    removed: Words
    renamed: Words
    changed: Words


_TOPICS = _Said(
    Words("Topic added: “{name}”"),
    Words("Topic removed: “{name}”"),
    Words("The topic “{old}” is called “{new}”"),
    Words("The topic “{name}” is of another kind"),
)
_FIELDS = _Said(
    Words("Field added: “{name}”"),
    Words("Field removed: “{name}”"),
    Words("The field “{old}” is called “{new}”"),
    Words("The field “{name}” holds something else"),
)
