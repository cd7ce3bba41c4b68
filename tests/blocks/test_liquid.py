import tracemalloc
from collections.abc import Callable

import pytest
from babel import Locale
from babel.localedata import locale_identifiers
from hypothesis import given, settings
from hypothesis import strategies as st

from otn_studio.blocks import liquid, moment
from otn_studio.blocks.liquid import FILTERS, SOURCE_LIMIT, VALUE_LIMIT, BrokenText, Length

ANN = {"first_name": "Ann", "size": "42", "none": "", "odd": "inf", "long": "x" * VALUE_LIMIT}


def filled(source: str, **fields: object) -> str:
    return liquid.render(source, {"contact": fields or ANN})


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("Hello!", "Hello!"),
        ("Hi {{ contact.first_name }} 👋🏽", "Hi Ann 👋🏽"),
        ("Hi {{ contact.nick | default: 'there' }}", "Hi there"),
        ("Hi {{ contact.none | default: 'there' }}", "Hi there"),
        ("{{ contact.first_name | upcase | append: '!' }}", "ANN!"),
        ("{{ contact.size | plus: 1 }}", "43"),
        ("{% if contact.size == '42' %}yes{% else %}no{% endif %}", "yes"),
        ("{{ contact.nick }}", ""),
        ("{{ name }}{{ contact.size.x.y }}", ""),
        ("a }} b", "a }} b"),
        ("50 % {off}", "50 % {off}"),
    ],
)
def test_a_text_is_filled_in(source, text):
    assert filled(source) == text


@pytest.mark.parametrize(
    "source",
    [
        "{{ contact }}",
        "{{ contact.size }}",
        "{{ contact.first }}",
        "{{ contact.last }}",
        "{{ contact.keys }}",
        "{{ contact.__class__ }}",
        "{{ contact._fields }}",
        "{{ contact.first_name.__class__ }}",
        "{{ contact['first_name']['__class__'] }}",
    ],
)
def test_only_fields_that_the_contact_has_can_be_seen(source):
    assert filled(source, first_name="Ann") == ""


@pytest.mark.parametrize("source", ["{{ now }}", "{{ today }}", "{% assign x = now %}{{ x }}"])
def test_a_text_knows_no_clock(source):
    assert filled(source) == ""


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        ("{{", "expected '}}', found end of file"),
        ("{{ contact.size", "expected '}}', found end of file"),
        ("{% if %}x{% endif %}", "missing expression"),
        ("{% if contact.size %}x", "expected tag endif"),
        ("{% dance %}", "unexpected tag 'dance'"),
        ("{% include 'x' %}", "unexpected tag 'include'"),
        ("{% render 'x' %}", "unexpected tag 'render'"),
        ("{{ contact.size | dance }}", "unknown filter 'dance'"),
        ("{% if false %}{{ 1 | dance }}{% endif %}", "unknown filter 'dance'"),
        ("{{ 1 | c | a | b }}", "unknown filter 'a'"),
        ("{{ 1 | money }}", "unknown filter 'money'"),
        ("{{ 9" + "9" * 5_000 + " }}", "at most 5000 characters"),
        ("{{ 9" + "9" * 4_500 + " }}", "integer string conversion limit"),
        ("{{" * 200, "expected '}}'"),
        ("{" * (SOURCE_LIMIT + 1), "at most 5000 characters"),
    ],
)
def test_a_broken_text_is_found_without_anybodys_values(source, problem):
    for ask in (liquid.parse, liquid.length, liquid.contact_fields, liquid.other_names, filled):
        with pytest.raises(BrokenText, match=problem):
            ask(source)


@pytest.mark.parametrize(
    "source",
    [
        "{{ contact.size | divided_by: 0 }}",
        "{{ contact.odd | ceil }}",
        "{{ contact.odd | floor }}",
        "{{ contact.odd | round }}",
        "{{ 0.1 | modulo: 0.0 }}",
        "{{ " + "9" * 2_400 + " | times: " + "9" * 2_400 + " }}",
        "{{ contact.size | slice: 'x' }}",
        "{% break %}",
    ],
)
def test_whatever_goes_wrong_with_a_value_is_a_broken_text(source):
    with pytest.raises(BrokenText, match=r"\w"):
        filled(source)


A = "'" + "a" * 40 + "'"
BOMBS = [
    "{{ (1..1000000000) | join: 'x' }}",
    "{{ (1..1000000000) | slice: 0, 1000000000 }}",
    "{{ (1..100000000000000000000000) | size }}",
    "{% for i in (1..1000000000) %}x{% endfor %}",
    "{% for i in (1..1000) %}{% for j in (1..1000) %}x{% endfor %}{% endfor %}",
    "{% tablerow i in (1..1000000000) %}x{% endtablerow %}",
    "{{ 'a'" + f" | replace: 'a', {A}" * 10 + " }}",
    "{{ 'a'" + f" | replace: '', {A}" * 10 + " }}",
    "{{ '" + "a " * 1_000 + "' | split: ' ' | join: '" + "b" * 2_000 + "' | replace: 'b', 'cccccc' }}",
    "{% assign x = 9 %}{% for i in (1..40) %}{% assign x = x | times: x %}{% endfor %}",
    "{% for i in (1..1000) %}{% assign x = x | append: '" + "a" * 50 + "' %}{% endfor %}",
    "{% for i in (1..1000) %}{% capture x %}{{ x }}{{ x }}a{% endcapture %}{% endfor %}",
    "{% for i in (1..1000) %}" + "x" * 100 + "{% endfor %}",
    "{% for i in (1..1000) %}" + "{{ contact.long | replace: 'x', contact.long | size }}" * 50
    + "{% endfor %}",
    "{% if a %}" * 400 + "{% endif %}" * 400,
    "{{ a" + "[a" * 1_000 + "]" * 1_000 + " }}",
    "{% if true" + " and true" * 500 + " %}x{% endif %}",
    "{{ '2026-12-24' | plus_years: 999999999999 }}",
    "{{ '2026-12-24' | plus_minutes: " + "9" * 400 + " }}",
    "{{ '2026-12-24' | date: '" + "%B" * 2_000 + "' | replace: 'e', '" + "%A" * 400 + "' }}",
]  # fmt: skip


@pytest.mark.parametrize("bomb", BOMBS, ids=lambda bomb: bomb[:40])
def test_a_bomb_is_stopped_before_it_fills_the_memory(bomb):
    tracemalloc.start()
    try:
        with pytest.raises(BrokenText):
            filled(bomb)
        assert tracemalloc.get_traced_memory()[1] < 32 * 2**20
    finally:
        tracemalloc.stop()


pieces = st.one_of(
    st.text(max_size=5),
    st.sampled_from(
        (
            *("{{", "}}", "{%", "%}", "{%-", "-%}", "|", ":", "'", ",", "[", "]", "(1..3)", "."),
            *("contact", "contact.size", "contact.odd", "contact.long", "x", "forloop", "nil"),
            *("if", "endif", "for i in", "endfor", "assign x =", "capture x", "endcapture"),
            *("case", "when", "endcase", "else", "break", "echo", "liquid", "cycle", "increment x"),
            *("==", "contains", "and", "0", "-1", "1.5", "true", "tablerow i in", "endtablerow"),
        )
    ),
    st.sampled_from(sorted(FILTERS)).map(lambda name: f"| {name}"),
)
tokens = st.lists(pieces, max_size=8).map(" ".join)
sources = st.lists(
    st.one_of(tokens.map("{{{{ {} }}}}".format), tokens.map("{{% {} %}}".format), tokens),
    max_size=4,
).map("".join)


def answer(ask: Callable[..., object], *arguments: object, **fields: object) -> str:
    """What comes of asking; a `BrokenText` is an answer, anything else raised is not."""
    try:
        return f"well: {ask(*arguments, **fields)}"
    except BrokenText as problem:
        return f"broken: {problem}"


@given(sources, st.dictionaries(st.sampled_from(("size", "odd", "long")), st.text(max_size=40)))
def test_no_text_and_no_value_raises_anything_but_a_broken_text_that_says_why(source, fields):
    for ask in (liquid.length, liquid.contact_fields, liquid.other_names):
        assert answer(ask, source) != "broken: "
    assert answer(filled, source, **fields) != "broken: "


@settings(max_examples=300)
@given(
    st.sampled_from(sorted(FILTERS)),
    st.text(max_size=30),
    st.lists(st.text(max_size=5) | st.integers(-9, 9), max_size=2),
)
def test_every_filter_is_known_and_takes_any_value(name, value, arguments):
    fields = {f"a{index}": argument for index, argument in enumerate(arguments)}
    shown = ", ".join(f"contact.{field}" for field in fields)
    source = f"{{{{ contact.v | {name}{':' if shown else ''} {shown} }}}}"
    assert "unknown filter" not in answer(filled, source, v=value, **fields)


plain = st.text(st.characters(codec="utf-8", exclude_characters="{}\r"), max_size=20)
fields = st.sampled_from(("a", "b", "first", "last", "size"))
simple_filters = st.one_of(
    st.just(""),
    st.integers(-2, 40).map(" | truncate: {}".format),
    st.sampled_from(("'there'", '"😀"', "''")).map(" | default: {}".format),
    st.sampled_from(
        (
            *("upcase", "downcase", "capitalize", "url_encode", "plus_days: 1", "strip"),
            *("append: '!'", "prepend: ' '", "append: contact.a", "default: 5", "truncate: 9, '…'"),
        )
    ).map(" | {}".format),
)
outputs = st.builds(
    "{{{{ {}{}{}{} }}}}".format,
    st.sampled_from(("contact.", "nobody.")),
    fields,
    simple_filters,
    simple_filters,
) | st.sampled_from(("{{ contact }}", "{{- contact.a -}}", "{{ now }}", "{{ contact[contact.b] }}"))
tags = st.sampled_from(("{% assign x = contact.a %}{{ x }}", "{% echo contact.b %}{{ x }}"))
values = (
    st.text(max_size=10)
    | st.sampled_from(("2026-12-24", "2026-12-24 09:30", "one\r\ntwo\rthree"))
    | st.tuples(st.sampled_from("ßİΐ😀"), st.integers(0, VALUE_LIMIT)).map(lambda v: v[0] * v[1])
)


@given(st.lists(plain | outputs | tags, max_size=6).map("".join), st.dictionaries(fields, values))
def test_no_values_make_a_text_longer_or_shorter_than_its_length_says(source, fields):
    said = liquid.length(source)
    text = liquid.render(source, {"contact": fields})
    assert said.least <= len(text)
    assert said.most is None or len(text) <= said.most


@given(st.lists(plain | outputs | tags, max_size=6).map("".join), st.dictionaries(fields, values))
def test_what_is_put_together_quickly_is_what_liquid_makes_of_it(source, fields):
    values = {"contact": fields}
    by_liquid = liquid.render(source + "{% assign last = 1 %}", values)
    assert liquid.render(source, values) == by_liquid


@pytest.mark.parametrize(
    ("source", "length"),
    [
        ("", Length(0, 0)),
        ("😀👟", Length(2, 2)),
        ("Hi {{ contact.a }}!", Length(4, 1_004)),
        ("{{ contact.a }}{{ contact.b }}", Length(0, 2_000)),
        ("{{ contact.a | truncate: 10 }}", Length(0, 10)),
        ("{{ contact.a | date: '%B' | truncate: 10 }}", Length(0, 10)),
        ("{{ contact.a | truncate: 10 | date: '%d %B' }}", Length(0, 75)),
        ("{{ contact.a | truncate: 10 | truncate: 20 }}", Length(0, 10)),
        ("{{ contact.a | truncate: 3 }}", Length(0, 3)),
        ("{{ contact.a | truncate: 2 }}", Length(0, None)),
        ("{{ contact.a | truncate: true }}", Length(0, None)),
        ("{{ contact.a | truncate: 2000 }}", Length(0, 1_000)),
        ("{{ contact.a | default: 'you' }}", Length(0, 1_000)),
        ("{{ contact.a | truncate: 2 | default: 'you' }}", Length(0, None)),
        ("{{ contact.a | truncate: 4 | default: 'there' }}", Length(0, 5)),
        ("{{ contact.a | default: '" + "x" * 1_200 + "' }}", Length(0, 1_200)),
        ("{{ contact.a | append: 'x' }}", Length(0, None)),
        ("{{ contact.a | append: 'x' | truncate: 10 }}", Length(0, 10)),
        ("{{ contact.a | upcase | truncate: 10 }}", Length(0, 10)),
        ("{{ contact.a | plus_days: -1 }}", Length(0, 1_000)),
        ("{{ contact.a | truncate: 10 | url_encode }}", Length(0, 120)),
        ("{{ 'x' }}", Length(0, None)),
        ("Hi{% if contact.a %} you{% endif %}", Length(2, None)),
        ("x" * 30_000, Length(30_000, 30_000)),
        ("{{ 1 }}".ljust(SOURCE_LIMIT), Length(SOURCE_LIMIT - 7, None)),
    ],
)
def test_what_is_said_of_the_length(source, length):
    assert liquid.length(source) == length


@pytest.mark.parametrize(
    ("source", "fields", "others"),
    [
        ("Hi", set(), set()),
        ("{{ contact.a }}{{ contact['b'] | append: contact.c }}", {"a", "b", "c"}, set()),
        ("{% if contact.a == contact.b %}{% endif %}", {"a", "b"}, set()),
        ("{{ name }}{{ user.name }}", set(), {"name", "user"}),
        ("{{ contact }}", set(), set()),
        ("{{ now }}{{ today | date: page.a }}", set(), set()),
        ("{{ contact[contact.a] }}", {"a"}, set()),
        ("{{ [contact.a] }}", {"a"}, set()),
        ("{% assign x = contact.a %}{{ x }}", {"a"}, set()),
        ("{% for i in (1..3) %}{{ i }}{{ forloop.index }}{% endfor %}", set(), set()),
    ],
)
def test_which_names_a_text_mentions(source, fields, others):
    assert liquid.contact_fields(source) == fields
    assert liquid.other_names(source) == others


def test_which_values_of_the_page_a_text_mentions():
    assert liquid.page_fields("{{ page.a }}{{ contact.b | plus: page.c }}") == {"a", "c"}


def test_a_text_is_parsed_once():
    assert liquid.parse("{{ contact.once }}") is liquid.parse("{{ contact.once }}")


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("", "Thursday, 24. December"),
        ("en", "Thursday, 24. December"),
        ("de_AT", "Donnerstag, 24. Dezember"),
        ("pt-BR", "quinta-feira, 24. dezembro"),
        ("ja", "木曜日, 24. 12月"),
        ("nobody speaks it", "Thursday, 24. December"),
    ],
)
def test_months_and_days_are_named_in_the_language(language, says):
    values = {"contact": {"day": "2026-12-24"}}
    text = "{{ contact.day | date: '%A, %d. %B' }}"
    assert liquid.render(text, values, language) == says
    assert len(says) <= liquid.length(text.replace("day |", "day | truncate: 10 |")).most


def test_no_name_is_longer_than_the_checks_think():
    names = (
        name
        for language in locale_identifiers()
        for kind in (Locale.parse(language).months, Locale.parse(language).days)
        for width in ("wide", "abbreviated")
        for name in kind["format"][width].values()
    )
    assert max(map(len, names)) <= len("%B") * moment.LONGEST_PART
