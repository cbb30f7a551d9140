import { tick } from "../browser.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { carry, fingerprint, note, orphans, settle, takeCarried } from "../../../GoImg.Web/wwwroot/js/upload/memory.js";

const row = (print, more = {}) => ({ print, name: `${print}.png`, title: print, bytes: 10, sent: 4, place: "/uploads/1", phase: "sending", ...more });
const key = "goimg.unfinished.ana";
const kept = () => JSON.parse(localStorage.getItem(key) ?? "null");
const left = (tab, print = "lost") => localStorage.setItem(key, JSON.stringify({ [print]: { print, tab, bytes: 10, sent: 4 } }));

test("A fingerprint is name, size and time of the file", () => {
  assert.equal(fingerprint({ name: "a.png", size: 3, lastModified: 9 }), "a.png|3|9");
});

test("Rows are noted a little later, once for many changes", async () => {
  let rows = [];
  note("ana", () => rows);
  note("ana", () => rows);
  rows = [row("a"), row("b", { place: undefined })];
  assert.equal(kept(), null);
  await tick(400);
  assert.deepEqual(Object.keys(kept()), ["a", "b"]);
  assert.equal(kept().b.place, null);
});

test("Rows that are finished are forgotten, and with the last one the whole entry", async () => {
  note("ana", () => [row("a")]);
  await tick(400);
  note("ana", () => []);
  await tick(400);
  assert.equal(kept(), null);
});

test("What this tab noted is not an orphan; what a dead tab noted is", async () => {
  note("ana", () => [row("mine")]);
  await tick(400);
  assert.deepEqual(orphans("ana"), []);
  left("dead");
  assert.deepEqual(orphans("ana").map(entry => entry.print), ["lost"]);
});

test("Entries of a tab that lives are left alone, until it has not been heard of for fifteen seconds", async () => {
  left("other");
  localStorage.setItem("goimg.tab.other", Date.now());
  assert.deepEqual(orphans("ana"), []);
  await tick(15_000);
  assert.equal(orphans("ana").length, 1);
});

test("A tab does not take itself for dead when its own heartbeat was held up", async () => {
  note("ana", () => [row("mine")]);
  await tick(400);
  localStorage.removeItem(`goimg.tab.${kept().mine.tab}`);
  assert.deepEqual(orphans("ana"), []);
});

test("Another tab's entries outlive this tab's notes, and those of another member are not seen", async () => {
  left("other");
  note("ana", () => [row("mine")]);
  await tick(400);
  assert.deepEqual(Object.keys(kept()), ["lost", "mine"]);
  assert.deepEqual(orphans("ben"), []);
});

test("A tab that closes notes at once, and no longer says that it lives", async () => {
  note("ana", () => [row("a")]);
  settle("ana", () => [row("a")]);
  assert.deepEqual(Object.keys(kept()), ["a"]);
  assert.equal(localStorage.getItem(`goimg.tab.${kept().a.tab}`), null);
  await tick(400);
});

test("What can't be read is nothing, and a storage that is full remembers nothing", async t => {
  localStorage.setItem(key, "{broken");
  assert.deepEqual(orphans("ana"), []);
  t.mock.method(localStorage, "setItem", () => { throw new Error("QuotaExceededError"); });
  note("ana", () => [row("a")]);
  await tick(400);
  carry([row("a")]);
  assert.equal(localStorage.getItem(key), "{broken");
});

test("Outcomes are carried over one reload, without what only this page knows", () => {
  carry([row("a", { phase: "received", reason: null, image: "id", file: {} })]);
  assert.deepEqual(takeCarried(), [{ name: "a.png", title: "a", bytes: 10, sent: 4, phase: "received", reason: null, image: "id" }]);
  assert.deepEqual(takeCarried(), []);
});
