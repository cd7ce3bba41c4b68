from otn_studio.blocks.block import Group, Kind
from otn_studio.blocks.elements.media import Media
from otn_studio.policy.media import Medium


class File(Media):
    """A file of any kind to keep, of up to 25 MB: one of your own, or one on the web.

    >>> File(id="list", url="media/price-list.pdf").message(None).url
    'media/price-list.pdf'
    """

    kind = Kind("file", title="File", group=Group.MESSAGE, icon="paperclip", ports=())
    medium = Medium.FILE
