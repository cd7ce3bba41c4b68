"""What is read of a file that nobody knows."""

import os
from pathlib import Path

import pytest

from otn_studio.blocks.words import Problem
from otn_studio.exchange import formats, reading
from otn_studio.flow.json_text import SIZE_LIMIT, Unreadable
from otn_studio.flow.reading import load


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"{", "The file is damaged, or of another kind: it can’t be read from line 1"),
        (b'{"a": 1, "a": 2}', "“a” stands twice in one place"),
        (b'{"a": NaN}', "The file has NaN where a number belongs"),
        (b"\xff\xfe", "The file is not a text in UTF-8"),
        (b"[" * 500 + b"]" * 500, "nested too deeply"),
        (b"[" * 500_000, "nested too deeply"),
        (b"1" * 5_000, "a number that is too long"),
        (b'"\\ud83d"', "half a character"),
        (b" " * (SIZE_LIMIT + 1), "too large"),
    ],
    ids=range(9),
)
def test_what_is_not_quite_json_is_refused(content, said):
    with pytest.raises(Unreadable, match=said):
        reading.values(content)


def test_a_mark_of_byte_order_is_no_obstacle():
    assert reading.values(b'\xef\xbb\xbf{"a": [1]}') == {"a": [1]}


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(Unreadable, match="can’t be opened: No such file"):
        formats.load(tmp_path / "gone.json")


def test_a_format_that_nobody_knows():
    with pytest.raises(Problem, match="“fax” is no format that is known here"):
        formats.named("fax")


def test_a_file_of_no_known_format():
    with pytest.raises(Unreadable, match="file can’t be imported"):
        formats.recognised(b"{}")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names here")
def test_what_never_ends_is_not_begun(tmp_path):
    pipe = tmp_path / "pipe.json"
    os.mkfifo(pipe)
    for file in (pipe, Path(os.devnull)):
        for reads in (formats.load, load):
            with pytest.raises(Unreadable, match="a device or a pipe"):
                reads(file)
