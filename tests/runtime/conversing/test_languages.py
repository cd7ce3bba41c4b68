"""Which language the engine speaks with a person."""

from dataclasses import replace

import pytest

from tests.interpreter.flows import flow, keyword, says

HOSTS = ("one machine",)
FLOW = replace(
    flow({"s": keyword("hi"), "m": says("Hello!")}, "s.next > m"),
    language="en",
    translations={"de": {"m": {"e0.text": "Hallo!"}}, "fr": {"m": {"e0.text": "Salut !"}}},
)


@pytest.mark.parametrize(("page", "text"), [("", "Hello!"), ("de", "Hallo!"), ("it", "Hello!")])
def test_people_of_whom_none_is_known_are_spoken_to_as_the_page_does(shop, page, text):
    shop.engine.stop()
    shop.page = replace(shop.page, language=page)
    shop.start()
    shop.publish(FLOW)
    shop.write("hi")
    assert shop.far_end.texts() == [text]
