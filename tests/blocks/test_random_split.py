from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otn_studio.blocks.logic.random_split import RandomSplit, Way
from otn_studio.blocks.lookup import Lookup

PEOPLE = [str(number) for number in range(4_000)]


def split(**weights: int) -> RandomSplit:
    return RandomSplit(ways=[Way(id=id, weight=weight) for id, weight in weights.items()])


@pytest.mark.parametrize(
    "weights", [{"a": 50, "b": 50}, {"a": 3, "b": 1}, {"a": 1, "b": 2, "c": 7}]
)
def test_each_way_gets_its_share(weights):
    gone = Counter(map(split(**weights).way_of, PEOPLE))
    for id, weight in weights.items():
        assert gone[id] / len(PEOPLE) == pytest.approx(weight / sum(weights.values()), abs=0.03)


def test_two_splits_draw_apart():
    both = Counter((split(a=1, b=1).way_of(p), split(c=1, d=1).way_of(p)) for p in PEOPLE)
    assert all(count / len(PEOPLE) == pytest.approx(0.25, abs=0.03) for count in both.values())
    assert len(both) == 4


@given(st.text(), st.dictionaries(st.sampled_from("abcde"), st.integers(1, 1_000), min_size=2))
def test_a_way_that_is_added_takes_people_away_and_moves_nobody_else(person, weights):
    went = split(**weights).way_of(person)
    assert split(**weights, new=500).way_of(person) in (went, "new")


@given(st.text(), st.dictionaries(st.sampled_from("abcde"), st.integers(0, 1_000), min_size=1))
def test_it_does_not_matter_in_which_order_the_ways_stand(person, weights):
    there, back = split(**weights), split(**dict(reversed(weights.items())))
    if any(weights.values()):
        assert there.way_of(person) == back.way_of(person)
        assert weights[there.way_of(person)] > 0


@given(st.dictionaries(st.sampled_from("abcde"), st.integers(0, 1_000)))
def test_its_examples_go_all_the_ways_that_have_a_share(weights):
    block = split(**weights)
    gone = {block.way_of(person.id) for person in block.effect().people}
    assert gone == {id for id, weight in weights.items() if weight} or sum(weights.values()) > 100


@pytest.mark.parametrize(
    ("ways", "codes"),
    [
        ([Way(id="a", weight=0), Way(id="b", weight=0)], ["no_shares"]),
        ([Way(id="a"), Way(id="a")], ["double_id"]),
        ([Way(id="a"), Way(id="b", weight=0)], []),
    ],
)
def test_ways_that_nobody_can_go_are_found(ways, codes):
    assert [f.code for f in RandomSplit(ways=ways).findings(Lookup())] == codes


def test_a_new_one_has_two_ways_that_no_other_one_has():
    one, other = RandomSplit(), RandomSplit()
    assert len({way.id for way in (*one.ways, *other.ways)}) == 4
