"""A flow of this program itself, such as a colleague's: it joins the flows that are here."""

from typing import Final

from otn_studio.blocks.words import Words
from otn_studio.exchange import reading
from otn_studio.exchange.report import Imported, Report
from otn_studio.flow.document import Flow
from otn_studio.flow.files import files_of
from otn_studio.flow.project import Project
from otn_studio.flow.reading import from_data
from otn_studio.flow.writing import FORMAT

HEADING: Final = 4_096
"""So many bytes of a file are enough to see whether it is one."""
COPY: Final = Words("It lies beside the flow in its old folder. Copy it into the new one, too.")


def recognises(content: bytes) -> bool:
    """Whether it says that it is one."""
    return FORMAT.encode() in content[:HEADING]


def read(content: bytes, here: Project, name: str) -> Imported:
    """The flow as it is."""
    flow = from_data(reading.values(content))
    return Imported((flow,), tuple(_told(flow, here)))


def _told(flow: Flow, here: Project) -> Report:
    report = Report()
    report.created(Words("flow"), flow.name, "", flow.id)
    for id, topic in flow.topics.items():
        tell = report.created if here.topic(id) is None else report.matched
        tell(Words("topic"), topic.name, f"/topics/{id}", flow.id)
    for id, field in flow.fields.items():
        report.created(Words("field"), field.name, f"/fields/{id}", flow.id)
    for language in flow.translations:
        report.created(Words("language"), language, f"/translations/{language}", flow.id)
    for id, block in flow.blocks.items():
        report.created(Words(block.kind.title), str(block.label()), f"/blocks/{id}", flow.id)
    for file in sorted(set(files_of(flow))):
        report.changed(Words("file"), file, f"/files/{file}", COPY, flow.id)
    return report
