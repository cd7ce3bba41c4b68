"""An empty page says in one sentence what will be there."""

from otn_studio.studio.widgets.empty import Empty

LONG = (
    "Here you will see every topic that people can ask to be told about, and how many wait for it."
)


def test_a_sentence_is_as_wide_as_it_needs_whatever_was_said_before(qtbot):
    empty = Empty("nothing")
    qtbot.addWidget(empty)
    empty.say(LONG, "Begin")
    width = empty.words.width()
    for sentence in ("Nothing found.", LONG):
        empty.say(sentence, "Begin")
    assert empty.words.width() == width
