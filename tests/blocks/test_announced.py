from otn_studio.blocks.event import Announced as AnnouncedEvent
from otn_studio.blocks.event import Wrote
from otn_studio.blocks.start.announced import Announced
from tests.builders import NOW


def test_it_answers_an_announcement_on_its_topic():
    assert Announced(topic="shoes").answers(AnnouncedEvent(NOW, "shoes", "shop"))


def test_it_answers_no_other_topic_and_no_message():
    assert not Announced(topic="shoes").answers(AnnouncedEvent(NOW, "bread", "shop"))
    assert not Announced(topic="shoes").answers(Wrote(NOW, "shoes"))
