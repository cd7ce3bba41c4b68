import os
import subprocess
import sys
import time

import pytest

from otn_studio.studio.document.recovery import leftovers

MOST_SECONDS_LOST = 2.0


@pytest.mark.parametrize("seconds", [1.2, 2.5, 3.3])
def test_a_studio_that_is_killed_loses_two_seconds_of_drawing_at_most(tmp_path, seconds):
    studio = subprocess.Popen(
        [sys.executable, "-m", "tests.studio.drawing", str(tmp_path)],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert studio.stdout is not None
    drawn = [_line(studio.stdout.readline())]
    while time.time() < drawn[0][1] + seconds:
        drawn.append(_line(studio.stdout.readline()))
    studio.kill()
    killed = time.time()
    studio.communicate()
    ((flow, path),) = leftovers(tmp_path / "recovery") or (((None, None)),)
    kept = len(flow.blocks) if flow else 0
    long_enough_ago = [count for count, at in drawn if at < killed - MOST_SECONDS_LOST]
    assert kept >= max(long_enough_ago, default=0)
    assert path is None


def _line(text: str) -> tuple[int, float]:
    count, at = text.split()
    return int(count), float(at)
