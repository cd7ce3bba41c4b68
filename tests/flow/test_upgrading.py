import pytest

from otn_studio.flow.upgrading import STEPS, upgraded
from otn_studio.flow.writing import VERSION

CALLED = {
    1: lambda data: {**data, "steps": [*data.get("steps", []), "one"]},
    2: lambda data: {**data, "steps": [*data.get("steps", []), "two"]},
}


@pytest.mark.parametrize(
    ("version", "called"), [(1, ["one", "two"]), (2, ["two"]), (3, None), (4, None)]
)
def test_the_steps_from_a_files_version_on_are_taken_in_order(version, called):
    data = upgraded({"version": version}, CALLED)
    assert data.get("steps") == called
    assert data["version"] == max(3, version)


def test_a_step_can_not_forget_to_raise_the_version():
    assert upgraded({"version": 1}, {1: lambda data: data})["version"] == 2


def test_the_old_values_are_not_touched():
    data = {"version": 1}
    upgraded(data, CALLED)
    assert data == {"version": 1}


def test_there_is_a_step_from_every_version_to_the_newest():
    assert STEPS.keys() == set(range(1, VERSION))
