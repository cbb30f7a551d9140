import "../browser.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { isGoing, isInBrowser, isOnServer, isProblem, needsAttention, phases } from "../../../GoImg.Web/wwwroot/js/upload/phases.js";
import { size } from "../../../GoImg.Web/wwwroot/js/upload/size.js";
import { inView } from "../../../GoImg.Web/wwwroot/js/upload/tray.js";

test("Of many rows those in view are drawn, and a few around them", () => {
  assert.deepEqual(inView(2000, 0, 380), [0, 10]);
  assert.deepEqual(inView(2000, 76_000, 380), [995, 1010]);
  assert.deepEqual(inView(2000, 2000 * 76 - 380, 380), [1970, 2000]);
});

test("A list that got shorter than it was scrolled still shows its end", () => {
  assert.deepEqual(inView(40, 76_000, 380), [10, 40]);
});

test("Every phase is the browser's, the server's, an end, or somebody's to look at", () => {
  assert.deepEqual(phases.filter(phase => isInBrowser(phase) && isOnServer(phase)), []);
  assert.deepEqual(phases.filter(phase => isGoing(phase) !== (isInBrowser(phase) || isOnServer(phase))), []);
  assert.deepEqual(phases.filter(phase => !isGoing(phase) && !needsAttention(phase)), ["ready"]);
  assert.deepEqual(phases.filter(phase => needsAttention(phase) && !isProblem(phase)), ["duplicate", "trashed", "lost"]);
});

test("Sizes are written as the server writes them", () => {
  const sizes = { bytes: "{0} B", kibibytes: "{0:0} KiB", mebibytes: "{0:0.#} MiB", gibibytes: "{0:0.##} GiB" };
  assert.deepEqual([1023, 1536, 3.44 * 2 ** 20, 5 * 2 ** 30].map(bytes => size(bytes, sizes)), ["1,023 B", "2 KiB", "3.4 MiB", "5 GiB"]);
});
