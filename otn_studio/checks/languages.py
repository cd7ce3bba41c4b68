"""What a flow says in its further languages: what is missing, left over, or not as it has to be."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from otn_studio.blocks.block import Block
from otn_studio.blocks.finding import Finding, warning
from otn_studio.blocks.languages import Texts, in_words, language_name, said
from otn_studio.blocks.words import Words
from otn_studio.flow.document import Flow

Check = Callable[[Block], tuple[Finding, ...]]


def of_flow(flow: Flow) -> Iterator[Finding]:
    if flow.translations and not flow.language:
        yield warning(
            "no_language",
            Words("Nobody has said which language this flow is written in. Choose it."),
        )


def of_block(block: Block, texts: Texts, language: str, check: Check) -> Iterator[Finding]:
    """What is to be said of the block in that language, besides what is of it anyway."""
    for finding in (*_missing(block, texts, language), *_left_over(block, texts, language)):
        yield replace(finding, language=language)
    known = check(block)
    for finding in check(in_words(block, texts)) if texts else ():
        if finding not in known:
            sentence = Words(
                "{language}: {sentence}", language=language_name(language), sentence=finding.words
            )
            yield replace(finding, words=sentence, language=language)


def _missing(block: Block, texts: Texts, language: str) -> Iterator[Finding]:
    missing = sum(text.needs_words and not texts.get(text.way) for text in said(block))
    if missing:
        sentence = Words(
            "{language}: a text of this block is not translated yet.",
            plural="{language}: {n} texts of this block are not translated yet.",
            n=missing,
            language=language_name(language),
        )
        yield warning("not_translated", sentence)


def _left_over(block: Block, texts: Texts, language: str) -> Iterator[Finding]:
    ways = {text.way for text in said(block)}
    for way in sorted(texts.keys() - ways):
        sentence = Words(
            "{language}: “{text}” translates a text that is no longer there. Remove it.",
            language=language_name(language),
            text=texts[way],
        )
        yield warning("left_over_translation", sentence)
