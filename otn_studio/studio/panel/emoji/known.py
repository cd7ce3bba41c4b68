"""Which emoji there are and what people call them, from the tables of Unicode."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Final

import emoji

from otn_studio.blocks.words import Words

FOUND_AT_MOST: Final = 120
NEWEST: Final = 14
"""The version of Unicode's tables up to which phones show them all."""
SKIN_TONES: Final = frozenset("🏻🏼🏽🏾🏿")


@dataclass(frozen=True, slots=True)
class Group:
    """Those that one looks through without searching, in an order that people know."""

    title: Words
    emoji: tuple[str, ...]


def _group(title: Words, *lines: str) -> Group:
    return Group(title, tuple(" ".join(lines).split()))


GROUPS: Final = (
    _group(
        Words("Faces and feelings"),
        "😀 😃 😄 😁 😆 😅 😂 🤣 🙂 🙃 😉 😊 😇 🥰 😍 🤩 😘 😋 😛 😜 🤪 🤗 🤭 🤫 🤔 🤐 😐 😶 😏 😒",
        "🙄 😬 😌 😔 😴 🤒 🤧 🥵 🥶 🤯 🥳 😎 🤓 🧐 😕 🙁 😮 😲 😳 🥺 😢 😭 😱 😤 😡 ❤️ 🧡 💛 💚 💙",
        "💜 🖤 🤍 💔 💕 💯 💥 💫 💬 💤",
    ),
    _group(
        Words("Hands and people"),
        "👋 🤚 ✋ 👌 ✌️ 🤞 🤟 🤙 👈 👉 👆 👇 ☝️ 👍 👎 ✊ 👊 👏 🙌 👐 🤝 🙏 ✍️ 💪 👀 👂 🧠 🙋 🤷 🤦",
        "🙅 🙆 💁 🙇 👶 🧒 🧑 👩 👨 🧓 👵 👴 👪 👫 🧑‍💻 🧑‍🍳 🧑‍⚕️ 🧑‍🏫 🧑‍🎓 🧑‍🔧 🚶 🏃 💃 🕺 🧘",
    ),
    _group(
        Words("Nature and weather"),
        "🐶 🐱 🐭 🐰 🦊 🐻 🐼 🐨 🐯 🦁 🐮 🐷 🐸 🐵 🐔 🐧 🐦 🦉 🦄 🐝 🦋 🐌 🐞 🐢 🐙 🐬 🐳 🌵 🎄 🌲",
        "🌴 🌱 🌿 🍀 🍁 🍂 💐 🌷 🌹 🌻 🌸 🌍 🌙 ⭐ 🌟 ✨ ⚡ 🔥 🌈 ☀️ ⛅ ☁️ 🌧️ ⛄ ❄️ 💧 🌊",
    ),
    _group(
        Words("Food and drink"),
        "🍎 🍐 🍊 🍋 🍌 🍉 🍇 🍓 🍒 🍑 🥭 🍍 🥝 🍅 🥑 🥦 🥕 🌽 🥔 🍞 🥐 🧀 🥚 🍳 🥞 🥓 🍔 🍟 🍕 🌭",
        "🌮 🌯 🥗 🍝 🍜 🍣 🍱 🥟 🍚 🍦 🍩 🍪 🎂 🍰 🧁 🍫 🍬 🍯 ☕ 🍵 🥤 🍺 🍷 🥂 🍹 🍽️",
    ),
    _group(
        Words("Travel and places"),
        "🚗 🚕 🚌 🚓 🚑 🚒 🚚 🚲 🛵 🏍️ 🚆 🚇 ✈️ 🛫 🛬 🚀 🚁 ⛵ 🚢 ⚓ 🗺️ 🧳 🏠 🏡 🏢 🏥 🏦 🏨 🏪 🏫",
        "🏭 🏰 🗽 ⛪ 🕌 🎡 🏖️ 🏕️ ⛰️ 🌅 🌃 🚦 🚧 📍 🧭",
    ),
    _group(
        Words("Celebrations and sports"),
        "🎉 🎊 🎈 🎁 🎀 🎆 🎇 🧨 🎃 🎅 🏆 🥇 🥈 🥉 🏅 🎖️ 🎫 🎟️ ⚽ 🏀 🏈 ⚾ 🎾 🏐 🏉 🎱 🏓 🏸 🥊",
        "⛳ 🏊 🏄 🚴 🏋️ ⛷️ 🎮 🎲 🧩 🎯 🎭 🎨 🎬 🎤 🎧 🎵 🎹 🎸 🎺",
    ),
    _group(
        Words("Things"),
        "⏰ ⏳ ⌚ 📱 💻 🖥️ 🖨️ 📷 🎥 📺 📻 🔋 💡 🔦 🕯️ 📚 📖 📰 📅 📆 📈 📉 📊 📋 📌 📎 ✂️ 🖊️ ✏️ 📝",
        "📁 📦 📫 📮 ✉️ 📧 📢 🔔 🔕 🔑 🔒 🔓 🔨 🔧 ⚙️ 🧲 💊 🩺 🧪 🧹 🧺 🧼 🛒 🛍️ 💰 💳 💶 💵 🧾 💎",
        "👕 👖 👗 👟 👠 🥾 👜 🎒 👓 🕶️ 💍 💄 ☂️ 🪑 🛏️ 🚿 🧸",
    ),
    _group(
        Words("Signs"),
        "✅ ☑️ ✔️ ❌ ❎ ❗ ❓ ⚠️ 🚫 ⛔ 🆕 🆓 🆗 🆒 🔝 🔜 ℹ️ ➡️ ⬅️ ⬆️ ⬇️ ↗️ ↘️ 🔄 ➕ ➖ 🔴 🟠 🟡 🟢",
        "🔵 🟣 ⚫ ⚪ 🔺 🔻 🔸 🔹 1️⃣ 2️⃣ 3️⃣ 4️⃣ 5️⃣ 6️⃣ 7️⃣ 8️⃣ 9️⃣ 🔟 ▶️ ⏸️ 🔍 🔗 ♻️ ™️ ©️ ®️",
    ),
)


def found(typed: str, language: str = "en") -> tuple[str, ...]:
    """Those whose names have words that begin as these do, in a language or in English.

    >>> found("party pop"), found("konfettibombe", "de"), found("")
    (('🎉',), ('🎉',), ())
    """
    wanted = typed.casefold().split()
    if not wanted:
        return ()
    fits = (
        one
        for one, names in _names(language).items()
        if all(any(word.startswith(part) for word in names) for part in wanted)
    )
    return tuple(islice(fits, FOUND_AT_MOST))


def name(one: str, language: str = "en") -> str:
    """What people call an emoji.

    >>> name("🎉"), name("🎉", "de")
    ('party popper', 'konfettibombe')
    """
    _load(language)
    known = emoji.EMOJI_DATA.get(one, {})
    return _readable(known.get(language) or known.get("en", one))


def used_in(texts: Iterable[str]) -> Iterator[str]:
    """Those that stand in texts, each once; a text without a letter that is new is passed over.

    >>> list(used_in(["Hi 🎉", "Hallo, schöne 🎉", "🎉👟"]))
    ['🎉', '👟']
    """
    seen: set[str] = set()
    letters: set[str] = set()
    for text in texts:
        if text.isascii() or letters.issuperset(text):
            continue
        letters.update(text)
        for one in emoji.emoji_list(text):
            if one["emoji"] not in seen:
                seen.add(one["emoji"])
                yield one["emoji"]


@lru_cache(maxsize=4)
def _names(language: str) -> dict[str, tuple[str, ...]]:
    """The words of each one's names; the usual ones first, and none in five colours of skin."""
    _load(language)
    usual = [one for group in GROUPS for one in group.emoji]
    whole = emoji.STATUS["fully_qualified"]
    every = [
        one
        for one, known in emoji.EMOJI_DATA.items()
        if known["status"] == whole and known["E"] <= NEWEST
    ]
    return {
        one: tuple(_words(emoji.EMOJI_DATA[one], language))
        for one in (*usual, *every)
        if one in emoji.EMOJI_DATA and SKIN_TONES.isdisjoint(one)
    }


def _words(known: dict, language: str) -> Iterator[str]:
    for written in (known.get(language, ""), known["en"], *known.get("alias", ())):
        yield from _readable(written).casefold().split()


def _readable(written: str) -> str:
    return written.strip(":").replace("_", " ").replace("-", " ")


def _load(language: str) -> None:
    if language in emoji.LANGUAGES:
        emoji.config.load_language(language)
