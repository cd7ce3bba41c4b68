"""The Attachment Upload API: a file from a form or from the web, for a number to send it by."""

from otn_studio.emulator.calls import File
from otn_studio.emulator.errors import bad_parameter
from otn_studio.emulator.params import Param
from otn_studio.emulator.world import World
from otn_studio.policy import limits, media
from otn_studio.policy.media import Medium


def upload(world: World, params: dict) -> dict:
    """Keep a file; only what is reusable can be sent by its number."""
    attachment = Param(params, "")["message"].object()["attachment"].object()
    medium = Medium(attachment["type"].one_of(*Medium))
    payload, file = attachment["payload"].object(), params.get("filedata")
    url = _taken(file, medium) if isinstance(file, File) else payload["url"].url(limits.BUTTON_URL)
    number = world.ids.attachment()
    world.files.uploads += 1
    if payload["is_reusable"].value in (True, "true"):
        world.files.keep(number, medium, url, world.clock.now())
    return {"attachment_id": number}


def _taken(file: File, medium: Medium) -> str:
    """The address of a file that came along."""
    name = file.name or ""
    if not file.content:
        raise bad_parameter("The file is empty.")
    if len(file.content) > limits.ATTACHMENT_BYTES:
        raise bad_parameter("The file is larger than 25 MB.")
    if not media.fits(medium, name):
        raise bad_parameter(f"The file is no {medium.value}.")
    return f"https://attachments.invalid/{name}"
