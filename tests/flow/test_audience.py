import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otn_studio.blocks.words import Problem
from otn_studio.flow.audience import DAYS, HOWS, About, Audience, How, Rule


@st.composite
def rules(draw):
    about = draw(st.sampled_from(About))
    how = draw(st.sampled_from(HOWS[about]))
    value = str(draw(st.integers(1, 36_500))) if how in DAYS else draw(st.text(max_size=9))
    return Rule(about, how, draw(st.text(max_size=9)), value)


audiences = st.builds(Audience, st.lists(rules(), max_size=4).map(tuple), st.booleans(), st.text())


@given(audiences)
def test_an_audience_comes_back_as_it_was_kept(audience):
    assert Audience.read(json.loads(json.dumps(audience.plain()))) == audience


@pytest.mark.parametrize(
    ("about", "how", "value"),
    [
        (About.TAG, How.MORE, "1"),
        (About.WINDOW, How.WITHIN, "1"),
        (About.SEEN, How.WITHIN, "0"),
        (About.SEEN, How.WITHIN, "soon"),
        (About.ANSWERED, How.BEFORE, "99999"),
    ],
)
def test_a_rule_that_asks_for_nothing_is_refused(about, how, value):
    with pytest.raises(Problem, match="can’t be used"):
        Rule(about, how, "", value)


@pytest.mark.parametrize(
    "plain",
    [
        {},
        {
            "rules": [{"about": "aura", "how": "is", "key": "", "value": ""}],
            "all": True,
            "words": "",
        },
    ],
)
def test_what_a_newer_program_kept_is_refused_with_a_sentence(plain):
    with pytest.raises(Problem, match="not known here"):
        Audience.read(plain)
