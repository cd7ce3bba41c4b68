"""A bot of Botpress as plain values: its flows, what they say, and what people may mean."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from otn_studio.exchange import reading
from otn_studio.exchange.botpress import archive
from otn_studio.exchange.making import as_dict, as_list, as_text
from otn_studio.flow.json_text import Unreadable

FLOW = ".flow.json"
BESIDE = (".ui.json",)


@dataclass(frozen=True)
class Source:
    """One flow. ``name`` is how others lead to it: ``orders.flow.json``."""

    name: str
    values: dict[str, Any]
    where: str

    @property
    def nodes(self) -> list[dict[str, Any]]:
        entries = as_list(self.values.get("nodes"), f"{self.where}/nodes")
        return [as_dict(node, f"{self.where}/nodes/{n}") for n, node in enumerate(entries)]


@dataclass(frozen=True)
class Bot:
    """A whole bot. ``elements`` and ``intents`` are by id and name, ``others`` files beside them,
    ``further_languages`` those that its texts are in besides its own.
    """

    name: str
    language: str
    flows: tuple[Source, ...]
    skills: Mapping[str, Source] = field(default_factory=dict)
    elements: Mapping[str, dict[str, Any]] = field(default_factory=dict)
    intents: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    others: tuple[str, ...] = ()
    further_languages: tuple[str, ...] = ()

    @classmethod
    def of(cls, content: bytes, name: str) -> "Bot":
        """Read an archive, or the file of one flow.

        Raises:
            Unreadable: it is neither.
        """
        if not archive.is_archive(content):
            flow = as_dict(reading.values(content), "flow")
            if "nodes" not in flow or "startNode" not in flow:
                raise Unreadable("The file is no flow of Botpress: it has no “startNode”.")
            return cls(name, "en", (Source(f"{name}{FLOW}", flow, ""),))
        return cls._of_files(archive.files(content), name)

    @classmethod
    def _of_files(cls, files: Mapping[str, bytes], name: str) -> "Bot":
        flows = {path: inner for path, inner in files.items() if path.endswith(FLOW)}
        if not flows:
            raise Unreadable("The archive is no bot of Botpress: there is no flow in it.")
        config = _json(files, "bot.config.json")
        language = as_text(config.get("defaultLanguage")) or "en"
        sources = [_source(path, inner) for path, inner in sorted(flows.items())]
        read = {"bot.config.json"}
        return cls(
            as_text(config.get("name")) or name,
            language,
            tuple(one for one in sources if not one.name.startswith("skills/")),
            {one.name: one for one in sources if one.name.startswith("skills/")},
            dict(_elements(files)),
            dict(_intents(files, language)),
            tuple(path for path in sorted(files) if _is_beside(path, read)),
            tuple(sorted(_languages(config, dict(_elements(files)).values()) - {language})),
        )


def _is_beside(path: str, read: set[str]) -> bool:
    known = (FLOW, *BESIDE)
    inner = _within(path)
    return not (
        inner.endswith(known)
        or inner in read
        or inner.startswith(("content-elements/", "intents/"))
    )


def _within(path: str) -> str:
    """The way from the bot's own folder: an archive may hold that as a whole."""
    parts = PurePosixPath(path).parts
    for number, part in enumerate(parts):
        if part in ("flows", "content-elements", "intents"):
            return "/".join(parts[number:])
    return parts[-1] if parts else ""


def _source(path: str, content: bytes) -> Source:
    name = _within(path).removeprefix("flows/")
    return Source(name, as_dict(reading.values(content), path), f"/{path}")


def _json(files: Mapping[str, bytes], name: str) -> dict[str, Any]:
    found = next((inner for path, inner in files.items() if _within(path) == name), None)
    return {} if found is None else as_dict(reading.values(found), name)


def _elements(files: Mapping[str, bytes]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, content in files.items():
        if _within(path).startswith("content-elements/") and path.endswith(".json"):
            for number, entry in enumerate(as_list(reading.values(content), path)):
                element = as_dict(entry, f"/{path}/{number}")
                form = as_dict(element.get("formData"), f"/{path}/{number}/formData")
                kind = PurePosixPath(path).stem
                yield as_text(element.get("id")), {**form, "": kind}


def _languages(config: dict[str, Any], elements: Iterable[dict[str, Any]]) -> set[str]:
    """Those that it is said to speak, and those of its texts: ``text$fr``."""
    said = {as_text(code) for code in as_list(config.get("languages"), "languages")}
    of_texts = {name.rpartition("$")[2] for form in elements for name in form if "$" in name}
    return {code for code in said | of_texts if code}


def _intents(files: Mapping[str, bytes], language: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    for path, content in files.items():
        if _within(path).startswith("intents/") and path.endswith(".json"):
            intent = as_dict(reading.values(content), path)
            said = as_dict(intent.get("utterances"), f"/{path}/utterances")
            words = as_list(said.get(language), f"/{path}/utterances/{language}")
            yield as_text(intent.get("name")), tuple(w for w in map(as_text, words) if w.strip())
