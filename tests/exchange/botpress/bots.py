"""A bot of Botpress 12, written by hand after its documentation; nothing of it is copied."""

import io
import json
import tarfile
import zipfile

MAIN = {
    "version": "0.0.1",
    "startNode": "entry",
    "catchAll": {
        "onReceive": [],
        "next": [{"condition": "event.nlu.intent.is('help')", "node": "bye"}],
    },
    "nodes": [
        {
            "id": "1",
            "name": "entry",
            "type": "standard",
            "onEnter": [
                "say #!builtin_text-hello",
                "say #!builtin_image-shoe",
                'builtin/setVariable {"type":"user","name":"seen","value":"yes"}',
                "my/lookup {}",
            ],
            "onReceive": None,
            "next": [{"condition": "true", "node": "pick"}],
        },
        {
            "id": "2",
            "name": "pick",
            "type": "skill-call",
            "skill": "choice",
            "flow": "skills/choice-1.flow.json",
            "next": [
                {"condition": "temp['skill-choice-ret-1'] == \"blue\"", "node": "size"},
                {"condition": "temp['skill-choice-ret-1'] == \"red\"", "node": "orders.flow.json"},
                {"condition": "true", "node": "bye"},
            ],
        },
        {
            "id": "3",
            "name": "size",
            "type": "standard",
            "onEnter": ["say #!builtin_text-size"],
            "onReceive": [
                'builtin/setVariable {"type":"session","name":"size","value":"{{event.preview}}"}'
            ],
            "next": [
                {"condition": "event.nlu.intent.name === 'none'", "node": "bye"},
                {"condition": "user.level > 3", "node": "bye"},
                {"condition": "session.size === '42'", "node": "have"},
                {"condition": "true", "node": "bye"},
            ],
        },
        {
            "id": "4",
            "name": "have",
            "type": "say_something",
            "content": {
                "contentType": "builtin_text",
                "formData": {"text$en": "Size {{session.size}} is here."},
            },
            "onReceive": None,
            "next": [{"condition": "true", "node": "END"}],
        },
        {
            "id": "5",
            "name": "bye",
            "type": "standard",
            "onEnter": ["say #!builtin_text-bye", "say #!builtin_text-gone"],
            "onReceive": None,
            "next": [],
        },
    ],
}
ORDERS = {
    "version": "0.0.1",
    "startNode": "first",
    "nodes": [
        {
            "id": "1",
            "name": "first",
            "type": "standard",
            "onEnter": ["say #!builtin_carousel-red"],
            "onReceive": None,
            "next": [{"condition": "true", "node": "#"}],
        }
    ],
}
SKILL = {
    "startNode": "entry",
    "skillData": {"contentId": "builtin_single-choice-1", "keywords": {}},
    "nodes": [],
}
FILES = {
    "bot.config.json": {"name": "Shoe shop", "defaultLanguage": "en", "languages": ["en", "fr"]},
    "flows/main.flow.json": MAIN,
    "flows/main.ui.json": {"nodes": []},
    "flows/orders.flow.json": ORDERS,
    "flows/skills/choice-1.flow.json": SKILL,
    "content-elements/builtin_text.json": [
        {
            "id": "builtin_text-hello",
            "formData": {"text$en": "Hello {{user.nick}}!", "text$fr": "Salut !"},
        },
        {"id": "builtin_text-size", "formData": {"text$en": "Which size?"}},
        {"id": "builtin_text-bye", "formData": {"text$en": "Goodbye."}},
    ],
    "content-elements/builtin_image.json": [
        {"id": "builtin_image-shoe", "formData": {"image$en": "https://example.com/shoe.png"}}
    ],
    "content-elements/builtin_carousel.json": [
        {
            "id": "builtin_carousel-red",
            "formData": {
                "items$en": [
                    {
                        "title": "Red one",
                        "subtitle": "Size 40",
                        "image": "https://example.com/r.png",
                    }
                ]
            },
        }
    ],
    "content-elements/builtin_single-choice.json": [
        {
            "id": "builtin_single-choice-1",
            "formData": {
                "text$en": "Which colour?",
                "choices$en": [
                    {"title": "Blue", "value": "blue"},
                    {"title": "Red", "value": "red"},
                ],
            },
        }
    ],
    "intents/none.json": {"name": "none", "utterances": {"en": ["none", "nothing at all"]}},
    "qna/__qna__1.json": {"id": "1", "data": {}},
    "media/shoe.png": "not json",
}


def texts(files: dict = FILES) -> dict[str, bytes]:
    return {name: json.dumps(content).encode() for name, content in files.items()}


def tgz(files: dict[str, bytes], folder: str = "") -> bytes:
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode="w:gz") as archive:
        for name, content in files.items():
            member = tarfile.TarInfo(f"{folder}{name}")
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return written.getvalue()


def zipped(files: dict[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return written.getvalue()
