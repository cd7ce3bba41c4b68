import csv
import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otn_studio.blocks.words import Problem
from otn_studio.flow.document import Position
from otn_studio.flow.translating import SetTranslations
from otn_studio.flow.translation_table import from_csv, rows, to_csv
from tests import strategies
from tests.builders import START, a_flow, ask, say

FLOW = replace(
    a_flow({"start": START, "b": ask("Shall we?"), "a": say("Hi,\nyou"), "empty": say(" ")}),
    language="en",
    layout={"a": Position(100, 0), "b": Position(0, 50)},
    translations={"de": {"a": {"text.text": "Na?"}}},
)


def test_what_people_read_stands_there_as_on_the_canvas():
    assert [
        (r.block, r.way, r.original, r.translation, r.is_missing) for r in rows(FLOW, "de")
    ] == [
        ("b", "card.title", "Shall we?", "", True),
        ("a", "text.text", "Hi,\nyou", "Na?", False),
    ]
    assert [(r.field, r.label, r.limit) for r in rows(FLOW, "de")] == [
        ("elements.0.title", "Opt-in message", 65),
        ("elements.0.text", "Text", 2_000),
    ]


TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters='\n\t;,"'))


@given(strategies.flows(4), st.data())
def test_a_table_that_was_written_is_read_as_it_was_filled_in(flow, data):
    flow, _ = SetTranslations("fr", {}).apply(replace(flow, language="", translations={}))
    table = list(csv.reader(io.StringIO(to_csv(flow, "fr"), newline="")))
    places = {(line[0], line[1]) for line in table[1:]}
    wanted = {place: data.draw(TEXTS.filter(str.strip)) for place in places}
    lines = [table[0], *([*line[:3], wanted[line[0], line[1]]] for line in table[1:])]
    made, count = _written(lines, data.draw(st.sampled_from(",;\t"))), len(places)
    imported = from_csv(flow, "fr", made)
    assert imported.unknown == 0
    changed, _ = imported.change.apply(flow)
    found = {(row.block, row.way): row.translation for row in rows(changed, "fr")}
    assert found == wanted
    assert (imported.count == 0) == (count == 0)


def _written(lines: list[list[str]], delimiter: str) -> str:

    file = io.StringIO()
    csv.writer(file, delimiter=delimiter).writerows(lines)
    return file.getvalue()


@pytest.mark.parametrize(
    ("text", "count", "unknown"),
    [
        ("block,place,translation\nb,card.title,Nun?\n", 1, 0),
        ("\ufeffPlace;Translation;Block\r\ncard.title;Nun?;b\r\n", 1, 0),
        ("block,place,translation\nb,card.title,\na,text.text,Na?\n\n", 0, 0),
        ("block,place,translation\ngone,card.title,x\nb,gone,x\nb\n", 0, 3),
    ],
)
def test_only_what_has_a_place_and_is_new_is_taken(text, count, unknown):
    imported = from_csv(FLOW, "de", text)
    assert (imported.count, imported.unknown) == (count, unknown)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "The table has no column “block”. Export one to see how."),
        ("block,place\n", "The table has no column “translation”. Export one to see how."),
        ('block,place,translation\n"x', "The table can’t be read: unexpected end of data."),
    ],
)
def test_what_is_no_such_table_is_refused_in_one_sentence(text, sentence):
    with pytest.raises(Problem) as problem:
        from_csv(FLOW, "de", text)
    assert str(problem.value.words) == sentence
