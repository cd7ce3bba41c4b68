"""What the emulator's web page is made of."""

import io
import json
import re

import pytest

from otn_studio import shipped
from otn_studio.emulator import page_words
from tests.emulator.calls import TOKEN, error_of
from tests.emulator.conftest import DAY


@pytest.fixture
def get(engine, base_url):
    def get(path: str, **headers: str):
        return engine.get(f"{base_url}{path}", headers=headers, timeout=10)

    return get


@pytest.mark.parametrize("path", ["/", "/emulator/"])
def test_a_browser_is_led_to_it(get, path):
    page = get(path, Accept="text/html,application/xhtml+xml")
    assert page.url.endswith("/emulator/page/")
    assert "<title>Practice Messenger</title>" in page.text


@pytest.mark.parametrize(
    ("accepted", "language", "title"),
    [
        ("de-DE,de;q=0.9,en;q=0.8", "de", "Messenger zum Üben"),
        ("en-GB,de;q=0.5", "en", "Practice Messenger"),
        ("xx, ../../etc", "en", "Practice Messenger"),
        ("", "en", "Practice Messenger"),
    ],
)
def test_it_speaks_the_language_of_whoever_looks(get, accepted, language, title):
    page = get("/emulator/page/", **{"Accept-Language": accepted})
    assert f'<html lang="{language}">' in page.text
    assert f"<title>{title}</title>" in page.text
    assert page.headers["Vary"] == "Accept-Language"
    words = get("/emulator/words", **{"Accept-Language": accepted}).json()
    assert words["Practice Messenger"] == title


def test_a_translation_is_a_text_and_no_markup(get, monkeypatch):
    evil = type("Evil", (), {"gettext": lambda _, text: f'<i a="1">{text}'})
    monkeypatch.setattr(page_words, "_translations", lambda _: evil())
    page = get("/emulator/page/").text
    assert "&lt;i a=&quot;1&quot;&gt;Write a message" in page
    assert "<i a" not in page


def test_what_is_new_comes_by_itself(engine, base_url, emulator, clock):
    with engine.get(f"{base_url}/emulator/changes", stream=True, timeout=10) as stream:
        assert stream.headers["Content-Type"].startswith("text/event-stream")
        events = (line for line in stream.iter_lines() if line)
        assert seen(next(events))["people"] == []
        ana = emulator.add_person("Ana")
        assert [one["name"] for one in seen(next(events))["people"]] == ["Ana"]
        ana.write("Hi")
        assert seen(next(events))["people"][0]["window_open"] is True
        emulator.advance("25 hours")
        assert seen(next(events))["people"][0]["window_open"] is False


def test_what_comes_of_time_alone_comes_too(engine, base_url, emulator, clock):
    emulator.add_person("Ana").write("Hi")
    with engine.get(f"{base_url}/emulator/changes", stream=True, timeout=10) as stream:
        events = (line for line in stream.iter_lines() if line)
        assert seen(next(events))["people"][0]["window_open"] is True
        clock.advance(DAY)
        assert seen(next(events))["people"][0]["window_open"] is False


def seen(event: bytes) -> dict:
    return json.loads(event.removeprefix(b"data: "))


def test_everything_that_it_names_is_there_and_comes_from_here(get):
    folder = shipped.path("resources/emulator")
    named = set()
    for file in folder.iterdir():
        text = file.read_text(encoding="utf-8")
        named |= set(re.findall(r'(?:src|href)="([^"]+)"|from "\./([^"]+)"|url\(([^)$]+)\)', text))
    names = {name for names in named for name in names if name} - {"main.js"}
    assert {"page.css", "api.js", "../fonts/regular.otf"} <= names
    for name in names:
        assert get(f"/emulator/page/{name}").status_code == 200, name
    icons = set()
    for file in folder.glob("*.js"):
        icons |= set(
            re.findall(
                r'icon\("([a-z-]+)"|words\("([a-z-]+)"|\? words\("([a-z-]+)"',
                file.read_text(encoding="utf-8"),
            )
        )
    for icon in {name for names in icons for name in names if name}:
        assert get(f"/emulator/icons/{icon}.svg").status_code == 200, icon


def test_only_its_own_scripts_run(get):
    policy = get("/emulator/page/").headers["Content-Security-Policy"]
    assert "default-src 'none'; script-src 'self'" in policy
    assert "unsafe" not in policy


def test_it_shows_everybody_and_one_phone(get, emulator, visitor):
    bob = emulator.add_person("Bob")
    view = get(f"/emulator/view?person={visitor.id}").json()
    ana, other = view["people"]
    assert (ana["name"], ana["window_open"], ana["unread"]) == ("Ana Maria Silva", True, False)
    assert (other["id"], other["window_ends"]) == (bob.id, None)
    assert [entry["text"] for entry in view["phone"]["entries"]] == ["Hi"]
    assert get("/emulator/view?person=nobody").json()["phone"] is None


def test_of_very_many_people_it_shows_the_newest_and_the_chosen_one(get, emulator, visitor):
    for number in range(301):
        emulator.add_person(f"Number {number}")
    names = [one["name"] for one in get("/emulator/view").json()["people"]]
    assert (len(names), names[0], names[-1]) == (300, "Number 1", "Number 300")
    view = get(f"/emulator/view?person={visitor.id}").json()
    assert (view["people"][0]["id"], len(view["people"])) == (visitor.id, 300)
    assert view["people_in_all"] == 302


def test_faces_are_drawn_and_names_in_them_are_no_markup(get, emulator):
    odd = emulator.add_person("<script>")
    face = get(f"/emulator/people/{odd.id}/picture.svg")
    assert face.headers["Content-Type"] == "image/svg+xml"
    assert "&lt;</text>" in face.text
    assert "B</text>" in get("/emulator/page/picture.svg").text
    assert get("/emulator/fonts/other.otf").status_code == 400


def test_a_file_that_came_with_a_message_is_shown_from_here(engine, base_url, visitor):
    body = {"recipient": f'{{"id": "{visitor.id}"}}'}
    body["message"] = '{"attachment": {"type": "image", "payload": {"is_reusable": true}}}'
    files = {"filedata": ("my cake.png", io.BytesIO(b"\x89PNG"), "image/png")}
    url = f"{base_url}/me/messages"
    sent = engine.post(url, params=TOKEN, data=body, files=files, timeout=10).json()
    shown = visitor.phone()[-1]
    kept = engine.get(shown["url"], timeout=10)
    assert (kept.content, kept.headers["Content-Type"]) == (b"\x89PNG", "image/png")
    assert kept.headers["Content-Security-Policy"] == "sandbox"
    again = {"type": "image", "payload": {"attachment_id": sent["attachment_id"]}}
    body = {"recipient": {"id": visitor.id}, "message": {"attachment": again}}
    assert engine.post(url, params=TOKEN, json=body, timeout=10).ok
    assert visitor.phone()[-1]["url"] == shown["url"]
    assert engine.get(f"{base_url}/emulator/files/1/a.png", timeout=10).status_code == 400


def test_a_file_that_is_none_of_its_kind_does_not_come(engine, base_url, visitor):
    body = {"recipient": f'{{"id": "{visitor.id}"}}'}
    body["message"] = '{"attachment": {"type": "image", "payload": {}}}'
    files = {"filedata": ("page.html", io.BytesIO(b"<p>"), "text/html")}
    url = f"{base_url}/me/messages"
    answer = engine.post(url, params=TOKEN, data=body, files=files, timeout=10)
    assert error_of(answer)["code"] == 100


def test_a_picture_with_buttons(engine, base_url, visitor):
    element = {"media_type": "image", "url": "https://x.test/a.png"}
    element["buttons"] = [{"type": "postback", "title": "More", "payload": "MORE"}]
    payload = {"template_type": "media", "elements": [element]}
    message = {"attachment": {"type": "template", "payload": payload}}
    body = {"recipient": {"id": visitor.id}, "message": message}
    assert engine.post(f"{base_url}/me/messages", params=TOKEN, json=body, timeout=10).ok
    shown = visitor.phone()[-1]
    assert (shown["kind"], shown["url"]) == ("media_card", "https://x.test/a.png")
    assert visitor.tap("More")[0]["postback"]["payload"] == "MORE"
