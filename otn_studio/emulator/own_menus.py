"""A menu of one person's own, which they see in place of the Page's.

Source: Messenger Platform, "Persistent menu", Custom User Settings API.
"""

from otn_studio.emulator.errors import bad_parameter, no_such_person
from otn_studio.emulator.params import Param
from otn_studio.emulator.profile import MENU, START, as_list, read_menu
from otn_studio.emulator.world import World

_ID_LENGTH = 256


def answer(world: World, method: str, params: dict) -> dict:
    """Answer one call of ``custom_user_settings``, or raise Messenger's error."""
    call, menus = Param(params, ""), world.profile.own_menus
    psid = call["psid"].id(_ID_LENGTH)
    if psid not in world.people:
        raise no_such_person()
    match method:
        case "POST":
            menus[psid] = _read(world, call)
        case "DELETE":
            for part in as_list(call["params"]).value:
                Param(part, "params").one_of(MENU)
                menus.pop(psid, None)
        case _:
            return {"data": _shown(world, psid)}
    return {"result": "success"}


def _read(world: World, call: Param) -> list[dict]:
    menu = as_list(call[MENU])
    read_menu(menu)
    if START not in world.profile.parts:
        raise bad_parameter("A persistent menu needs a Get Started button.")
    return menu.value


def _shown(world: World, psid: str) -> list[dict]:
    menus = {
        f"user_level_{MENU}": world.profile.own_menus.get(psid),
        f"page_level_{MENU}": world.profile.parts.get(MENU),
    }
    shown = {name: menu for name, menu in menus.items() if menu}
    return [shown] if shown else []
