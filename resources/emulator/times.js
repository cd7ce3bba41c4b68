// Times and lengths of time in words.

import { LANGUAGE } from "./say.js";

const DAY = 24 * 60;
const PLACE = LANGUAGE === "en" ? "en-GB" : LANGUAGE;

export function moment(instant) {
  return instant.toLocaleString(PLACE, {
    weekday: "short", day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit",
  });
}

// A time by the clocks of a place that is not known, as it is written.
export function clockTime(written) {
  return new Date(`${written}Z`).toLocaleString(PLACE, {
    timeZone: "UTC", weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit",
  });
}

export function money(amount, currency) {
  return Number(amount).toLocaleString(PLACE, { style: "currency", currency });
}

export function length(milliseconds) {
  const minutes = Math.max(Math.floor(Math.abs(milliseconds) / 60000), 1);
  if (minutes >= 2 * DAY) return counted(Math.floor(minutes / DAY), "day");
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return [hours ? `${hours} h` : "", rest || !hours ? `${rest} min` : ""].filter(Boolean).join(" ");
}

export function counted(number, unit) {
  return number.toLocaleString(PLACE, { style: "unit", unit, unitDisplay: "long" });
}
