"""Receipts and words about flights: what they need, and what becomes of them on a phone."""

from copy import deepcopy

import pytest

from otn_studio.emulator.errors import GraphError
from otn_studio.emulator.sends import read_send
from tests.emulator import slips
from tests.emulator.calls import TOKEN
from tests.emulator.slips import ALL, BOARDING, CHECK_IN, ITINERARY, RECEIPT, UPDATE

NEEDED = {
    "receipt": "recipient_name order_number currency payment_method summary summary/total_cost"
    " elements/0/title elements/0/price address/street_1 address/city address/country",
    "airline_boardingpass": "intro_message locale boarding_pass boarding_pass/0/passenger_name"
    " boarding_pass/1/pnr_number boarding_pass/0/logo_image_url boarding_pass/0/flight_info"
    " boarding_pass/0/above_bar_code_image_url boarding_pass/0/auxiliary_fields/0/value",
    "airline_checkin": "intro_message locale checkin_url flight_info flight_info/0/flight_number"
    " flight_info/0/departure_airport/airport_code flight_info/0/arrival_airport/city"
    " flight_info/0/flight_schedule/departure_time",
    "airline_itinerary": "intro_message locale pnr_number passenger_info passenger_info/0/name"
    " passenger_segment_info passenger_segment_info/0/seat flight_info/0/connection_id"
    " flight_info/0/segment_id price_info/0/amount total_price currency",
    "airline_update": "intro_message locale update_type update_flight_info"
    " update_flight_info/flight_number update_flight_info/departure_airport",
}
NOT_NEEDED = {
    "receipt": "merchant_name order_url timestamp elements address adjustments summary/subtotal"
    " elements/0/quantity adjustments/0/name",
    "airline_boardingpass": "boarding_pass/0/seat boarding_pass/0/qr_code"
    " boarding_pass/0/flight_info/flight_schedule/arrival_time",
    "airline_checkin": "pnr_number flight_info/0/departure_airport/gate",
    "airline_itinerary": "theme_color price_info price_info/0/currency",
    "airline_update": "update_flight_info/flight_schedule/boarding_time",
}


def call(payload):
    attachment = {"type": "template", "payload": payload}
    return {"recipient": {"id": "12"}, "message": {"attachment": attachment}}


def of(type):
    return next(payload for payload in ALL if payload["template_type"] == type)


def changed(payload, path, *value):
    """With another value there, or with none."""
    whole = deepcopy(payload)
    *way, last = [int(step) if step.isdecimal() else step for step in path.split("/")]
    part = whole
    for step in way:
        part = part[step]
    part.pop(last)
    if value:
        part[last] = value[0]
    return whole


def each(table):
    return [(type, path) for type, paths in table.items() for path in paths.split()]


@pytest.mark.parametrize(("type", "path"), each(NEEDED))
def test_what_is_needed_is_missed(type, path):
    names = "".join(f"[{step}]" for step in path.split("/"))
    with pytest.raises(GraphError) as refused:
        read_send(call(changed(of(type), path)))
    said = f"(#100) The parameter message[attachment][payload]{names} is required."
    assert (refused.value.code, refused.value.body("t")["error"]["message"]) == (100, said)


@pytest.mark.parametrize(("type", "path"), each(NOT_NEEDED))
def test_what_is_not_needed_may_be_left_out(type, path):
    assert read_send(call(changed(of(type), path))).message.content.told


@pytest.mark.parametrize(
    ("payload", "said"),
    [
        (changed(RECEIPT, "currency", "euros"), "must be a currency such as EUR"),
        (changed(RECEIPT, "summary/total_cost", "much"), "[total_cost] must be a number"),
        (changed(RECEIPT, "summary/total_cost", True), "[total_cost] must be a number"),
        (changed(RECEIPT, "elements", RECEIPT["elements"] * 51), "between 0 and 100 elements"),
        (changed(RECEIPT, "order_url", "bakery"), "must be a valid URL"),
        (changed(RECEIPT, "recipient_name", " "), "must be non-empty"),
        (changed(BOARDING, "locale", "english"), "must be a locale such as en_US"),
        ({**BOARDING, "theme_color": "blue"}, "must be a color"),
        (changed(BOARDING, "boarding_pass/0/travel_class", "best"), "one of {economy, business"),
        (
            changed(
                BOARDING, "boarding_pass/1/auxiliary_fields", [{"label": "a", "value": "b"}] * 6
            ),
            "between 1 and 5 elements",
        ),
        (
            {
                **BOARDING,
                "boarding_pass": [{**slips.PASS, "barcode_image_url": "https://a.example/b"}],
            },
            "[boarding_pass][0] must not have both a qr_code and a barcode_image_url",
        ),
        (changed(ITINERARY, "price_info", ITINERARY["price_info"] * 5), "between 1 and 4 elements"),
        (changed(UPDATE, "update_type", "late"), "one of {delay, gate_change, cancellation}"),
        (
            changed(CHECK_IN, "flight_info/0/flight_schedule/departure_time", "2026-13-24T19:05"),
            "must be a time such as 2026-12-24T19:05",
        ),
    ],
)
def test_what_is_not_as_it_should_be_is_refused(payload, said):
    with pytest.raises(GraphError) as refused:
        read_send(call(payload))
    assert (refused.value.code, said in str(refused.value)) == (100, True)


@pytest.mark.parametrize("payload", ALL, ids=lambda one: one["template_type"])
def test_an_echo_holds_what_was_sent(payload):
    [attachment] = read_send(call(payload)).message.content.echoed()["attachments"]
    assert attachment == {"type": "template", "payload": payload}


def sent(engine, base_url, visitor, payload):
    body = call(payload) | {"recipient": {"id": visitor.id}}
    assert engine.post(f"{base_url}/me/messages", params=TOKEN, json=body, timeout=10).ok
    return visitor.phone()[-1]


def test_a_receipt_is_on_the_phone(engine, base_url, visitor):
    shown = sent(engine, base_url, visitor, {**RECEIPT, "nobody_knows": 1})
    assert (shown["kind"], shown["order_number"]) == ("receipt", "2026-117")
    assert shown["summary"]["total_cost"] == 10.16
    assert "nobody_knows" not in shown


def test_a_boarding_pass_names_each_flight_once_and_everybody_on_it(engine, base_url, visitor):
    shown = sent(engine, base_url, visitor, BOARDING)
    assert (shown["kind"], shown["booking"]) == ("flights", "CG4X7U")
    assert [one["flight_number"] for one in shown["flights"]] == ["TP571"]
    assert shown["seats"] == [{"name": "SILVA/ANA", "seat": "74J"}] * 2


def test_an_itinerary_says_who_sits_where_and_what_it_costs(engine, base_url, visitor):
    shown = sent(engine, base_url, visitor, ITINERARY)
    assert shown["seats"] == [{"name": "Ana Maria Silva", "seat": "12A"}]
    assert (shown["price"], shown["currency"]) == ("214.90", "EUR")


def test_a_change_is_told(engine, base_url, visitor):
    shown = sent(engine, base_url, visitor, UPDATE)
    assert (shown["update"], shown["text"], shown["booking"]) == (
        *("gate_change", "About your flight:", ""),
    )


def test_a_reminder_leads_to_the_check_in_and_the_page_hears_nothing(engine, base_url, visitor):
    assert sent(engine, base_url, visitor, CHECK_IN)["buttons"][0]["title"] == "Check in"
    visitor.tap("Check in")
    assert visitor.phone()[-1]["url"] == CHECK_IN["checkin_url"]
