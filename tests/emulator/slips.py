"""Receipts and words about flights, as other programs send them."""

RECEIPT = {
    "template_type": "receipt",
    "merchant_name": "Bakery at the Corner",
    "recipient_name": "Ana Maria Silva",
    "order_number": "2026-117",
    "currency": "EUR",
    "payment_method": "Visa 2345",
    "order_url": "https://bakery.example/orders/117",
    "timestamp": "1793016000",
    "address": {
        "street_1": "1 Mill Lane",
        "street_2": "",
        "city": "Lisbon",
        "postal_code": "1100",
        "state": "LX",
        "country": "PT",
    },
    "summary": {"subtotal": 9.5, "shipping_cost": 2, "total_tax": 0.66, "total_cost": 10.16},
    "adjustments": [{"name": "New customer", "amount": 2}],
    "elements": [
        {"title": "Sourdough", "subtitle": "Sliced", "quantity": 2, "price": 7, "currency": "EUR"},
        {"title": "Walnut bread", "price": "2.50"},
    ],
}
FLIGHT = {
    "flight_number": "TP571",
    "departure_airport": {"airport_code": "LIS", "city": "Lisbon", "terminal": "1", "gate": "22"},
    "arrival_airport": {"airport_code": "TXL", "city": "Berlin"},
    "flight_schedule": {
        "boarding_time": "2026-12-24T18:20",
        "departure_time": "2026-12-24T19:05",
        "arrival_time": "2026-12-24T23:40",
    },
}
SAID = {"intro_message": "About your flight:", "locale": "en_US"}
PASS = {
    "passenger_name": "SILVA/ANA",
    "pnr_number": "CG4X7U",
    "seat": "74J",
    "travel_class": "business",
    "auxiliary_fields": [{"label": "Terminal", "value": "T1"}],
    "logo_image_url": "https://air.example/logo.png",
    "above_bar_code_image_url": "https://air.example/bar.png",
    "qr_code": "M1SILVA",
    "flight_info": FLIGHT,
}
BOARDING = {"template_type": "airline_boardingpass", **SAID, "boarding_pass": [PASS, {**PASS}]}
CHECK_IN = {
    "template_type": "airline_checkin",
    **SAID,
    "pnr_number": "CG4X7U",
    "checkin_url": "https://air.example/check-in",
    "flight_info": [FLIGHT],
}
ITINERARY = {
    "template_type": "airline_itinerary",
    **SAID,
    "theme_color": "#009ddc",
    "pnr_number": "CG4X7U",
    "passenger_info": [{"passenger_id": "p1", "name": "Ana Maria Silva"}],
    "flight_info": [{**FLIGHT, "connection_id": "c1", "segment_id": "s1"}],
    "passenger_segment_info": [
        {"segment_id": "s1", "passenger_id": "p1", "seat": "12A", "seat_type": "Business"}
    ],
    "price_info": [{"title": "Fuel", "amount": "12", "currency": "EUR"}],
    "total_price": "214.90",
    "currency": "EUR",
}
UPDATE = {
    "template_type": "airline_update",
    **SAID,
    "update_type": "gate_change",
    "update_flight_info": FLIGHT,
}
ALL = (RECEIPT, BOARDING, CHECK_IN, ITINERARY, UPDATE)
