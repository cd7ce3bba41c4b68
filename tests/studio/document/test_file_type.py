"""New flows are files of the type that systems open with the studio."""

from PySide6.QtWidgets import QFileDialog


def test_a_new_flow_is_saved_as_that_type(desk, tmp_path, monkeypatch):
    proposed: list[str] = []

    def ask(_window, _title, proposal: str, _filter: str) -> tuple[str, str]:
        proposed.append(proposal)
        return str(tmp_path / "shop"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    desk.window.flows.save()
    assert proposed[0].endswith(".flow.json")
    assert (tmp_path / "shop.flow.json").exists()
