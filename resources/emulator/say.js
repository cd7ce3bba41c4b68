// What the page says, in the language of its document.

import { get } from "./api.js";

export const LANGUAGE = document.documentElement.lang;
const WORDS = await get("words");

export function say(text, values = {}) {
  return (WORDS[text] ?? text).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}
