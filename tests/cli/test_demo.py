import json

from otn_studio.flow.reading import load
from otn_studio.flow.writing import written
from tests.cli.conftest import SAMPLE


def test_the_main_job_from_start_to_end(otn):
    code, said, complained = otn("demo")
    assert (code, complained) == (0, "")
    told = [line[7:] if line[:2].isdigit() else line.strip() for line in said.splitlines()]
    story = [
        "Kicks & Co publishes “Back in stock” as version 1.",
        "Ann:        restock",
        "Ann:        taps “41”",
        "└ [ Notify Me ]",
        "Ann:        taps “Notify Me”",
        "Kicks & Co: Done! One message, the moment it is back. Nothing else.",
        "(the engine keeps 1 permission for “Blue sneakers”)",
        "(3 days pass; Ann’s 24 hours have been over for 48 hours)",
        "Kicks & Co announces “Blue sneakers”.",
        "(by the permission that was given)",
        "Kicks & Co announces “Blue sneakers”.",
        "(Nobody holds a permission for “Blue sneakers”: 1 was given, and it has been used."
        " Nothing was sent.)",
        "One yes, one message. The permission is used, and nothing more can be sent with it.",
    ]
    rest = iter(told)
    for line in story:
        assert line in rest, f"{line!r} is missing, or out of place, in:\n{said}"


def test_a_flow_of_ones_own_that_is_announced_by_a_text(otn, tmp_path):
    data = written(load(SAMPLE))
    for block in ("announced", "back", "kept", "wait", "remind"):
        del data["blocks"][block]
        del data["layout"][block]
        data["connections"].pop(block, None)
    path = tmp_path / "own.json"
    path.write_text(json.dumps(data))
    code, said, _ = otn("demo", "--flow", path)
    assert code == 0
    assert "It is back! You asked us to tell you." in said


def test_a_flow_that_never_asks_is_told_so(otn, tmp_path):
    data = written(load(SAMPLE))
    del data["connections"]["start"]
    path = tmp_path / "silent.json"
    path.write_text(json.dumps(data))
    code, _, complained = otn("demo", "--flow", path)
    assert code == 2
    assert complained == "“Back in stock” does not answer Ann.\n"
