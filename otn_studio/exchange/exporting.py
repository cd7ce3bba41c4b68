"""A flow as a file for others: ours, a graph, another program's. Pictures are the canvas's matter."""

from collections.abc import Callable, Mapping
from typing import Final

from otn_studio.blocks.words import Words
from otn_studio.exchange import formats
from otn_studio.exchange.report import Exported
from otn_studio.flow import writing
from otn_studio.flow.document import Flow
from otn_studio.flow.project import Project

PICTURES: Final[Mapping[str, str]] = {"png": ".png", "svg": ".svg", "pdf": ".pdf"}
_OURS: Final[Mapping[str, str]] = {"mermaid": ".mmd", "graphml": ".graphml"}


def endings() -> dict[str, str]:
    """How the files of every format end, by its name."""
    others = {f.name: f".{f.name}.json" for f in formats.FORMATS if f.exports}
    return {"json": ".json", **PICTURES, **_OURS, **others}


def exported(flow: Flow, format: str, shown: Callable[[Words], str]) -> Exported:
    """The file's content, and what becomes of the flow in it; ``shown`` translates."""
    match format:
        case "json":
            return Exported(writing.to_text(flow).encode(), ())
        case "mermaid":
            from otn_studio.exchange.mermaid import mermaid

            return Exported(mermaid(flow, shown).encode(), ())
        case "graphml":
            from otn_studio.exchange.graphml import graphml

            return Exported(graphml(flow, shown), ())
    return formats.named(format).write(Project.of(flow))
