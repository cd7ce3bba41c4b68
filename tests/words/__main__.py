"""Write the template anew: ``python -m tests.words``."""

from tests.words.template import TEMPLATE, template

TEMPLATE.parent.mkdir(exist_ok=True)
TEMPLATE.write_text(template(), encoding="utf-8")
