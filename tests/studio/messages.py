"""Messages with everything that they can hold, for pictures of them."""

from otn_studio.blocks.elements.audio import Audio
from otn_studio.blocks.elements.buttons import Button, Buttons
from otn_studio.blocks.elements.card import Card
from otn_studio.blocks.elements.carousel import Carousel, CarouselCard
from otn_studio.blocks.elements.file import File
from otn_studio.blocks.elements.otn_request import OtnRequest
from otn_studio.blocks.elements.picture import Picture
from otn_studio.blocks.elements.quick_replies import PhoneOrEmail, QuickReplies, QuickReply
from otn_studio.blocks.elements.recurring_request import RecurringRequest
from otn_studio.blocks.elements.text import Text
from otn_studio.blocks.elements.typing_pause import TypingPause
from otn_studio.blocks.elements.video import Video
from otn_studio.blocks.message.send_message import SendMessage

BUY = Button(id="buy", title="Buy")
CALL = Button(id="call", title="Call us", phone="+1 510 555 1234")
SHOP = Button(id="shop", title="To the shop", url="https://example.com/shop")
HI = Text(id="hi", text="Hi {{ contact.first_name }}, here is what came in this week.")


def _shoe(name: str, words: str, *buttons: Button, picture: bool = True) -> CarouselCard:
    id = name.lower().replace(" ", "-")
    url = f"https://example.com/{id}.jpg" if picture else ""
    return CarouselCard(id=id, title=name, subtitle=words, picture=url, buttons=buttons)


CAROUSEL = Carousel(
    id="shoes",
    cards=(
        _shoe("Blue sneakers", "Back in 41 to 44. They run small, so take one size up.", BUY, SHOP),
        _shoe("Red sneakers", "The last pairs", BUY),
        _shoe("Boots", "For the rain", BUY, SHOP, CALL, picture=False),
    ),
)
CARD = Card(
    id="shoe",
    title="Blue sneakers",
    subtitle="Back in 41 to 44, 20 % off until Sunday",
    picture="https://example.com/blue.jpg",
    buttons=(BUY, SHOP, CALL),
)
SHOWN = {
    "carousel": SendMessage(elements=(CAROUSEL, HI)),
    "card": SendMessage(elements=(CARD, HI)),
    "media": SendMessage(
        elements=(
            Video(id="tour", url="https://example.com/a-tour-of-our-shop.mp4"),
            Audio(id="hello", url="https://example.com/hello.mp3"),
            File(id="list", url="https://example.com/prices-in-december.pdf"),
            Picture(id="shoe", url="https://example.com/blue.jpg"),
        )
    ),
    "typing": SendMessage(
        elements=(
            TypingPause(id="wait", seconds=4),
            Buttons(id="ask", text="Shall we talk?", buttons=(CALL, SHOP)),
            QuickReplies(
                id="how",
                text="Or how can we reach you?",
                replies=(
                    PhoneOrEmail(id="tel"),
                    PhoneOrEmail(id="mail", detail="email_address"),
                    QuickReply(id="no", title="Not now"),
                ),
            ),
        )
    ),
    "permissions": SendMessage(
        elements=(
            OtnRequest(
                id="once", topic="blue-sneakers-5d21f0", title="Get told when size 42 is back"
            ),
            RecurringRequest(id="often", topic="deals", title="Our deals, every Friday"),
        )
    ),
    "words": SendMessage(
        elements=(
            Text(id="joy", text="🎉 They are back 👟👟 in 🔵 and 🔴!"),
            Text(id="arabic", text="مرحبا {{ contact.first_name }}، الأحذية الزرقاء متوفرة الآن"),
            Text(id="hebrew", text="שלום! הנעליים חזרו: https://example.com/shop"),
            Text(
                id="long",
                text="Donaudampfschifffahrtselektrizitätenhauptbetriebswerk",
            ),
        )
    ),
}
"""By what they are to show."""
