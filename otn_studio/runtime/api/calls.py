"""What is asked, and what is answered: the forms of both, from which the description is made."""

from datetime import UTC, datetime
from typing import Any

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from otn_studio.policy import limits
from otn_studio.runtime.broadcasting.reporting import Report
from otn_studio.storage.sending.announcements import Announcement


class AnnouncementCall(BaseModel):
    """A text, or a flow, for everyone who holds a permission for the topic."""

    model_config = ConfigDict(extra="forbid", strict=True)

    text: str | None = Field(
        None,
        description=f"The message, up to {limits.TEXT} characters; contact fields are filled in.",
        examples=["Hi {{ contact.first_name | default: 'there' }}, they are back."],
    )
    flow: str | None = Field(
        None, description="The id of a published flow that begins where the topic is announced."
    )
    at: AwareDatetime | None = Field(
        None, description="When it begins; without, at once.", strict=False
    )
    segment: str | None = Field(None, description="The name of a segment; without, everybody.")
    waits: bool = Field(
        True,
        description="Whether those who had a message on the topic lately get it at their next time.",
    )


class AnnouncementAnswer(BaseModel):
    """An announcement that was taken."""

    id: int
    topic: str
    text: str | None
    flow: str | None
    segment: str | None
    waits: bool
    begins_at: datetime

    @classmethod
    def of(cls, row: Announcement) -> "AnnouncementAnswer":
        return cls(
            id=row.id,
            topic=row.topic_id,
            text=row.text,
            flow=row.flow_id,
            segment=row.segment,
            waits=row.waits,
            begins_at=(row.begins_at or row.made_at).astimezone(UTC),
        )


class ReportAnswer(BaseModel):
    """How an announcement goes. All together are the people; a failure has its reason."""

    id: int
    state: str = Field(description="planned, sending, paused, cancelled or done")
    people: int
    waiting: int = Field(description="still to be told, some of them at their next time")
    going: int = Field(description="on the way")
    sent: int
    unknown: int = Field(description="whether it arrived is not known")
    failed: dict[str, int]
    left_out: dict[str, int]

    @classmethod
    def of(cls, row: Announcement, report: Report) -> "ReportAnswer":
        return cls(
            id=row.id,
            state=row.state,
            people=report.people,
            waiting=report.waiting + report.later,
            going=report.going,
            sent=report.sent,
            unknown=report.unknown,
            failed=dict(report.failed),
            left_out=dict(report.left_out),
        )


class ErrorsAnswer(BaseModel):
    """What is wrong, one sentence for each field; for the whole call under ``call``."""

    errors: dict[str, str]


SENTENCES = {
    "missing": "This has to be given.",
    "extra_forbidden": "There is no such field.",
    "string_type": "This has to be a text.",
    "bool_type": "This has to be true or false.",
    "json_invalid": "The body has to be a JSON object.",
    "model_type": "The body has to be a JSON object.",
    "timezone_aware": "The time needs its zone, such as 2027-01-31T09:00:00+01:00.",
}
_NO_TIME = "This has to be a time, such as 2027-01-31T09:00:00+01:00."


def read(body: bytes) -> tuple[AnnouncementCall | None, dict[str, str]]:
    """The call that a body is, or what is wrong with which of its fields."""
    try:
        call = AnnouncementCall.model_validate_json(body)
    except ValidationError as error:
        return None, dict(map(_wrong, error.errors(include_url=False, include_input=False)))
    if (call.text is None) == (call.flow is None):
        return None, {"text": "Give either a text or a flow."}
    return call, {}


def is_same(call: AnnouncementCall, topic_id: str, row: Announcement) -> bool:
    """Whether an announcement is what a call asks for."""
    begins_at = row.made_at if call.at is None else max(call.at, row.made_at)
    asked = (topic_id, call.text, call.flow, call.segment, call.waits, begins_at)
    return asked == (
        row.topic_id,
        row.text,
        row.flow_id,
        row.segment,
        row.waits,
        row.begins_at,
    )


def _wrong(error: Any) -> tuple[str, str]:
    field = str(error["loc"][0]) if error["loc"] else "call"
    kind = error["type"]
    usual = _NO_TIME if field == "at" else "This can't be used."
    return field, SENTENCES.get(kind, usual)
