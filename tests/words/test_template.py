"""Everything that a person reads is in the template that translations start from."""

import ast
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

import otn_studio
from otn_studio.blocks.block import Block
from otn_studio.blocks.element import Element
from otn_studio.blocks.finding import Finding
from otn_studio.blocks.known import SYSTEM_FIELDS
from otn_studio.blocks.lookup import Lookup
from otn_studio.blocks.words import Words
from otn_studio.checks.check import check
from otn_studio.flow.document import Flow
from otn_studio.flow.project import Project
from otn_studio.flow.reading import Unreadable, from_text
from tests.words.calls import said_in_calls
from tests.words.declared import choices, declared, parts_of
from tests.words.template import TEMPLATE, is_for_translators, template

CATALOG = read_po(TEMPLATE.read_bytes().splitlines())


def knows(words: str | Words) -> bool:
    text = words.text if isinstance(words, Words) else words
    return not is_for_translators(text) or CATALOG.get(text) is not None


def of(kind):
    return kind(id="made") if issubclass(kind, Element) else kind()


def found(part) -> list[Finding]:
    where = (Lookup(), "") if isinstance(part, Element) else (Lookup(),)
    return list(part.findings(*where))


def test_the_template_is_up_to_date():
    assert TEMPLATE.read_text("utf-8") == template(), "run: make words"


@pytest.mark.parametrize("kind", declared(), ids=lambda kind: kind.kind.name)
def test_all_that_a_declaration_says_is_there(kind):
    made = of(kind)
    said = [kind.kind.title, *kind.kind.menu, kind.help()]
    said += [port.words for port in (*kind.kind.ports, *made.ports())]
    said += [finding.words for finding in found(made)]
    said += [made.summary()] if isinstance(made, Block) else []
    for part in parts_of(kind):
        for name, option in part.options().items():
            said += [option.label, option.help]
            said += [
                option.called.get(value) or value.replace("_", " ").capitalize()
                for value in choices(part.model_fields[name].annotation)
            ]
    assert [text for text in said if text and not knows(text)] == []


def test_every_sentence_stands_where_it_is_translated():
    """What is made of pieces, or has a name of its own before, translators are never shown."""
    broken = [
        f"{path}:{call.lineno}"
        for path in Path(otn_studio.__file__).parent.rglob("*.py")
        for part in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(part, ast.FunctionDef)
        for call in ast.walk(part)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in ("Words", "_")
        and any(
            isinstance(given, ast.BinOp | ast.JoinedStr) or named(part, given)
            for given in call.args
        )
    ]
    assert broken == []


def named(part: ast.FunctionDef, given: ast.expr) -> bool:
    """Whether it is a name that was given to a text before."""
    texts = (
        target.id
        for line in ast.walk(part)
        if isinstance(line, ast.Assign) and isinstance(line.value, ast.Constant)
        for target in line.targets
        if isinstance(target, ast.Name)
    )
    return isinstance(given, ast.Name) and given.id in texts


def test_what_the_checks_find_is_there():
    flow = Flow("it", "It", blocks={kind.kind.name: kind() for kind in Block.types.values()})
    for finding in check(Project.of(flow))["it"]:
        assert knows(finding.words), finding.words.text


def test_problems_are_there():
    with pytest.raises(Unreadable) as refused:
        from_text('{"format": "something else"}')
    assert knows(refused.value.words)
    assert any(file.startswith("otn_studio/storage/") for file, *_rest in said_in_calls())


def test_messengers_own_fields_have_names():
    assert all(knows(name) for name, _ in SYSTEM_FIELDS.values())


def test_a_sentence_that_counts_has_both_its_forms():
    assert CATALOG.get("Delete {n} block").id == ("Delete {n} block", "Delete {n} blocks")


def test_what_only_holds_values_is_not_for_translators():
    assert CATALOG.get("{title}") is None
    assert CATALOG.get("{n} d") is not None
