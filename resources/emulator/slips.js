// What receipts and words about flights hold: a name beside a value, line by line.

import { make } from "./dom.js";
import { say } from "./say.js";
import { clockTime, money } from "./times.js";

const UPDATES = {
  delay: () => say("The flight is delayed"),
  gate_change: () => say("The gate has changed"),
  cancellation: () => say("The flight is canceled"),
};

export function receipt(entry) {
  const { summary, address, adjustments = [], elements = [] } = entry;
  const cost = (name, amount) => (amount === undefined ? null : row(name, money(amount, entry.currency)));
  return [
    head(entry.merchant_name ?? say("Receipt"), say("Order {order_number}", entry)),
    part(...elements.map((one) => item(one, entry.currency))),
    part(
      cost(say("Subtotal"), summary.subtotal),
      cost(say("Shipping"), summary.shipping_cost),
      cost(say("Taxes"), summary.total_tax),
      ...adjustments.map((one) => cost(one.name ?? say("Discount"), one.amount === undefined ? undefined : -one.amount)),
      total(summary.total_cost, entry.currency),
    ),
    part(
      row(say("Paid with"), entry.payment_method),
      row(say("For"), entry.recipient_name),
      address && row(say("Sent to"), [address.street_1, address.street_2, `${address.postal_code} ${address.city}`].filter(Boolean).join(", ")),
    ),
  ];
}

export function flights(entry) {
  return [
    UPDATES[entry.update] ? head(UPDATES[entry.update](), "") : null,
    ...entry.flights.map(flight),
    part(
      entry.booking && row(say("Booking"), entry.booking),
      ...entry.seats.map((one) => row(one.name, one.seat)),
      entry.price !== null && total(entry.price, entry.currency),
    ),
  ];
}

function flight(one) {
  const [from, to, times] = [one.departure_airport, one.arrival_airport, one.flight_schedule];
  const timed = (name, time) => time && row(name, clockTime(time));
  return part(
    make("strong", { textContent: `${from.airport_code} → ${to.airport_code}` }),
    row(say("Flight"), one.flight_number),
    timed(say("Boarding"), times.boarding_time),
    timed(from.city, times.departure_time),
    timed(to.city, times.arrival_time),
    from.terminal && row(say("Terminal"), from.terminal),
    from.gate && row(say("Gate"), from.gate),
  );
}

function item(one, currency) {
  const title = one.quantity === undefined ? one.title : `${one.quantity} × ${one.title}`;
  const price = row(title, money(one.price, one.currency ?? currency));
  return one.subtitle ? make("div", {}, price, make("small", { textContent: one.subtitle, dir: "auto" })) : price;
}

function total(amount, currency) {
  const line = row(say("Total"), money(amount, currency));
  line.classList.add("total");
  return line;
}

function head(words, below) {
  return part(make("strong", { textContent: words, dir: "auto" }), below && make("small", { textContent: below }));
}

function part(...lines) {
  const shown = lines.filter(Boolean);
  return shown.length ? make("div", { className: "part" }, ...shown) : null;
}

function row(name, value) {
  const label = make("span", { textContent: name, dir: "auto" });
  return make("div", { className: "fact" }, label, make("span", { textContent: value, dir: "auto" }));
}
