"""Receipts, boarding passes, itineraries: templates that hold many small facts.

Source: Messenger Platform, "Receipt template". What the airline templates need is taken from client
libraries that do not know of each other and agree: the types of npm ``messaging-api-messenger``, the
specification of a library in Clojure, the classes of one in Python. Where only one of them says that a
value is needed, it may be left out here. The limits are Messenger's: 100 elements, 4 prices, 5 fields.
"""

from dataclasses import dataclass
from typing import Any, ClassVar, Final

from otn_studio.emulator.contents import Button, template
from otn_studio.emulator.errors import bad_parameter
from otn_studio.emulator.params import Param
from otn_studio.emulator.shapes import (
    Shape,
    amount,
    any_text,
    id,
    moment,
    one_of,
    several,
    text,
    url,
    written,
)

CHECK_IN: Final = "Check in"
"""The button of a reminder to check in, which Messenger writes itself."""
_LOCALE: Final = written(r"[a-z]{2}_[A-Z]{2}", "a locale such as en_US")
_COLOR: Final = written(r"#[0-9A-Fa-f]{6}", "a color such as #009ddc")
_CURRENCY: Final = written(r"[A-Z]{3}", "a currency such as EUR")
_CLASS: Final = one_of("economy", "business", "first_class")
_FIELD: Final = Shape({"label": text, "value": text})
_FIELDS: Final = several(_FIELD, at_most=5)

_RECEIPT: Final = Shape(
    {
        **dict.fromkeys(("recipient_name", "order_number", "payment_method"), text),
        "currency": _CURRENCY,
        "summary": Shape(
            {"total_cost": amount},
            dict.fromkeys(("subtotal", "shipping_cost", "total_tax"), amount),
        ),
    },
    {
        "merchant_name": text,
        "order_url": url,
        "timestamp": id,
        "elements": several(
            Shape(
                {"title": text, "price": amount},
                {"subtitle": text, "quantity": amount, "currency": _CURRENCY, "image_url": url},
            ),
            at_least=0,
        ),
        "address": Shape(
            dict.fromkeys(("street_1", "city", "postal_code", "state", "country"), text),
            {"street_2": any_text},
        ),
        "adjustments": several(Shape({}, {"name": text, "amount": amount}), at_least=0),
    },
)
_AIRPORT: Final = Shape(
    dict.fromkeys(("airport_code", "city"), text), {"terminal": text, "gate": text}
)
_FLIGHT: Final = Shape(
    {
        "flight_number": text,
        "departure_airport": _AIRPORT,
        "arrival_airport": _AIRPORT,
        "flight_schedule": Shape(
            {"departure_time": moment}, {"boarding_time": moment, "arrival_time": moment}
        ),
    }
)
_BOOKED_FLIGHT: Final = Shape(
    {**_FLIGHT.needed, "connection_id": id, "segment_id": id},
    {"aircraft_type": text, "travel_class": _CLASS},
)
_PASS: Final = Shape(
    {
        **dict.fromkeys(("passenger_name", "pnr_number"), text),
        **dict.fromkeys(("logo_image_url", "above_bar_code_image_url"), url),
        "flight_info": _FLIGHT,
    },
    {
        **dict.fromkeys(("seat", "qr_code"), text),
        **dict.fromkeys(("header_image_url", "barcode_image_url"), url),
        **dict.fromkeys(("auxiliary_fields", "secondary_fields"), _FIELDS),
        "header_text_field": _FIELD,
        "travel_class": _CLASS,
    },
)
_SAID: Final = {"intro_message": text, "locale": _LOCALE}
_FLIGHTS: Final = {
    "airline_boardingpass": Shape(
        {**_SAID, "boarding_pass": several(_PASS)}, {"theme_color": _COLOR}
    ),
    "airline_checkin": Shape(
        {**_SAID, "checkin_url": url, "flight_info": several(_FLIGHT)}, {"pnr_number": text}
    ),
    "airline_itinerary": Shape(
        {
            **_SAID,
            "pnr_number": text,
            "passenger_info": several(Shape({"passenger_id": id, "name": text})),
            "flight_info": several(_BOOKED_FLIGHT),
            "passenger_segment_info": several(
                Shape(
                    {"segment_id": id, "passenger_id": id, "seat": text, "seat_type": text},
                    {"product_info": several(Shape({"title": text, "value": text}))},
                )
            ),
            "total_price": amount,
            "currency": _CURRENCY,
        },
        {
            "theme_color": _COLOR,
            "price_info": several(
                Shape({"title": text, "amount": amount}, {"currency": _CURRENCY}), at_most=4
            ),
            **dict.fromkeys(("base_price", "tax"), amount),
        },
    ),
    "airline_update": Shape(
        {
            **_SAID,
            "update_type": one_of("delay", "gate_change", "cancellation"),
            "update_flight_info": _FLIGHT,
        },
        {"theme_color": _COLOR, "pnr_number": text},
    ),
}


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was ordered, and what it cost."""

    kind: ClassVar = "receipt"
    told: dict[str, Any]

    def shown(self) -> dict:
        return dict(self.told)

    def echoed(self) -> dict:
        return template({"template_type": self.kind} | self.told)


@dataclass(frozen=True, slots=True)
class Flights:
    """Words about flights, one below the other, and who is on them."""

    kind: ClassVar = "flights"
    template_type: str
    told: dict[str, Any]

    @property
    def buttons(self) -> tuple[Button, ...]:
        link = self.told.get("checkin_url")
        return (Button(CHECK_IN, url=link),) if link else ()

    def shown(self) -> dict:
        told = self.told
        bookings = [told.get("pnr_number", ""), *(one["pnr_number"] for one in self._passes)]
        return {
            "text": told["intro_message"],
            "update": told.get("update_type", ""),
            "booking": next(filter(None, bookings), ""),
            "flights": self._flights(),
            "seats": [{"name": name, "seat": seat} for name, seat in self._seats()],
            "price": told.get("total_price"),
            "currency": told.get("currency"),
            "buttons": [button.shown() for button in self.buttons],
        }

    def echoed(self) -> dict:
        return template({"template_type": self.template_type} | self.told)

    @property
    def _passes(self) -> list[dict]:
        return self.told.get("boarding_pass", [])

    def _flights(self) -> list[dict]:
        """Each once, however many people are on it."""
        told = self.told
        flights = [one["flight_info"] for one in self._passes] or told.get("flight_info", [])
        found = flights or [told["update_flight_info"]]
        return [one for number, one in enumerate(found) if one not in found[:number]]

    def _seats(self) -> list[tuple[str, str]]:
        """Who sits where: on a pass, or in an itinerary."""
        names = {one["passenger_id"]: one["name"] for one in self.told.get("passenger_info", [])}
        segments = self.told.get("passenger_segment_info", [])
        booked = [(names.get(one["passenger_id"], ""), one["seat"]) for one in segments]
        return [(one["passenger_name"], one.get("seat", "")) for one in self._passes] + booked


def read_receipt(payload: Param) -> Receipt:
    return Receipt(_RECEIPT(payload))


def read_flights(payload: Param) -> Flights:
    kind = payload["template_type"].value
    told = _FLIGHTS[kind](payload)
    for number, one in enumerate(told.get("boarding_pass", [])):
        if "qr_code" in one and "barcode_image_url" in one:
            where = f"{payload.path}[boarding_pass][{number}]"
            raise bad_parameter(
                f"Param {where} must not have both a qr_code and a barcode_image_url."
            )
    return Flights(kind, told)


FLIGHTS: Final = tuple(_FLIGHTS)
"""The types of templates about them."""
