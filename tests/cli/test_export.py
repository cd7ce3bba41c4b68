"""``otn-studio export``."""

import os
import subprocess
import sys
from io import BytesIO

import networkx as nx
import pytest

from otn_studio.flow.reading import load
from tests.cli.conftest import SAMPLE


@pytest.mark.parametrize("format", ["json", "mermaid", "graphml"])
def test_a_flow_in_each_format_that_draws_nothing(otn, tmp_path, format):
    file = tmp_path / "out"
    assert otn("export", SAMPLE, "--as", format, "--to", file)[0] == 0
    assert b"back" in file.read_bytes()


def test_pictures_need_no_screen(tmp_path):
    without = {name: value for name, value in os.environ.items() if name != "QT_QPA_PLATFORM"}
    without.pop("DISPLAY", None)
    for format, begins in ("png", b"\x89PNG"), ("pdf", b"%PDF"):
        command = [sys.executable, "-m", "otn_studio", "export", str(SAMPLE), "--as", format]
        subprocess.run(command, cwd=tmp_path, env=without, check=True, capture_output=True)
        assert (tmp_path / f"back-in-stock.{format}").read_bytes().startswith(begins)


def test_the_copy_is_the_flow(otn, tmp_path):
    otn("export", SAMPLE, "--as", "json", "--to", tmp_path / "copy.json")
    assert load(tmp_path / "copy.json") == load(SAMPLE)


def test_the_graph_has_every_block_and_connection(otn, tmp_path):
    otn("export", SAMPLE, "--as", "graphml", "--to", tmp_path / "flow.graphml")
    graph = nx.read_graphml(
        BytesIO((tmp_path / "flow.graphml").read_bytes()), force_multigraph=True
    )
    flow = load(SAMPLE)
    assert set(graph.nodes) == set(flow.blocks)
    found = {(start, data["port"], end) for start, end, data in graph.edges(data=True)}
    assert found == {(c.block, c.port, c.to) for c in flow.all_connections()}


def test_nothing_is_written_over_unless_that_is_wanted(otn, tmp_path):
    file = tmp_path / "flow.mmd"
    file.write_text("mine")
    code, _said, complained = otn("export", SAMPLE, "--as", "mermaid", "--to", file)
    assert code == 2
    assert "is there already" in complained
    assert file.read_text() == "mine"
    assert otn("export", SAMPLE, "--as", "mermaid", "--to", file, "--replace")[0] == 0
    assert "flowchart" in file.read_text()


def test_what_another_program_has_not_is_said(otn, tmp_path):
    code, said, _complained = otn("export", SAMPLE, "--as", "twilio", "--to", tmp_path / "t.json")
    assert code == 0
    assert (
        "Lost: You announce “They are back” (/blocks/announced): With Twilio, messages begin"
        in said
    )
    assert "lost." in said


def test_a_folder_that_is_not_there(otn, tmp_path):
    code, _said, complained = otn("export", SAMPLE, "--as", "json", "--to", tmp_path / "no" / "f")
    assert code == 2
    assert "can’t be written: No such file" in complained
