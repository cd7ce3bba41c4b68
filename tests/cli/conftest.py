import os

import pytest

from otn_studio import shipped
from otn_studio.cli.main import main
from otn_studio.cli.settings import PREFIX

SAMPLE = shipped.path("flows/back-in-stock.json")


@pytest.fixture(autouse=True)
def database(tmp_path, monkeypatch):
    """Every test has settings and a database of its own."""
    for name in list(os.environ):
        if name.startswith(PREFIX):
            monkeypatch.delenv(name)
    url = f"sqlite:///{tmp_path / 'cli.db'}"
    monkeypatch.setenv(PREFIX + "DATABASE_URL", url)
    return url


@pytest.fixture
def otn(capsys):
    """Runs a command; answers its exit code, what it said, and what it complained of."""

    def run(*arguments: object) -> tuple[int, str, str]:
        code = main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run
