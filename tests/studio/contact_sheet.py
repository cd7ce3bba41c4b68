"""The pictures of a folder on one page, to be looked at side by side."""

from collections import defaultdict
from collections.abc import Iterable
from html import escape
from pathlib import Path
from urllib.parse import quote

NAME = "index.html"
_PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>{title}</title>
<style>
  body {{ font: 15px/1.5 system-ui, sans-serif; margin: 24px; background: #8a8f98; color: #000; }}
  nav {{ columns: 14em; }}
  section {{ display: grid; grid-template-columns: repeat(auto-fill, minmax(420px, 1fr)); gap: 16px; }}
  figure {{ margin: 0; }}
  img {{ width: 100%; }}
  a {{ color: inherit; }}
</style>
<h1>{title}</h1>
<nav>{contents}</nav>
{screens}
</html>
"""


def make(folder: Path, kinds: Iterable[str]) -> Path:
    """Write the page: a part for each screen, with its pictures in the order of their ``kinds``.

    A picture is called ``SCREEN-KIND.png``.
    """
    screens: dict[str, list[str]] = defaultdict(list)
    for kind in kinds:
        for picture in sorted(folder.glob(f"*-{kind}.png")):
            screens[picture.name.removesuffix(f"-{kind}.png")].append(kind)
    names = sorted(screens)
    page = _PAGE.format(
        title=f"{len(names)} screens",
        contents="<br>".join(f'<a href="#{quote(name)}">{escape(name)}</a>' for name in names),
        screens="\n".join(_screen(name, screens[name]) for name in names),
    )
    target = folder / NAME
    target.write_text(page, encoding="utf-8")
    return target


def _screen(name: str, kinds: list[str]) -> str:
    pictures = "\n".join(_picture(f"{name}-{kind}.png", kind) for kind in kinds)
    return f'<h2 id="{escape(name)}">{escape(name)}</h2>\n<section>\n{pictures}\n</section>'


def _picture(file: str, kind: str) -> str:
    """Small; all of it in another page."""
    at = quote(file)
    image = f'<a href="{at}"><img loading="lazy" src="{at}" alt="{escape(file)}"></a>'
    return f"<figure>{image}<figcaption>{escape(kind)}</figcaption></figure>"
