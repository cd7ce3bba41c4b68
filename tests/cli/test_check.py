import json

import pytest

from otn_studio.flow.reading import load
from otn_studio.flow.writing import to_text, written
from tests.cli.conftest import SAMPLE


@pytest.fixture
def broken(tmp_path):
    """The sample with an opt-in message that is too long, and nothing that leads on from the tap."""
    data = written(load(SAMPLE))
    data["blocks"]["ask"]["elements"][1]["title"] = "x" * 66
    del data["connections"]["ask"]
    del data["connections"]["thanks"]
    for block in ("thanks", "late"):
        del data["blocks"][block]
        del data["layout"][block]
    path = tmp_path / "broken.json"
    path.write_text(json.dumps(data))
    return path


def test_the_sample_has_no_problems(otn):
    code, said, complained = otn("check", SAMPLE)
    assert (code, complained) == (0, "")
    assert said.endswith("No problems found.\n")


def test_errors_are_told_by_block_and_end_with_1(otn, broken):
    code, said, _ = otn("check", broken)
    assert code == 1
    assert (
        "  Error: Ask to notify: “Opt-in message” has 66 characters; Messenger takes 65."
        " Shorten it by 1.\n"
    ) in said
    assert "  Warning: Ask to notify: “Notify Me tapped” leads nowhere." in said
    assert said.endswith("1 error, 1 warning.\n")


def test_warnings_alone_end_with_0(otn, broken):
    data = json.loads(broken.read_text())
    data["blocks"]["ask"]["elements"][1]["title"] = "fine"
    broken.write_text(json.dumps(data))
    assert otn("check", broken)[0] == 0


def test_json_says_the_same_to_programs(otn, broken):
    code, said, _ = otn("check", broken, "--format", "json")
    first, second = json.loads(said)
    assert code == 1
    assert (first["severity"], first["code"]) == ("error", "too_long")
    assert (first["block"], first["field"]) == ("ask", "elements.1.title")
    assert (second["severity"], second["code"]) == ("warning", "open_way")
    assert first["file"] == str(broken)


def test_a_file_that_is_no_flow_ends_with_2_and_one_sentence(otn, tmp_path):
    path = tmp_path / "no.json"
    path.write_text('{"format": ')
    code, said, complained = otn("check", path)
    assert (code, said) == (2, "")
    assert complained.startswith(f"{path}: The file is damaged, or of another kind: it can’t")
    assert complained.count("\n") == 1


def test_a_missing_file_ends_with_2(otn, tmp_path):
    code, _, complained = otn("check", tmp_path / "none.json")
    assert code == 2
    assert complained.endswith("The file can’t be opened: No such file or directory.\n")


def test_two_files_with_the_same_flow_are_refused(otn, tmp_path):
    copy = tmp_path / "copy.json"
    copy.write_text(to_text(load(SAMPLE)))
    code, _, complained = otn("check", SAMPLE, copy)
    assert code == 2
    assert "hold the same flow" in complained


def test_flows_are_checked_together(otn, tmp_path):
    data = written(load(SAMPLE)) | {"id": "another", "name": "Another"}
    other = tmp_path / "other.json"
    other.write_text(json.dumps(data))
    code, said, _ = otn("check", SAMPLE, other)
    assert code == 0
    assert "“restock” starts the flow “Another” too. Only one of them will run." in said
