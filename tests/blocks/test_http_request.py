import json
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otn_studio.blocks import asking, json_path, secret
from otn_studio.blocks.actions.http_request import HttpRequest, KeptValue
from otn_studio.blocks.asking import Header, SentValue
from otn_studio.blocks.event import Fetched
from otn_studio.blocks.field import Field, FieldType
from otn_studio.blocks.turn import Contact, SetField, Turn
from tests.builders import NOW, a_turn

URL = "https://shop.example/orders"
SECRET = {"shop_key": 'k"&é'}
trees = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("ab", max_size=2), inner),
    max_leaves=20,
)


def asked(sends: str, value: str, **fields: str):
    values = [SentValue(name="a", value=value)]
    block = HttpRequest(url=URL, method="POST", sends=sends, values=values, body=value)
    return block.step(a_turn(**fields)).then.request


def told(body: str, *kept: KeptValue, type: FieldType = FieldType.TEXT):
    turn = Turn(NOW, Contact("ann"), fields={"size": Field("Size", type)})
    return HttpRequest(url=URL, answer=kept).told(turn, Fetched(NOW, 1, status=200, body=body))


@given(st.text())
def test_what_a_person_wrote_asks_for_no_secret(text):
    name = "shop_key"
    forged = text + secret.Marks()[name] + text + "{{ secret.shop_key }}"
    request = asked("text", "{{ contact.size }}", size=forged)
    assert secret.marked(request.body) == frozenset()


def test_a_secret_is_asked_for_by_its_name_and_filled_in_as_its_place_wants_it():
    form, as_json = asked("form", "{{ secret.shop_key }}"), asked("json", "{{ secret.shop_key }}")
    assert secret.marked(form.body) == secret.marked(as_json.body) == {"shop_key"}
    assert asking.filled_in(form.body, asking.FORM, SECRET) == "a=k%22%26%C3%A9"
    assert json.loads(asking.filled_in(as_json.body, asking.JSON, SECRET)) == {"a": 'k"&é'}


def test_a_secret_stays_out_of_a_text_that_may_not_ask_for_one():
    assert a_turn().render("{{ secret.shop_key }}!", 100) == "!"


@given(st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=50))
def test_what_a_person_wrote_stays_one_value(text):
    clean = secret.without_marks(text)
    assert json.loads(asked("json", "{{ contact.size }}", size=text).body) == {"a": clean}
    assert json.loads(asked("text", "[{{ contact.size | json }}]", size=text).body) == [clean]
    assert asked("form", "{{ contact.size }}", size=text).body.count("&") == 0


def test_a_header_is_one_line():
    block = HttpRequest(url=URL, headers=[Header(name="X", value="{{ contact.size }}")])
    request = block.step(a_turn(size="1\r\nHost: evil.example")).then.request
    assert request.headers == (("X", "1 Host: evil.example"),)


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        ('"42"', "42"),
        ("42", "42"),
        ("1.50", "1.5"),
        ("true", "yes"),
        ("false", "no"),
        ('["a", 1]', '["a", 1]'),
        ('{"a": "é"}', '{"a": "é"}'),
    ],
)
def test_values_of_all_kinds_are_kept(value, kept):
    step = told(f'{{"a": {value}}}', KeptValue(path="$.a", field="size"))
    assert step.effects == (SetField("size", kept),)


def test_a_value_that_does_not_fit_its_field_leaves_it_and_says_so():
    step = told('{"a": "soon"}', KeptValue(path="$.a", field="size"), type=FieldType.DATE)
    assert step.effects == ()
    assert "“soon” is not a date" in str(step.notes[-1])


def test_a_long_value_is_cut():
    (change,) = told(f'["{"x" * 5_000}"]', KeptValue(path="$[0]", field="size")).effects
    assert len(change.value) == 1_000


@given(trees, st.sampled_from(("$", "$.a", "$[0]", "$[*]", "$[*].a", "$[0:2][*]", "$['b'].a[-1]")))
def test_a_path_finds_a_text_or_nothing_in_any_document(tree, path):
    found = json_path.found(tree, path)
    assert found is None or isinstance(found, str)
    if path == "$":
        assert (found is None) == (tree is None)


@pytest.mark.parametrize(
    "bomb",
    [
        "[" * 500_000 + "]" * 500_000,
        '{"a":' * 100_000 + "1" + "}" * 100_000,
        "[" + "9" * 900_000 + "]",
        "[" + ",".join(["[[[[0,0]]]]"] * 60_000) + "]",
    ],
    ids=["deep lists", "deep objects", "a long number", "many lists"],
)
def test_no_answer_takes_long_to_look_through(bomb):
    begun = process_time()
    told(bomb, KeptValue(path="$" + "[*]" * 60, field="size"))
    assert process_time() - begun < 5


@pytest.mark.parametrize("path", ["$..a", "$[*,*]", "$[?@.a]", "$" + "[*]" * 100, "a b", "$.a["])
def test_a_path_that_could_take_long_or_is_none_is_refused(path):
    with pytest.raises(json_path.BrokenPath):
        json_path.read(path)
    assert json_path.found({"a": 1}, path) is None


def test_it_waits_for_no_longer_than_people_do():
    assert HttpRequest(url=URL, time_limit=90).step(a_turn()).then.request.time_limit.seconds == 20
    assert HttpRequest(url=URL).effect().longest.seconds == 10
