"""Random flows, from every block and element type that is registered, and random changes to them."""

from collections.abc import Callable
from datetime import time
from enum import Enum
from types import UnionType
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from pydantic.fields import FieldInfo

from otn_studio.blocks.block import Block, Declared, Option, Part
from otn_studio.blocks.duration import UNITS, Duration
from otn_studio.blocks.element import Element
from otn_studio.blocks.field import FieldType
from otn_studio.blocks.languages import said
from otn_studio.flow import changes
from otn_studio.flow.changes import Change
from otn_studio.flow.document import CHANNELS, FRAME_COLORS, Field, Flow, Frame, Position, Topic
from otn_studio.flow.looks import Collapse, SetFrame
from otn_studio.flow.translating import SetLanguage, SetTranslations, Translate

TOPICS: Final = ("shoes", "bread")
FIELDS: Final = ("size", "colour")
LANGUAGES: Final = ("de", "en", "pt_BR")

ids = st.text("abc-_7", min_size=1, max_size=4)
languages = st.sampled_from((*LANGUAGES, "", "de-DE"))
numbers = st.integers(-10_000, 10_000) | st.floats(-1e9, 1e9)
positions = st.builds(Position, numbers, numbers)
sizes = st.integers(1, 5_000) | st.floats(0.5, 1e9)
frames = st.builds(
    Frame,
    st.text(max_size=20),
    *(numbers, numbers, sizes, sizes),
    st.sampled_from(FRAME_COLORS),
    st.text(max_size=20),
)
topics = st.dictionaries(st.sampled_from(TOPICS), st.builds(Topic, st.text(max_size=70)))
fields = st.dictionaries(
    st.sampled_from(FIELDS),
    st.builds(Field, st.text(max_size=70), st.sampled_from(FieldType), st.booleans()),
)
durations = st.builds(Duration, st.integers(0, 99_999), st.sampled_from(sorted(UNITS)))
texts = st.one_of(
    st.just(""),
    st.text(max_size=30),
    st.sampled_from(
        (
            "Hi {{ contact.first_name | default: 'there' }}!",
            "{{ contact.size | truncate: 10 }}",
            "{% if contact.colour %}{{ contact.colour | upcase }}{% endif %}",
            "{{ name }}",
            "{{ contact.unheard_of }}",
            "{{",
            "{{ contact.size | unheard_of }}",
            "https://example.com/shoe.jpg",
            "👟" * 21,
            "x" * 2_100,
        )
    ),
)


PLAIN: Final = {
    str: texts,
    bool: st.booleans(),
    int: st.integers(0, 100),
    Duration: durations,
    time: st.times().map(lambda at: at.replace(second=0, microsecond=0)),
}


def of_type(part: type[Part]) -> SearchStrategy[Any]:
    """Random parts of one type, by nothing but what its fields declare."""
    return st.builds(
        part, **{name: _field(info) for name, info in part.model_fields.items() if name != "test"}
    )


def any_of(base: type[Declared]) -> SearchStrategy[Any]:
    """Random blocks, or elements, of any type that is registered at the moment."""
    return st.deferred(lambda: st.one_of([of_type(type) for type in base.types.values()]))


blocks = any_of(Block)
elements = any_of(Element)


def _field(info: FieldInfo) -> SearchStrategy[Any]:
    return _value(
        Annotated[(info.annotation, *info.metadata)] if info.metadata else info.annotation
    )


def _value(annotation: Any) -> SearchStrategy[Any]:
    if get_origin(annotation) is Annotated:
        return _annotated(*get_args(annotation))
    arguments = get_args(annotation)
    if get_origin(annotation) is tuple:
        return st.lists(_value(arguments[0]), max_size=4).map(tuple)
    if get_origin(annotation) in (Union, UnionType):
        return st.one_of([_value(argument) for argument in arguments])
    if get_origin(annotation) is Literal:
        return st.sampled_from(arguments)
    if isinstance(annotation, type) and issubclass(annotation, Element):
        return elements
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return of_type(annotation)
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return st.sampled_from(annotation)
    return PLAIN[annotation]


def _annotated(annotation: Any, *metadata: Any) -> SearchStrategy[Any]:
    for entry in metadata:
        if isinstance(entry, Option) and entry.refers_to == "topic":
            return st.sampled_from(("", "gone", *TOPICS))
        if isinstance(entry, Option) and entry.refers_to.endswith("field"):
            return st.sampled_from(("", "gone", "first_name", *FIELDS))
        if isinstance(entry, FieldInfo) and any(hasattr(m, "pattern") for m in entry.metadata):
            return ids
        if getattr(entry, "pattern", None):
            return ids
    return _value(annotation)


@st.composite
def flows(draw: Callable[..., Any], most_blocks: int = 6) -> Flow:
    """Random flows that can be written and read; the checks may have a lot to say about them."""
    drawn = draw(st.dictionaries(ids, blocks, max_size=most_blocks))
    connections: dict[str, dict[str, str]] = {}
    for id, block in drawn.items():
        for port in {port.id: port for port in block.ports()}:
            if draw(st.booleans()):
                connections.setdefault(id, {})[port] = draw(st.sampled_from(sorted(drawn)))
    language, *further = draw(st.permutations(LANGUAGES))
    placed = draw(st.lists(st.sampled_from(sorted(drawn)), unique=True)) if drawn else []
    return Flow(
        id=draw(ids),
        name=draw(st.text(max_size=20)),
        channel=draw(st.sampled_from(CHANNELS)),
        topics=draw(topics),
        fields=draw(fields),
        blocks=drawn,
        connections=connections,
        layout={id: draw(positions) for id in placed},
        language=draw(st.sampled_from(("", language))),
        translations={
            language: {id: texts for id in drawn if (texts := draw(translations_of(drawn[id])))}
            for language in further[: draw(st.integers(0, 2))]
        },
        frames=draw(st.dictionaries(ids, frames, max_size=2)),
        collapsed=frozenset(placed[::2]),
    )


def translations_of(block: Block) -> SearchStrategy[dict[str, str]]:
    """Random texts of a block in another language, some of which are left over."""
    ways = st.sampled_from([*(text.way for text in said(block)), "gone.text"])
    return st.dictionaries(ways, texts, max_size=3)


def changes_to(flow: Flow) -> SearchStrategy[Change]:
    """Random changes, some of which do not fit the flow."""
    known = st.sampled_from([*flow.blocks, "gone"])
    ports = st.sampled_from(
        [*{port.id for block in flow.blocks.values() for port in block.ports()}, "gone"]
    )
    named = known.flatmap(
        lambda id: st.builds(changes.edit, st.just(flow), st.just(id), blocks | _same(flow, id))
    )
    single = st.one_of(
        st.builds(
            changes.AddBlock, ids | st.sampled_from(("", "Not an id", "x\n")), blocks, _places()
        ),
        st.builds(changes.RemoveBlock, known),
        st.builds(changes.EditBlock, known, blocks),
        named,
        st.lists(known, unique=True, max_size=3).map(lambda ids: changes.removal(flow, *ids)),
        st.builds(changes.MoveBlocks, st.dictionaries(known, _places(), max_size=3)),
        st.builds(changes.Connect, known, ports, st.none() | known),
        st.builds(changes.SetTopic, ids, st.none() | st.builds(Topic, st.text(max_size=5))),
        st.builds(changes.SetField, ids, st.none() | st.builds(Field, st.text(max_size=5))),
        st.builds(changes.Rename, st.text(max_size=5)),
        st.builds(SetFrame, ids, st.none() | frames | _impossible_frames),
        st.builds(Collapse, st.dictionaries(known, st.booleans(), max_size=3)),
        st.builds(SetLanguage, languages),
        st.builds(SetTranslations, languages, st.none() | st.just({})),
        st.builds(SetTranslations, languages, known.map(lambda id: {id: {"gone.text": "x"}})),
        st.builds(Translate, languages, known, st.sampled_from(("t.text", "x")), st.none() | texts),
        st.builds(changes.SwitchChannel, st.sampled_from((*CHANNELS, "pigeon"))),
    )
    return single | st.lists(single, max_size=4).map(lambda parts: changes.Several(tuple(parts)))


_impossible_frames = st.sampled_from(
    (
        Frame("", float("nan"), 0, 1, 1),
        Frame("", 0, 0, 2e9, 1),
        Frame("", 0, 0, 0, 1),
        Frame("", 0, 0, 1, 1, "pink"),
    )
)


def _places() -> SearchStrategy[Position | None]:
    far = st.sampled_from((Position(float("inf"), 0), Position(0, float("nan")), Position(2e9, 0)))
    return st.none() | positions | far


def _same(flow: Flow, id: str) -> SearchStrategy[Block]:
    return st.just(flow.blocks[id]) if id in flow.blocks else blocks
