"""Looking for words in everything that a flow says, and putting others in their place."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final

from otn_studio.blocks.block import Block, Option
from otn_studio.blocks.rewriting import rewritten
from otn_studio.flow.change import Change
from otn_studio.flow.changes import Several, edit
from otn_studio.flow.document import Flow, Frame
from otn_studio.flow.looks import SetFrame
from otn_studio.flow.translating import Translate

_TAG: Final = re.compile(r"(\{[{%].*?[%}]\})", re.DOTALL)
"""What is filled in: words in it are names, which are never replaced."""


def texts_of(flow: Flow, id: str) -> Iterator[str]:
    """All that a block says in any language, its title, and the topics and fields that it is about."""
    block = flow.blocks[id]
    yield block.title
    for _path, option, value in block.filled_in():
        if not isinstance(value, str):
            continue
        if option.refers_to == "topic" and value in flow.topics:
            yield flow.topics[value].name
        elif option.refers_to.endswith("field") and value in flow.fields:
            yield flow.fields[value].name
        elif not option.refers_to:
            yield value
    for texts in flow.texts_of(id).values():
        yield from texts.values()


def replacement(flow: Flow, words: str, by: str) -> Several:
    """Puts ``by`` in the place of words in titles and in all that people read, in every language.

    What is filled in, and addresses and the like, stay as they are.
    """
    put = _putting(words, by)
    return Several(
        (
            *(change for id in flow.blocks for change in _in_block(flow, id, put)),
            *_in_translations(flow, put),
            *(
                SetFrame(id, changed)
                for id, frame in flow.frames.items()
                if (changed := _in_frame(frame, put)) != frame
            ),
        )
    )


def _putting(words: str, by: str) -> Callable[[str], str]:
    """The function that replaces the words in a text, whatever their capitals."""
    wanted = re.compile(re.escape(words), re.IGNORECASE)

    def put(text: str) -> str:
        parts = _TAG.split(text)
        return "".join(
            part if index % 2 else wanted.sub(lambda _found: by, part)
            for index, part in enumerate(parts)
        )

    return put


def _in_block(flow: Flow, id: str, put: Callable[[str], str]) -> Iterator[Change]:
    block = flow.blocks[id]

    def change(option: Option, text: str) -> str:
        return put(text) if option.said or option.liquid else text

    changed = rewritten(block, change)
    if (title := put(block.title)) != block.title:
        changed = changed.model_copy(update={"title": title})
    if changed is not block and _can_be_read(changed):
        yield edit(flow, id, changed)


def _can_be_read(block: Block) -> bool:
    try:
        return bool(Block.read(block.written()))
    except ValueError:
        return False


def _in_translations(flow: Flow, put: Callable[[str], str]) -> Iterator[Change]:
    for language, blocks in flow.translations.items():
        for id, texts in blocks.items():
            for way, text in texts.items():
                if (changed := put(text)) != text:
                    yield Translate(language, id, way, changed)


def _in_frame(frame: Frame, put: Callable[[str], str]) -> Frame:
    return replace(frame, title=put(frame.title), note=put(frame.note))
