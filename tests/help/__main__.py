"""``make help``: the pages about blocks, made of their declarations, and all pictures, anew."""

from otn_studio.studio.help import blocks
from tests.help.pictures import FOLDER, take
from tests.help.reading import BLOCKS, HELP


def write_blocks() -> None:
    """In English, for readers outside the program; inside they are made in each language."""
    BLOCKS.mkdir(exist_ok=True)
    for gone in {*BLOCKS.glob("*.md")} - {HELP / page.name for page in blocks.pages()}:
        gone.unlink()
    for page in blocks.pages():
        (HELP / page.name).write_text(page.text, "utf-8")


if __name__ == "__main__":
    write_blocks()
    FOLDER.mkdir(exist_ok=True)
    take(FOLDER)
