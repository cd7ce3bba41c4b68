import pytest

from otn_studio.emulator.errors import Problem
from otn_studio.emulator.faults import Faults, SendFault


def _faults(**plan: float) -> Faults:
    faults = Faults()
    faults.change(plan)
    return faults


def _calls(faults: Faults, count: int = 200) -> list[SendFault | None]:
    return [faults.next_for_call() for _ in range(count)]


MIXED = {"rate_limit": 0.1, "server_error": 0.2, "drop_before": 0.1, "drop_after": 0.2}


def test_nothing_goes_wrong_unless_it_is_asked_for():
    faults = Faults()
    assert set(_calls(faults)) == {None}
    assert all(faults.echoes() and faults.confirms_delivery() for _ in range(200))
    assert {faults.repeats() for _ in range(200)} == {()}
    assert not faults.dealt


def test_the_same_seed_deals_the_same_faults():
    first, second = _faults(seed=7, **MIXED), _faults(seed=7, **MIXED)
    assert _calls(first) == _calls(second)
    assert _calls(_faults(seed=7, **MIXED)) != _calls(_faults(seed=8, **MIXED))


def test_giving_the_seed_again_starts_anew_and_nothing_else_does():
    faults = _faults(seed=7, **MIXED)
    first = _calls(faults)
    assert _calls(faults) != first
    faults.change({"seed": 7})
    assert _calls(faults, 100) == first[:100]
    faults.change({"hang_seconds": 1})
    assert _calls(faults, 100) == first[100:]


def test_webhooks_do_not_shift_the_faults_of_calls():
    quiet, busy = _faults(seed=7, **MIXED), _faults(seed=7, repeat=0.5, echo=0.5, **MIXED)
    dealt = []
    for _ in range(200):
        busy.repeats(), busy.echoes(), busy.confirms_delivery()
        dealt.append(busy.next_for_call())
    assert dealt == _calls(quiet)


def test_repeats_do_not_depend_on_other_figures_of_the_plan():
    sparse, dense = _faults(seed=7, repeat=0.2), _faults(seed=7, repeat=1)
    rare = [sparse.repeats() for _ in range(200)]
    often = [dense.repeats() for _ in range(200)]
    assert 0 < sum(map(bool, rare)) < 100
    assert all(few in ((), many) for few, many in zip(rare, often, strict=True))


def test_every_fault_befalls_about_as_many_calls_as_asked():
    faults = _faults(seed=7, **MIXED)
    _calls(faults, 2000)
    for name, probability in MIXED.items():
        assert faults.dealt[name] / 2000 == pytest.approx(probability, abs=0.03)


@pytest.mark.parametrize("fault", SendFault)
def test_a_certain_fault_befalls_every_call(fault):
    assert set(_calls(_faults(**{fault: 1}))) == {fault}


def test_repeats_come_once_or_twice_more_and_later():
    faults = _faults(seed=7, repeat=1)
    repeats = [faults.repeats() for _ in range(100)]
    assert {len(delays) for delays in repeats} == {1, 2}
    assert all(0 < delay <= 0.5 for delays in repeats for delay in delays)
    assert faults.dealt["repeat"] == 100


def test_echoes_can_be_kept_back():
    faults = _faults(echo=0, delivery=0.5)
    assert not any(faults.echoes() for _ in range(100))
    assert {faults.confirms_delivery() for _ in range(100)} == {True, False}


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"rate_limt": 0.1}, "no fault named rate_limt"),
        ({"repeat": 1.01}, "repeat must be a number from 0 to 1"),
        ({"echo": -0.1}, "echo must be a number from 0 to 1"),
        ({"echo": True}, "echo must be a number"),
        ({"echo": "often"}, "echo must be a number"),
        ({"echo": float("nan")}, "echo must be a number"),
        ({"hang_seconds": 601}, "hang_seconds must be a number from 0 to 600"),
        ({"seed": 1.5}, "seed must be a whole number"),
        ({"seed": None}, "seed must be a whole number"),
        ({"drop_before": 0.6, "drop_after": 0.6}, "add up to more than 1"),
    ],
)
def test_a_plan_that_makes_no_sense_is_refused_whole(changes, problem):
    faults = _faults(repeat=0.25)
    with pytest.raises(Problem, match=problem):
        faults.change({"rate_limit": 0.1} | changes)
    assert faults.shown() == _faults(repeat=0.25).shown()


def test_probabilities_that_add_up_to_one_in_theory_only():
    figures = {"rate_limit": 0.4, "server_error": 0.3, "drop_before": 0.2, "drop_after": 0.1}
    figures["rate_limit"] += 1e-12
    assert sum(figures.values()) > 1
    assert set(_calls(_faults(**figures))) == set(SendFault) - {SendFault.REFUSE}
