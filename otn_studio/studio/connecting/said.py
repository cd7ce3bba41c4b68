"""What the assistant says about each step, and about each set of rules, in plain words."""

from typing import Final, NamedTuple

from otn_studio.blocks.words import Words
from otn_studio.policy.profiles import PROFILES, Rules
from otn_studio.studio.connecting.store import Step


class Said(NamedTuple):
    """A step: its name in the list, what it is for, and what its button does."""

    name: Words
    about: Words
    button: Words


STEPS: Final = {
    Step.TOKEN: Said(
        Words("Access key"),
        Words(
            "With this key the program speaks for your Page; Facebook calls it “access token”. In the"
            " settings of your app at developers.facebook.com, open Messenger, press “Generate” beside"
            " your Page, and copy what is shown. If you have no app yet, the question mark"
            " below leads to how one is made."
        ),
        Words("Test and save"),
    ),
    Step.SECRET: Said(
        Words("App secret"),
        Words(
            "By it we know that a message really comes from Messenger. In the app’s settings, under"
            " “Basic”, press “Show” beside “App secret”, and copy it."
        ),
        Words("Test and save"),
    ),
    Step.PERMISSIONS: Said(
        Words("Permissions"),
        Words(
            "Your Page has to let the app write messages and hear of them. Nothing is to be typed here:"
            " we ask Messenger what it allows."
        ),
        Words("Ask Messenger"),
    ),
    Step.ADDRESS: Said(
        Words("Address"),
        Words(
            "Messenger brings every message to an address on the internet, and a tunnel leads from"
            " there to the engine on this computer. Choose the one that you like, start it, and write"
            " its address here."
        ),
        Words("Test it"),
    ),
    Step.VERIFICATION: Said(
        Words("Verification"),
        Words(
            "Messenger asks once at your address whether it is really yours. We can write the address"
            " into the app’s settings for you. Or paste both lines there yourself, under Messenger ›"
            " Webhooks, and press “Verify and save”."
        ),
        Words("Enter it for me"),
    ),
    Step.SUBSCRIPTION: Said(
        Words("Subscription"),
        Words("Now your Page is told to send what people write to this app."),
        Words("Subscribe the Page"),
    ),
    Step.RULES: Said(
        Words("Time zone and rules"),
        Words(
            "Days, weeks and times of day count in the Page’s time zone. Messenger’s rules for messages"
            " on a topic have changed over the years; this is what fits today and where you are."
        ),
        Words("Save"),
    ),
    Step.MESSAGE: Said(
        Words("First message"),
        Words(
            "Now write to your own Page, from your own account, exactly these words. It is answered as"
            " soon as it comes."
        ),
        Words("Look again"),
    ),
}

TUNNELS: Final = (
    (
        Words("cloudflared"),
        Words("Free, and needs no account. The address changes each time it starts."),
        "cloudflared tunnel --url {engine}",
    ),
    (
        Words("ngrok"),
        Words("Needs a free account; then the address stays the same."),
        "ngrok http {engine}",
    ),
    (
        Words("A proxy of your own"),
        Words(
            "A web server with your own name, such as nginx or Caddy, that passes everything on."
        ),
        "caddy reverse-proxy --from bot.shop.example --to {engine}",
    ),
)
"""What it is, what speaks for it, and the command that starts it."""

PROFILES_SAID: Final = {
    "rn-2022": (
        Words("As of 2022"),
        Words("Once a day, week or month as people chose; a yes holds 6, 9 or 12 months."),
    ),
    "rn-2023": (
        Words("As of August 2023"),
        Words("One message on a topic in any 24 hours; a yes holds until people stop it."),
    ),
    "rn-2025": (
        Words("As of September 2025"),
        Words("One message on a topic in any 48 hours; a yes holds until people stop it."),
    ),
    "retired-2026": (
        Words("As of February 2026"),
        Words(
            "As before, but only for Pages in the European Union, the United Kingdom, Australia, Japan"
            " and South Korea."
        ),
    ),
}


def consequence(profile: str, country: str) -> Words:
    """What the rules mean for a Page in a country."""
    if Rules(PROFILES[profile], country=country).allow_recurring:
        return Words("Your Page may write on daily, weekly and monthly topics.")
    if not country:
        return Words(
            "Without a country, your Page can’t write on daily, weekly and monthly topics. One-time"
            " notifications work."
        )
    return Words(
        "In your country Messenger no longer takes messages on daily, weekly and monthly topics."
        " One-time notifications still work."
    )
