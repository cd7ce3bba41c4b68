"""Write the template anew, and bring the catalogues up to it: ``python -m tests.words``."""

from tests.words.catalogues import brought_up_to_date, catalogues, compiled, untranslated
from tests.words.template import TEMPLATE, template

TEMPLATE.parent.mkdir(exist_ok=True)
TEMPLATE.write_text(template(), encoding="utf-8")
for file in catalogues():
    file.write_text(brought_up_to_date(file), encoding="utf-8")
    file.with_suffix(".mo").write_bytes(compiled(file))
    for sentence in untranslated(file):
        print(f"{file.parents[1].name}: not translated yet: {sentence}")
