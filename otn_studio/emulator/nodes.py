"""Who the Page and its people are, as far as a Page may know.

Source: Graph API, "Page"; Messenger Platform, "User Profile API".
"""

from otn_studio.emulator.errors import no_such_person
from otn_studio.emulator.fields import picked
from otn_studio.emulator.world import World

_OF_PAGE = "id,name"
_OF_PERSON = "first_name,last_name,profile_pic"


def page(world: World, params: dict, origin: str) -> dict:
    """What was asked of the Page. Fields that the emulator does not know are left out."""
    page = world.page
    known = {
        "id": page.id,
        "name": page.name,
        "category": "Local business",
        "link": f"https://www.facebook.com/{page.id}",
        "picture": {"data": {"url": f"{origin}/emulator/page/picture.svg", "is_silhouette": False}},
        "is_published": True,
        "tasks": ["MESSAGING", "MODERATE", "CREATE_CONTENT", "ADVERTISE", "ANALYZE", "MANAGE"],
    }
    return picked(known, params, _OF_PAGE) | {"id": page.id}


def person(world: World, psid: str, params: dict, origin: str) -> dict:
    """What was asked of a person."""
    if psid not in world.people:
        raise no_such_person()
    person = world.people[psid]
    first, _, last = person.name.partition(" ")
    known = {
        "name": person.name,
        "first_name": first,
        "last_name": last,
        "profile_pic": f"{origin}/emulator/people/{psid}/picture.svg",
        "locale": person.locale,
        "timezone": person.hours_ahead,
    }
    return picked(known, params, _OF_PERSON) | {"id": psid}
