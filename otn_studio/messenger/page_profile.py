"""What the Page shows before anybody writes: Get Started, its menu, questions to begin with.

Source: Messenger Platform, Messenger Profile API, "Persistent Menu", "Ice Breakers". A call sets what
it names and leaves the rest; what is to go has to be deleted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from otn_studio.messenger.events import GET_STARTED, entry_payload

LOCALES: Final = {
    "ar": "ar_AR",
    "bg": "bg_BG",
    "bn": "bn_IN",
    "cs": "cs_CZ",
    "da": "da_DK",
    "de": "de_DE",
    "el": "el_GR",
    "en": "en_US",
    "es": "es_ES",
    "et": "et_EE",
    "fa": "fa_IR",
    "fi": "fi_FI",
    "fr": "fr_FR",
    "he": "he_IL",
    "hi": "hi_IN",
    "hr": "hr_HR",
    "hu": "hu_HU",
    "id": "id_ID",
    "it": "it_IT",
    "ja": "ja_JP",
    "ko": "ko_KR",
    "lt": "lt_LT",
    "lv": "lv_LV",
    "ms": "ms_MY",
    "nb": "nb_NO",
    "nl": "nl_NL",
    "pl": "pl_PL",
    "pt": "pt_PT",
    "ro": "ro_RO",
    "ru": "ru_RU",
    "sk": "sk_SK",
    "sl": "sl_SI",
    "sq": "sq_AL",
    "sr": "sr_RS",
    "sv": "sv_SE",
    "sw": "sw_KE",
    "ta": "ta_IN",
    "th": "th_TH",
    "tl": "tl_PH",
    "tr": "tr_TR",
    "uk": "uk_UA",
    "ur": "ur_PK",
    "vi": "vi_VN",
    "zh": "zh_CN",
}
"""Messenger knows languages by a country, too: the one that each is sent as."""
PARTS: Final = ("get_started", "persistent_menu", "ice_breakers")


@dataclass(frozen=True, slots=True)
class Entry:
    """Something to tap that starts a flow there. ``translations`` are its text by language."""

    flow: str
    block: str
    text: str
    translations: Mapping[str, str] = field(default_factory=dict)


def page_profile(menu: Sequence[Entry], questions: Sequence[Entry]) -> dict[str, Any]:
    """The profile with these. The menu needs Get Started beside it."""
    profile: dict[str, Any] = {"get_started": {"payload": GET_STARTED}}
    if menu:
        profile["persistent_menu"] = [
            {"locale": locale, "composer_input_disabled": False, "call_to_actions": entries}
            for locale, entries in _in_all(menu, "title", {"type": "postback"})
        ]
    if questions:
        profile["ice_breakers"] = [
            {"locale": locale, "call_to_actions": entries}
            for locale, entries in _in_all(questions, "question", {})
        ]
    return profile


def _in_all(
    entries: Sequence[Entry], called: str, more: dict[str, str]
) -> list[tuple[str, list[dict[str, str]]]]:
    languages = sorted({language for entry in entries for language in entry.translations})
    return [
        (
            _locale(language),
            [
                {
                    **more,
                    called: entry.translations.get(language) or entry.text,
                    "payload": entry_payload(entry.flow, entry.block),
                }
                for entry in entries
            ],
        )
        for language in ("", *languages)
    ]


def _locale(language: str) -> str:
    """``default`` is for everybody whose language has none of its own."""
    return LOCALES.get(language, language) or "default"
