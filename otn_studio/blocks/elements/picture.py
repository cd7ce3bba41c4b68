from otn_studio.blocks.block import Group, Kind
from otn_studio.blocks.elements.media import Media
from otn_studio.policy.media import Medium


class Picture(Media):
    """A picture: a file of up to 25 MB, or one on the web of up to 8 MB.

    >>> Picture(id="shoe", url="https://example.com/shoe.jpg").message(None).url
    'https://example.com/shoe.jpg'
    """

    kind = Kind("picture", title="Picture", group=Group.MESSAGE, icon="image", ports=())
    medium = Medium.PICTURE
