from html.parser import HTMLParser

from tests.studio import contact_sheet


class Sources(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attributes):
        if tag == "img":
            self.found.append(dict(attributes)["src"])


def test_every_picture_is_on_the_sheet_those_of_a_screen_beside_each_other(tmp_path):
    pictures = ["a-menu-dark-200.png", "a-menu-light-200.png", "a-light-200.png", "b-dark-200.png"]
    for name in pictures:
        (tmp_path / name).touch()
    sources = Sources()
    sources.feed(contact_sheet.make(tmp_path, ["light-200", "dark-200"]).read_text())
    assert sources.found == [
        *("a-light-200.png", "a-menu-light-200.png", "a-menu-dark-200.png", "b-dark-200.png"),
    ]
