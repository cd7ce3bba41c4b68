// Times and lengths of time in words.

const DAY = 24 * 60;

export function moment(instant) {
  return instant.toLocaleString("en-GB", {
    weekday: "short", day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit",
  });
}

export function length(milliseconds) {
  const minutes = Math.max(Math.round(Math.abs(milliseconds) / 60000), 1);
  if (minutes >= 2 * DAY) return `${Math.floor(minutes / DAY)} days`;
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return [hours ? `${hours} h` : "", rest || !hours ? `${rest} min` : ""].filter(Boolean).join(" ");
}
