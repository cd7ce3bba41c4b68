"""A broadcast whose engine is killed on the way; in earnest, see `tests.benchmarks.broadcast_kills`."""

from tests.benchmarks.broadcast_kills import judged, perform, staged
from tests.benchmarks.processes import database_url
from tests.postgres import fresh_database

PEOPLE, KILLS = 600, 3


def test_whoever_may_get_it_gets_it_once_and_the_report_adds_up(tmp_path):
    with staged(tmp_path, database_url(tmp_path), PEOPLE, echoes=True) as stage:
        figures = judged(stage, perform(stage, KILLS, PEOPLE))
    assert figures["of the broadcast"] == PEOPLE - figures["who had stopped, and got nothing"]
    assert figures["of them delivered"] == 0, "an echo did not settle what was unknown"


def test_the_same_on_a_server(tmp_path):
    with staged(tmp_path, fresh_database(), PEOPLE) as stage:
        figures = judged(stage, perform(stage, 1, PEOPLE))
    assert figures["of the broadcast"] == PEOPLE - figures["who had stopped, and got nothing"]
