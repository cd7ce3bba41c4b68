"""``otn-studio import``: what becomes of another program's project, and its flows."""

import json
import re

import pytest

from otn_studio import shipped
from otn_studio.cli.main import main
from otn_studio.flow.reading import load
from tests.exchange.rapidpro.containers import a_flow, a_node, container, says

LABELS = {"type": "add_input_labels", "uuid": "l", "labels": [{"name": "New"}]}


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "export.json"
    path.write_text(json.dumps(container(a_flow(a_node("a", says("Hi"), LABELS)))))
    return path


def test_the_flows_are_written_and_what_is_lost_is_said(file, tmp_path, capsys):
    assert main(["import", str(file), "--to", str(tmp_path / "flows")]) == 0
    (written,) = (tmp_path / "flows").glob("*.json")
    assert load(written).name == "Shop"
    said = capsys.readouterr().out
    assert "Lost: Action “add_input_labels”" in said
    assert "Messages have no labels here." in said
    assert "1 flow is written." in said


def test_what_is_there_is_not_written_over_unless_told(file, tmp_path, capsys):
    arguments = ["import", str(file), "--from", "rapidpro", "--to", str(tmp_path / "flows")]
    assert main(arguments) == 0
    assert main(arguments) == 0, "what is there as it comes needs no leave"
    assert re.search(r"\b0 created, [1-9]\d* matched, 0 changed", capsys.readouterr().out)
    file.write_text(file.read_text().replace("Shop", "Shop of shoes"))
    assert main(arguments) == 2
    assert "is there already" in capsys.readouterr().err
    assert main([*arguments, "--replace"]) == 0
    assert "takes the place of the one" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"{}", "file can’t be imported"),
        (b"{", "file can’t be imported"),
        (None, "can’t be opened"),
    ],
)
def test_what_can_not_be_imported_is_one_sentence(tmp_path, capsys, content, said):
    path = tmp_path / "x.json"
    if content is not None:
        path.write_bytes(content)
    assert main(["import", str(path), "--to", str(tmp_path / "flows")]) == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / "flows").exists()


def test_a_folder_that_can_not_be_made(file, capsys):
    assert main(["import", str(file), "--to", str(file / "flows")]) == 2
    assert "can’t be made" in capsys.readouterr().err


def test_a_flow_of_ours_joins_the_others(tmp_path, capsys):
    sample = shipped.path("flows/back-in-stock.json")
    arguments = ["import", str(sample), "--to", str(tmp_path / "flows")]
    assert main(arguments) == 0
    (written,) = (tmp_path / "flows").glob("*.json")
    assert load(written) == load(sample)
    assert " created, 0 matched, 0 changed, 0 lost." in capsys.readouterr().out
    assert main([*arguments, "--from", "otn-studio"]) == 0
    assert "0 created, " in capsys.readouterr().out
