from otn_studio.blocks.elements.file import File
from otn_studio.blocks.elements.picture import Picture
from otn_studio.blocks.message.send_message import SendMessage
from otn_studio.checks.check import check
from otn_studio.flow.files import files_of, missing
from otn_studio.flow.project import Project
from tests.builders import started

FLOW = started(
    SendMessage(
        elements=(
            Picture(id="a", url="media/shoe.png"),
            Picture(id="b", url="https://example.com/shoe.png"),
            File(id="c", url="prices.pdf"),
        )
    )
)


def test_the_files_of_a_flow_and_those_that_are_missing(tmp_path):
    (tmp_path / "prices.pdf").write_bytes(b"x")
    (tmp_path / "media" / "shoe.png").mkdir(parents=True)
    assert list(files_of(FLOW)) == ["media/shoe.png", "prices.pdf"]
    assert missing(FLOW, tmp_path) == {"media/shoe.png"}
    assert missing(FLOW, None) == frozenset()


def test_a_missing_file_is_an_error_where_it_is_sent():
    project = Project({FLOW.id: FLOW}, missing={FLOW.id: frozenset({"prices.pdf"})})
    [finding] = [f for f in check(project)[FLOW.id] if f.code == "missing_file"]
    assert (finding.block, finding.field) == ("it", "elements.2.url")
    assert not [f for f in check(Project.of(FLOW))[FLOW.id] if f.code == "missing_file"]
