import { happen, put } from "./browser.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { say } from "../../GoImg.Web/wwwroot/js/times.js";

const minutes = 60_000;
const hours = 60 * minutes;
const days = 24 * hours;
const at = new Date(2025, 2, 9, 12);

for (const [age, words] of [
  [0, "just now"], [59_999, "just now"], [minutes, "1 minute ago"], [59 * minutes, "59 minutes ago"], [60 * minutes, "1 hour ago"],
  [23.9 * hours, "23 hours ago"], [days, "1 day ago"], [6.9 * days, "6 days ago"], [7 * days, "9 Mar 2025"],
  [-30_000, "just now"], [-2 * minutes, "9 Mar 2025"],
]) test(`${age / minutes} minutes are said as "${words}"`, () => assert.equal(say(at, age), words));

test("A new page says its times by the reader's clock", () => {
  const time = put("time[data-time]", { dateTime: new Date(Date.now() - 5 * minutes).toISOString() });
  happen("goimg:page");
  assert.equal(time.textContent, "5 minutes ago");
  assert.notEqual(time.title, "");
});
