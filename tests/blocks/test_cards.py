from hypothesis import given
from hypothesis import strategies as st

from otn_studio.blocks.elements.buttons import Button
from otn_studio.blocks.elements.card import Card
from otn_studio.blocks.elements.carousel import Carousel, CarouselCard
from otn_studio.blocks.outgoing import Choice, texts_needed
from otn_studio.policy import limits
from tests.builders import a_turn

ids = st.text("ab-_1", min_size=1, max_size=3)
buttons = st.lists(ids, max_size=3, unique=True).map(
    lambda found: tuple(Button(id=id, title=f"To {id}") for id in found)
)
carousels = st.dictionaries(ids, buttons, min_size=1, max_size=10).map(
    lambda cards: Carousel(
        id="shoes",
        cards=tuple(
            CarouselCard(id=id, title=id, subtitle="x", buttons=own) for id, own in cards.items()
        ),
    )
)


@given(carousels)
def test_every_button_of_a_carousel_has_a_way_out_of_its_own(carousel):
    tapped = [
        (button.port, button.title)
        for card in carousel.message(a_turn()).cards
        for button in card.buttons
        if isinstance(button, Choice)
    ]
    ways = [(port.id, str(port.words)) for port in carousel.ports()]
    assert tapped == ways
    assert len({port for port, _ in ways}) == len(ways)


@given(st.text(max_size=300), st.text(max_size=300))
def test_what_a_card_says_fits_into_it(title, words):
    card = Card(id="c", title="{{ contact.title }}", subtitle="{{ contact.words }}")
    (shown,) = card.message(a_turn(title=title, words=words)).cards
    assert len(shown.title) <= limits.CARD_TITLE
    assert len(shown.subtitle) <= limits.CARD_SUBTITLE


def test_a_title_that_is_empty_for_somebody_keeps_the_card_from_going():
    card = Card(id="c", title="{{ contact.size }}", buttons=(Button(id="b", title="Buy"),))
    assert texts_needed(card.message(a_turn())) == ("", "Buy")
