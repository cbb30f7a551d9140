import "../browser.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { counts, headline, reasons, summarize } from "../../../GoImg.Web/wwwroot/js/upload/summary.js";

const words = {
  headPaused: "Paused {0}", headOffline: "Offline {0}", headBlocked: "Blocked until {0}: {1}", headUploading: "Uploading {0}", headRendering: "Making {0}", headLost: "Lost {0}",
  headProblems: "Failed {0}", headDone: "Done {0}", nothingNew: "Nothing new", remaining: "{0} of {2}, {1} ready", countReady: "{0} ready", countDuplicates: "{0} there", countFailed: "{0} failed", countLost: "{0} lost",
};
const rows = (...phases) => phases.map(phase => ({ phase, bytes: 10, sent: 0, reason: null }));

for (const [phases, said] of [
  [["sending", "waiting", "ready"], "Uploading 2"],
  [["sending", "paused"], "Uploading 1"],
  [["paused", "paused"], "Paused 2"],
  [["offline", "waiting"], "Offline 2"],
  [["offline", "sending"], "Uploading 2"],
  [["blocked", "blocked", "rendering"], "Blocked until 12:30: 2"],
  [["sending", "blocked", "blocked"], "Uploading 1"],
  [["received", "scanning", "ready"], "Making 2"],
  [["lost", "refused"], "Lost 1"],
  [["refused", "failed", "quarantined", "interrupted", "ready"], "Failed 4"],
  [["duplicate", "trashed"], "Nothing new"],
  [["duplicate", "ready"], "Done 1"],
]) test(`${phases.join(", ")}: ${said}`, () => {
  assert.equal(headline(summarize(rows(...phases)), words, "12:30"), said);
});

test("While something goes on the counts say how much is left, after that what became of it", () => {
  assert.equal(counts(summarize(rows("waiting", "rendering", "ready")), words), "2 of 3, 1 ready");
  assert.equal(counts(summarize(rows("ready", "duplicate", "refused", "lost", "ready")), words), "2 ready · 1 there · 1 failed · 1 lost");
});

test("Progress is that of the bytes, without those of what was refused, and then that of the images", () => {
  assert.equal(summarize([{ phase: "sending", bytes: 30, sent: 15 }, { phase: "received", bytes: 10, sent: 10 }, { phase: "refused", bytes: 1000, sent: 0 }]).percent, 62);
  assert.equal(summarize(rows("rendering", "ready", "ready", "failed")).percent, 66);
  assert.equal(summarize([]).percent, 100);
});

test("Reasons that several files share are told once, the commonest first", () => {
  const of = (reason, times, phase = "refused") => Array(times).fill({ phase, reason });
  assert.deepEqual(reasons([...of("rare", 2), ...of("once", 1), ...of("often", 3), ...of("offline", 2, "offline")]), [["often", 3], ["rare", 2]]);
});
