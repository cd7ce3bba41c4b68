"""The Attachment Upload API: a file from a form or from the web, for a number to send it by; and files
that come along with a message.
"""

from otn_studio.emulator.calls import File
from otn_studio.emulator.errors import bad_parameter
from otn_studio.emulator.params import Param
from otn_studio.emulator.world import World
from otn_studio.policy import limits, media
from otn_studio.policy.media import Medium


def upload(world: World, params: dict, origin: str) -> dict:
    """Keep a file; only what is reusable can be sent by its number."""
    attachment = Param(params, "")["message"].object()["attachment"].object()
    medium = Medium(attachment["type"].one_of(*Medium))
    payload, file = attachment["payload"].object(), params.get("filedata")
    number = world.ids.attachment()
    if isinstance(file, File):
        url = _taken(world, file, medium, number, origin)
    else:
        url = payload["url"].url(limits.BUTTON_URL)
    world.files.uploads += 1
    if payload["is_reusable"].value in (True, "true"):
        world.files.keep(number, medium, url, world.clock.now())
    return {"attachment_id": number}


def with_address(world: World, params: dict, origin: str) -> dict:
    """The parameters of a send with the address of the file that came along, if one did."""
    file = params.get("filedata")
    if not isinstance(file, File):
        return params
    message = Param(params, "")["message"].object()
    attachment = message["attachment"].object()
    medium = Medium(attachment["type"].one_of(*Medium))
    url = _taken(world, file, medium, world.ids.attachment(), origin)
    payload = attachment["payload"].object().value | {"url": url}
    return params | {"message": {"attachment": {"type": medium, "payload": payload}}}


def _taken(world: World, file: File, medium: Medium, number: str, origin: str) -> str:
    """The address of a file that came along."""
    name = file.name or medium.value
    if not file.content:
        raise bad_parameter("The file is empty.")
    if len(file.content) > limits.ATTACHMENT_BYTES:
        raise bad_parameter("The file is larger than 25 MB.")
    if not media.fits(medium, name):
        raise bad_parameter(f"The file is no {medium.value}.")
    return origin + world.files.bring(name, file.content, number)
