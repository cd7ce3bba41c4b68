from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from otn_studio.blocks.words import Problem
from otn_studio.cli.settings import PREFIX, settings
from otn_studio.policy.profiles import PROFILES, RequestBudget, Rules
from otn_studio.runtime.conversing.stop_words import STOP_WORDS


def given(monkeypatch, **values: str) -> None:
    for name, value in values.items():
        monkeypatch.setenv(PREFIX + name, value)


def test_the_rules_of_the_page(monkeypatch):
    assert settings().rules == Rules()
    given(monkeypatch, PROFILE="retired-2026", TIME_ZONE="Europe/Berlin", COUNTRY="de")
    given(monkeypatch, REQUEST_BUDGETS="3 in 7 days, 5 in 30 days")
    budgets = RequestBudget(3, timedelta(days=7)), RequestBudget(5, timedelta(days=30))
    berlin = ZoneInfo("Europe/Berlin")
    assert settings().rules == Rules(PROFILES["retired-2026"], berlin, "DE", budgets)


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("COUNTRY", "Germany", "COUNTRY can’t be used"),
        ("REQUEST_BUDGETS", "often", "an example is: 3 in 7 days"),
        ("REQUEST_BUDGETS", "3 in some days", "an example is: 3 in 7 days"),
        ("LANGUAGE", "German", "should match pattern"),
        ("KEEP_EVENTS", "for ever", "not a length of time such as “3 days”"),
        ("KEEP_EVENTS", "29 days", "greater than or equal to 30 days"),
    ],
)
def test_rules_that_can_not_be(monkeypatch, name, value, sentence):
    given(monkeypatch, **{name: value})
    with pytest.raises(Problem, match=sentence):
        settings()


def test_stop_words_may_be_others_but_never_none(monkeypatch):
    assert settings().page.stop_words == STOP_WORDS
    given(monkeypatch, STOP_WORDS="Genug!, Ruhe")
    assert settings().page.stop_words == {"genug", "ruhe"}
    given(monkeypatch, STOP_WORDS=" , ")
    assert settings().page.stop_words == STOP_WORDS


def test_the_page_may_have_a_language(monkeypatch):
    assert settings().page.language == ""
    given(monkeypatch, LANGUAGE="pt_BR")
    assert settings().page.language == "pt_BR"


def test_how_long_timelines_reach_back(monkeypatch):
    assert settings().keep_events == timedelta(days=400)
    given(monkeypatch, KEEP_EVENTS="104 weeks")
    assert settings().keep_events == timedelta(weeks=104)
