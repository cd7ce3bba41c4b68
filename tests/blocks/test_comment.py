import pytest

from otn_studio.blocks.event import Commented, Wrote
from otn_studio.blocks.start.comment import Comment
from tests.builders import NOW


def commented(text: str, post: str = "102030_405060") -> Commented:
    return Commented(NOW, post, "405060_1", text)


@pytest.mark.parametrize(
    ("start", "answers"),
    [
        (Comment(), True),
        (Comment(posts=("405060",)), True),
        (Comment(posts=("102030_405060",)), True),
        (Comment(posts=(" https://facebook.com/shop/posts/405060?ref=share ",)), True),
        (Comment(posts=("https://facebook.com/1111111/posts/shoes/405060/",)), True),
        (Comment(posts=("999999", "405060")), True),
        (Comment(posts=("40506",)), False),
        (Comment(posts=("",)), False),
        (Comment(keywords=("SIZE",)), True),
        (Comment(keywords=("oversize", "size")), True),
        (Comment(keywords=("siz",)), False),
        (Comment(keywords=(" ",)), False),
        (Comment(match="is", keywords=("size",)), False),
        (Comment(match="starts_with", keywords=("which",)), True),
        (Comment(posts=("999999",), keywords=("size",)), False),
    ],
)
def test_it_answers_comments_below_its_posts_with_its_words(start, answers):
    assert start.answers(commented("Which size is it?")) is answers


def test_it_answers_no_message():
    assert not Comment().answers(Wrote(NOW, "size"))


def test_its_summary_says_what_it_waits_for():
    assert str(Comment().summary()) == "Someone comments below a post"
    assert str(Comment(keywords=("a", "{b}")).summary()) == (
        "Someone comments “a”, “{b}” below a post"
    )


def test_two_compete_where_they_wait_for_the_same_below_the_same_post():
    assert Comment().claims() & Comment().claims()
    assert Comment(posts=("12345",)).claims() & Comment(posts=("7_12345",)).claims()
    assert not Comment(posts=("12345",)).claims() & Comment(posts=("99999",)).claims()
    assert not Comment(keywords=("a",)).claims() & Comment(keywords=("b",)).claims()
