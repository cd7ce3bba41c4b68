import json
from pathlib import Path

from otn_studio.blocks.elements.text import Text
from otn_studio.blocks.message.send_message import SendMessage
from otn_studio.blocks.start.opted_in import OptedIn
from otn_studio.flow.document import Flow
from otn_studio.flow.reading import load
from otn_studio.flow.writing import save, written
from tests.builders import START, a_flow, ask
from tests.cli.conftest import SAMPLE


def test_each_publish_is_a_version_and_the_same_again_is_none(otn, tmp_path):
    assert otn("publish", SAMPLE)[1] == "“Back in stock” is live as version 1.\n"
    assert otn("publish", SAMPLE)[1] == "“Back in stock” is live as version 1.\n"
    changed = tmp_path / "changed.json"
    changed.write_text(json.dumps(written(load(SAMPLE)) | {"name": "Back again"}))
    assert otn("publish", changed)[1] == "“Back again” is live as version 2.\n"


def test_publishing_brings_the_topics_along(otn):
    otn("publish", SAMPLE)
    assert "Blue sneakers" in otn("topics", "list")[1]


def test_a_topic_that_was_renamed_keeps_its_new_name(otn):
    otn("publish", SAMPLE)
    otn("topics", "rename", "Blue sneakers", "Sneakers in blue")
    otn("publish", SAMPLE)
    _, said, _ = otn("topics", "list")
    assert "Sneakers in blue" in said
    assert "Blue sneakers" not in said


def test_errors_stop_it_and_nothing_is_published(otn, tmp_path):
    data = written(load(SAMPLE)) | {"id": "broken"}
    data["blocks"]["ask"]["elements"][1]["topic"] = ""
    broken = tmp_path / "broken.json"
    broken.write_text(json.dumps(data))
    code, said, complained = otn("publish", SAMPLE, broken)
    assert code == 1
    assert "Error: Ask to notify: “Topic” is empty. Fill it in." in said
    assert complained == "Nothing was published. Mend the errors first.\n"
    assert "no topics yet" in otn("topics", "list")[1]


def test_warnings_are_told_and_do_not_stop_it(otn, tmp_path):
    data = written(load(SAMPLE))
    del data["connections"]["kept"]
    path = tmp_path / "warned.json"
    path.write_text(json.dumps(data))
    code, said, _ = otn("publish", path)
    assert code == 0
    assert "is live as version 1" in said
    assert "Warning: Wait 20 hours: Nothing leads to this block." in said


def test_it_is_checked_together_with_what_is_live(otn, tmp_path):
    otn("publish", SAMPLE)
    data = written(load(SAMPLE)) | {"id": "another", "name": "Another"}
    other = tmp_path / "other.json"
    other.write_text(json.dumps(data))
    _, said, _ = otn("publish", other)
    assert "“restock” starts the flow “Back in stock” too." in said


def test_a_database_of_ones_own_choice(otn, tmp_path):
    url = f"sqlite:///{tmp_path / 'folder' / 'other.db'}"
    assert otn("publish", SAMPLE, "--database", url)[0] == 0
    assert (tmp_path / "folder" / "other.db").exists()
    assert "no topics yet" in otn("topics", "list")[1]


def test_a_flow_that_breaks_another_live_one_is_not_published(otn, tmp_path):
    def file(flow: Flow) -> Path:
        path = tmp_path / f"{flow.id}.json"
        save(flow, path)
        return path

    spends = SendMessage(elements=[Text(id="t", text="It is back")], by_topic="shoes")
    blocks = {"start": START, "ask": ask(), "back": spends}
    asking = a_flow(blocks, "start > ask", "ask.card.opted_in > back", id="asking")
    taking = a_flow({"yes": OptedIn(topic="shoes"), "m": spends}, "yes > m", id="taking")
    assert otn("publish", file(asking))[0] == 0
    code, said, complained = otn("publish", file(taking))
    assert code == 1
    assert "“Asking”:\n  Error: Send Message: This way, there is no permission" in said
    assert complained == "Nothing was published. Mend the errors first.\n"
