"""The formats that are known, each by its name. Their modules are imported when they are wanted."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Final, Protocol, cast

from otn_studio.blocks.words import Problem
from otn_studio.exchange import reading
from otn_studio.exchange.matching import matched
from otn_studio.exchange.report import Exported, Imported
from otn_studio.flow.json_text import Unreadable
from otn_studio.flow.project import Project

NO_PROJECT: Final = Project()


class Reader(Protocol):
    """Makes flows of what a file holds. ``here`` is the project that they are to join: what it has
    already is matched. ``name`` is what the file is called, for what has no name of its own.

    Raises:
        Unreadable: it is not what it says that it is.
    """

    def __call__(self, content: bytes, here: Project, name: str) -> Imported: ...


@dataclass(frozen=True, slots=True)
class Format:
    """One program's format. ``name`` is for the command line, ``title`` is the program's own name.

    In its ``module`` there are ``recognises(content) -> bool`` and ``read`` (a `Reader`), where it
    can be imported, and ``write(project) -> Exported``, where it can be exported.
    """

    name: str
    title: str
    module: str
    imports: bool = True
    exports: bool = False

    def recognises(self, content: bytes) -> bool:
        """Whether the file seems to be one of this format."""
        return bool(import_module(self.module).recognises(content))

    def read(self, content: bytes, here: Project = NO_PROJECT, name: str = "") -> Imported:
        """What becomes of a file.

        Raises:
            Unreadable: it is not of this format, or broken.
        """
        read = cast(Reader, import_module(self.module).read)
        return matched(read(content, here, name), here.flows)

    def write(self, project: Project) -> Exported:
        """The project's flows as a file of this format."""
        return cast(Callable[[Project], Exported], import_module(self.module).write)(project)


OWN: Final = Format("otn-studio", "OTN Studio", "otn_studio.exchange.own")
FORMATS: Final[tuple[Format, ...]] = (
    OWN,
    Format("twilio", "Twilio Studio", "otn_studio.exchange.twilio", exports=True),
    Format("typebot", "Typebot", "otn_studio.exchange.typebot"),
    Format("botpress", "Botpress 12", "otn_studio.exchange.botpress"),
    Format("rapidpro", "RapidPro / TextIt", "otn_studio.exchange.rapidpro", exports=True),
)


def named(name: str) -> Format:
    """The format of that name.

    Raises:
        Problem: there is none.
    """
    known = {format.name: format for format in FORMATS}
    if name not in known:
        raise Problem(
            "“{name}” is no format that is known here. Choose one of: {known}.",
            name=name,
            known=", ".join(known),
        )
    return known[name]


def recognised(content: bytes) -> Format:
    """The format that a file is of.

    Raises:
        Unreadable: it is of none that can be imported.
    """
    for format in FORMATS:
        if format.imports and format.recognises(content):
            return format
    raise Unreadable(
        "This file can’t be imported. Choose an export of one of these: {programs}.",
        programs=", ".join(format.title for format in FORMATS if format.imports),
    )


def is_foreign(path: Path) -> bool:
    """Whether a file is one that another program wrote, rather than a flow of ours."""
    try:
        return recognised(reading.content(path)) is not OWN
    except Unreadable:
        return False


def load(path: Path, format: Format | None = None, here: Project = NO_PROJECT) -> Imported:
    """Read a file of a format, or of the one that it seems to be of.

    Raises:
        Unreadable: it can't be opened, or is of no format that is known, or broken.
    """
    content = reading.content(path)
    return (format or recognised(content)).read(content, here, path.stem)
