from otn_studio.blocks.block import Group, Kind
from otn_studio.blocks.elements.media import Media
from otn_studio.policy.media import Medium


class Audio(Media):
    """A sound of up to 25 MB, such as words that you have spoken: a file, or one on the web.

    >>> Audio(id="hello", url="media/hello.mp3").message(None).url
    'media/hello.mp3'
    """

    kind = Kind("audio", title="Audio", group=Group.MESSAGE, icon="audio-lines", ports=())
    medium = Medium.AUDIO
