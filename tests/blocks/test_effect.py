"""What a block declares for the proof covers all that its step can do."""

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from otn_studio.blocks.actions.set_field import SetField as SetFieldBlock
from otn_studio.blocks.actions.tag import Tag
from otn_studio.blocks.actions.untag import Untag
from otn_studio.blocks.block import Start
from otn_studio.blocks.comparing import Operator
from otn_studio.blocks.effect import (
    Calls,
    Ends,
    Fact,
    Fetches,
    Hears,
    Passes,
    Person,
    Sends,
    Waits,
    WaitsItsTurn,
    field_subject,
)
from otn_studio.blocks.field import Field, FieldType
from otn_studio.blocks.logic.condition import Condition, FieldTest, TagTest
from otn_studio.blocks.lookup import Lookup
from otn_studio.blocks.outgoing import OptInCard, RecurringCard
from otn_studio.blocks.turn import (
    Call,
    Contact,
    End,
    Fetch,
    Go,
    Listen,
    Send,
    SetField,
    Sleep,
    Turn,
)
from otn_studio.interpreter.changing import changed
from tests import strategies
from tests.builders import NOW

values = st.text("0123 abcX", max_size=5) | st.sampled_from(
    ("1", "1.0", "01", "yes", "TRUE", "2026-12-24", "24.12.2026", "2026-12-24 00:00", "09:30")
)
types = st.fixed_dictionaries(
    {key: st.builds(Field, st.just("It"), st.sampled_from(FieldType)) for key in strategies.FIELDS}
)
contacts = st.builds(
    Contact,
    st.just("ann"),
    st.dictionaries(st.sampled_from(strategies.FIELDS), values),
    st.frozensets(values, max_size=2),
)


@given(strategies.blocks, contacts)
def test_what_a_step_does_was_declared(block, contact):
    step, effect = block.step(Turn(NOW, contact)), block.effect()
    if isinstance(effect, WaitsItsTurn):
        assert step.then == Go(effect.port)
        return
    match step.then:
        case Go(port):
            assert isinstance(effect, Passes | Waits)
            assert port in (effect.ports if isinstance(effect, Passes) else (effect.at_once,))
        case Sleep(until, port):
            assert isinstance(effect, Waits)
            assert effect.port == port
            assert effect.shortest <= until - NOW <= effect.longest
        case Call(flow, port):
            assert effect == Calls(flow, port)
        case End(result):
            assert effect == Ends(result)
        case Listen(until, no_answer):
            assert isinstance(effect, Hears)
            assert (until - NOW, no_answer) == (effect.longest, effect.no_answer)
        case Fetch():
            assert isinstance(effect, Fetches)
        case Send():
            assert isinstance(effect, Sends)
            _declared(step.then, effect)


def _declared(send: Send, effect: Sends) -> None:
    assert (send.topic, send.next) == (effect.topic, effect.next)
    assert send.asks == (effect.hears is not None)
    assert (send.too_late, send.could_not_send) == (effect.too_late, effect.could_not_send)
    texts = [getattr(m, "text", getattr(m, "title", None)) for m in send.messages]
    assert all(len(text or "") <= effect.longest for text in texts)
    if not send.messages or any(text is not None and text == "" for text in texts):
        assert effect.may_be_empty
    cards = [m for m in send.messages if isinstance(m, OptInCard | RecurringCard)]
    assert len(cards) == len(effect.asks)
    for card, asked in zip(cards, effect.asks, strict=True):
        assert (card.topic, card.port) == (asked.topic, asked.port)
        assert asked.recurring == isinstance(card, RecurringCard)
        assert asked.title in ("", card.title)


@given(strategies.blocks)
def test_a_start_answers_its_own_example(block):
    if isinstance(block, Start) and block.begins() is not None and _can_begin(block):
        assert block.answers(block.example(NOW))


def _can_begin(block: Start) -> bool:
    """Whether what it waits for is filled in."""
    return all(value for _, option, value in block.filled_in() if option.required) and bool(
        block.claims() or not block.options() or "topic" in block.options()
    )


@pytest.mark.parametrize("operator", Operator)
@pytest.mark.parametrize("wanted", ["1", "blue", "3.5", "2026-12-24", "2026-12-24 09:30"])
@pytest.mark.parametrize("type", ["text", "number", "date", "date_time"])
def test_a_comparison_names_somebody_for_whom_it_holds_and_somebody_else(operator, wanted, type):
    test = FieldTest(field="size", operator=operator, value=wanted, example=wanted)
    typed = Lookup(fields={"size": Field("Size", FieldType(type))})
    if list(test.findings(typed, "")):
        return
    for person, holds in zip(test.examples(), (True, False), strict=True):
        turn = replace(at_now(like(person)), fields=typed.fields)
        assert test.holds(turn) is holds


@pytest.mark.parametrize(
    ("pattern", "example", "is_known"),
    [
        ("^[0-9]{5}$", "10969", True),
        ("^[0-9]{5}$", "", False),
        ("^[0-9]{5}$", "1", False),
        ("help", "", True),
        (".*", "yes", False),
    ],
)
def test_who_fits_a_pattern_hangs_on_what_nobody_knows_unless_there_is_an_example(
    pattern, example, is_known
):
    test = FieldTest(field="size", operator="has_pattern", value=pattern, example=example)
    assert test.is_momentary() is not is_known
    found = [test.holds(at_now(like(person))) for person in test.examples()]
    assert found == ([True, False] if is_known else [])


def test_no_two_fields_that_may_be_read_in_several_countries_are_taken_for_the_same():
    assert FieldTest(field="size", operator="has_phone").fact() is None
    email = FieldTest(field="size", operator="has_email", value="what was here before")
    assert email.fact() == FieldTest(field="size", operator="has_email").fact() != None  # noqa: E711


@pytest.mark.parametrize("has", [True, False])
def test_a_tag_test_names_somebody_for_whom_it_holds_and_somebody_else(has):
    test = TagTest(tag="vip", has=has)
    assert [test.holds(at_now(like(person))) for person in test.examples()] == [True, False]


def test_a_condition_names_people_who_go_either_way():
    tests = [FieldTest(field="size", value="42"), TagTest(tag="vip")]
    effect = Condition(tests=tests).effect()
    ways = {Condition(tests=tests[:1]).step(Turn(NOW, like(p))).then for p in effect.people}
    assert ways == {Go("yes"), Go("no")}


@given(strategies.blocks, contacts)
def test_fields_change_only_where_that_is_declared_by_a_step(block, contact):
    changed = [e.field for e in block.step(Turn(NOW, contact)).effects if isinstance(e, SetField)]
    effect = block.effect()
    sets = {effect.sets} if isinstance(effect, Passes) else set()
    assert {field_subject(field) for field in changed} <= sets


tests_of_people = st.one_of(
    st.builds(
        FieldTest,
        field=st.sampled_from(strategies.FIELDS),
        operator=st.sampled_from(Operator),
        value=values,
    ),
    st.builds(TagTest, tag=values, has=st.booleans()),
)
conditions = st.builds(
    Condition,
    match=st.sampled_from(["all", "any"]),
    tests=st.lists(tests_of_people, max_size=2).map(tuple),
)


@given(conditions, conditions, contacts, types)
def test_what_is_declared_of_somebody_who_goes_two_ways_is_true_of_one_person(
    one, other, contact, types
):
    turn = replace(at_now(contact), fields=types)
    facts = [fact for condition in (one, other) for fact in _declared_of(condition, turn)]
    assert not any(fact.excludes(another) for fact in facts for another in facts)


def _declared_of(condition: Condition, turn: Turn) -> tuple[Fact, ...]:
    went = condition.step(turn).then
    assert isinstance(went, Go)
    return condition.effect().facts[went.port]


fields_set = st.builds(
    SetFieldBlock,
    field=st.sampled_from(strategies.FIELDS),
    value=st.one_of(values, st.just("{{ contact.size }}")),
)


tags_set = st.builds(Tag, tag=values) | st.builds(Untag, tag=values)


@given(fields_set | tags_set, conditions, contacts, types)
def test_what_is_declared_of_what_was_set_is_true(block, condition, contact, types):
    assume(not list(block.findings(Lookup(fields=types))))
    for effect in block.step(replace(at_now(contact), fields=types)).effects:
        contact = changed(contact, effect)
    turn, told = replace(at_now(contact), fields=types), block.effect().sets_to
    assert not any(told and told.excludes(fact) for fact in _declared_of(condition, turn))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (FieldTest(field="size", value="42"), FieldTest(field="size", value="41")),
        (
            FieldTest(field="size", value="Blue"),
            FieldTest(field="size", operator="is_not", value="blue"),
        ),
        (FieldTest(field="size", value="42"), FieldTest(field="size", operator="is_not_set")),
        (TagTest(tag="vip"), TagTest(tag="VIP", has=False)),
    ],
)
def test_what_can_not_be_true_of_one_person_is_known(one, other):
    assert one.fact().excludes(other.fact())
    assert not one.fact().excludes(one.fact())


def at_now(contact: Contact) -> Turn:
    return Turn(NOW, contact)


def like(person: Person) -> Contact:
    fields = {key: value for key, value in person.fields.items() if value is not None}
    return Contact("ann", fields, frozenset(tag for tag, worn in person.tags.items() if worn))
