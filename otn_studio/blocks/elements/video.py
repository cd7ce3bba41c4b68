from otn_studio.blocks.block import Group, Kind
from otn_studio.blocks.elements.media import Media
from otn_studio.policy.media import Medium


class Video(Media):
    """A video of up to 25 MB: a file, or one on the web.

    >>> Video(id="tour", url="media/tour.mp4").message(None).url
    'media/tour.mp4'
    """

    kind = Kind("video", title="Video", group=Group.MESSAGE, icon="video", ports=())
    medium = Medium.VIDEO
