"""To whom alone a story happens, in a sentence."""

from collections.abc import Mapping

from otn_studio.blocks.effect import Person
from otn_studio.studio.words import _


def of_whom(person: Person, fields: Mapping[str, str]) -> str:
    """What has to be known of somebody; empty where it is anybody. ``fields`` have names by keys.

    >>> of_whom(Person({"size": "42"}, {"vip": False}), {"size": "Shoe size"})
    'It happens to somebody with: Shoe size “42”, not the tag “vip”.'
    """
    said = [
        _("{field} “{value}”", field=fields.get(key, key), value=value)
        if value is not None
        else _("no {field}", field=fields.get(key, key))
        for key, value in person.fields.items()
    ]
    said += [
        _("the tag “{tag}”", tag=tag) if worn else _("not the tag “{tag}”", tag=tag)
        for tag, worn in person.tags.items()
    ]
    return _("It happens to somebody with: {what}.", what=", ".join(said)) if said else ""
