import { happen, put, tick } from "../browser.js";
import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import * as tray from "../../../GoImg.Web/wwwroot/js/upload/tray.js";

const fieldsOfPage = "main :is(input:not([type=file], [type=hidden]), textarea, select)";
const form = values => put("[data-upload-form]", { values });
const row = (key, more = {}) => ({ key, name: `${key}.png`, title: `${key}`, bytes: 10, sent: 0, phase: "waiting", reason: null, image: undefined, ...more });
const none = new Map();
let reports = [];
const component = { invokeMethodAsync: async (_, rows) => { reports.push(rows); } };
afterEach(async () => {
  tray.attach(component, none);
  await tick(10_000);
  tray.detach();
  reports = [];
  delete window.Blazor;
});

test("Rows are told at most four times a second, a row that changed often once", async () => {
  tray.attach(component, none);
  const one = row(1);
  for (const sent of [1, 2, 3]) tray.changed(Object.assign(one, { sent }));
  await tick(249);
  assert.equal(reports.length, 0);
  await tick(1);
  assert.deepEqual(reports.map(rows => rows.map(({ key, sent }) => [key, sent])), [[[1, 3]]]);
});

test("A row's name goes once; after that what moves", async () => {
  tray.attach(component, none);
  const one = row(1);
  tray.changed(one);
  await tick(250);
  tray.changed(Object.assign(one, { phase: "sending", sent: 5 }));
  await tick(250);
  assert.deepEqual(reports[0], [{ key: 1, phase: "waiting", sent: 0, reason: null, image: undefined, name: "1.png", title: "1", bytes: 10 }]);
  assert.deepEqual(reports[1], [{ key: 1, phase: "sending", sent: 5, reason: null, image: undefined }]);
});

test("A message carries a hundred rows, the next ones follow", async () => {
  tray.attach(component, new Map(Array.from({ length: 230 }, (_, i) => [i, row(i)])));
  await tick(750);
  assert.deepEqual(reports.map(rows => rows.length), [100, 100, 30]);
});

test("A title that came too late for the upload is told, once", async () => {
  tray.attach(component, none);
  const one = row(1, { told: true, title: "New" });
  tray.retitled(one);
  tray.changed(one);
  await tick(250);
  tray.changed(one);
  await tick(250);
  assert.deepEqual(reports.map(([told]) => [told.retitled, told.title]), [[true, "New"], [undefined, undefined]]);
});

test("A row that was taken out is not told of", async () => {
  tray.attach(component, none);
  const one = row(1);
  tray.changed(one);
  tray.removed(one);
  await tick(250);
  assert.deepEqual(reports, []);
});

test("What a lost connection swallowed is told again, whole, every two seconds until it arrives", async () => {
  let broken = true;
  tray.attach({ invokeMethodAsync: async (_, rows) => { if (broken) throw new Error("lost"); reports.push(rows); } }, none);
  tray.changed(row(1, { told: true }));
  await tick(250);
  assert.equal(tray.isDeaf(), true);
  broken = false;
  await tick(1_999);
  assert.deepEqual(reports, []);
  await tick(1);
  assert.equal(reports[0][0].name, "1.png");
  assert.equal(tray.isDeaf(), false);
});

test("A call that is never answered counts as lost after five seconds", async () => {
  tray.attach({ invokeMethodAsync: () => new Promise(() => {}) }, none);
  tray.changed(row(1));
  await tick(250 + 4_999);
  assert.equal(tray.isDeaf(), false);
  await tick(1);
  assert.equal(tray.isDeaf(), true);
});

test("Without a tray nothing is told; the next tray hears all of it", async () => {
  const one = row(1, { told: true });
  tray.changed(one);
  await tick(1_000);
  tray.attach(component, new Map([[1, one]]));
  await tick(250);
  assert.equal(reports[0][0].name, "1.png");
});

test("The first file has the page drawn again with its tray, and what was typed on it is put back", async () => {
  const visited = [];
  window.Blazor = { navigateTo: (...to) => visited.push(to) };
  put(fieldsOfPage, { name: "comment", value: "so far", type: "textarea" });
  put(fieldsOfPage, { name: "visibility", value: "public", type: "radio", checked: true });
  await tray.open(none);
  assert.deepEqual(visited, [["https://gallery.test/", { replaceHistoryEntry: true }]]);
  assert.equal(document.cookie, "uploads=1");
  const [comment, radio] = document.querySelectorAll(fieldsOfPage);
  Object.assign(comment, { value: "" });
  Object.assign(radio, { checked: false });
  happen("goimg:page");
  assert.deepEqual([comment.value, radio.checked], ["so far", true]);
});

test("On another page nothing is put back into fields that have other names", async () => {
  window.Blazor = { navigateTo() {} };
  const field = put(fieldsOfPage, { name: "comment", value: "so far" });
  await tray.open(none);
  Object.assign(field, { name: "title", value: "" });
  happen("goimg:page");
  assert.equal(field.value, "");
});

test("A closed tray is not asked for with the next page", async () => {
  await tray.open(none);
  tray.close();
  assert.equal(document.cookie, "");
});

test("New files are private and titled until something else is chosen", () => {
  assert.deepEqual(tray.settings(), { visibility: "private", tags: "", album: "", titles: true, closes: false });
});

test("What the form says wins while it is on the page, and is remembered when it is gone", () => {
  const page = form({ visibility: "public", tags: "sea", album_id: "album" });
  const chosen = { visibility: "public", tags: "sea", album: "album", titles: false, closes: false };
  assert.deepEqual(tray.settings(), chosen);
  page.remove();
  assert.deepEqual(tray.settings(), chosen);
});

test("Settings are this tab's, closing by itself is the browser's", () => {
  tray.configure({ visibility: "unlisted" });
  tray.configure({ closes: true, tags: "sea" });
  assert.deepEqual(tray.settings(), { visibility: "unlisted", tags: "sea", album: "", titles: true, closes: true });
  sessionStorage.clear();
  assert.equal(tray.settings().closes, true);
  tray.configure({ closes: false });
  assert.equal(tray.settings().closes, false);
});

test("A tray whose server forgot it is taken out of sight, and no one is asked to reload while files move", () => {
  const shown = put(".tray");
  const modal = put("#components-reconnect-modal");
  tray.attach(component, none);
  tray.hideStale(true);
  assert.deepEqual([tray.isForgotten(), shown.hidden, modal.hidden], [false, false, false]);
  modal.classList.add("components-reconnect-rejected");
  tray.hideStale(true);
  assert.deepEqual([tray.isForgotten(), shown.hidden, modal.hidden], [true, true, true]);
  tray.hideStale(false);
  assert.deepEqual([shown.hidden, modal.hidden], [true, false]);
});

for (const [what, field, isTyped] of [
  ["text that was changed", { value: "a", defaultValue: "" }, true],
  ["text as it came", { value: "a", defaultValue: "a" }, false],
  ["a box that was ticked", { type: "checkbox", checked: true, defaultChecked: false }, true],
  ["a choice that was made", { options: [{ selected: false, defaultSelected: true }, { selected: true, defaultSelected: false }], selectedIndex: 1 }, true],
  ["the first choice, which browsers make", { options: [{ selected: true, defaultSelected: false }], selectedIndex: 0 }, false],
]) test(`Reloading ${isTyped ? "would" : "would not"} lose ${what}`, () => {
  put(fieldsOfPage, field);
  assert.equal(tray.isTypedIn(), isTyped);
});

test("What new files get is remembered anyway, so it does not count as typed", () => {
  form({}).append(put(fieldsOfPage, { value: "a", defaultValue: "" }));
  assert.equal(tray.isTypedIn(), false);
});
