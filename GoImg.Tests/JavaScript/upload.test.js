import { Element, happen, put, tick } from "./browser.js";
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
// What it loads with the first file is loaded ahead: how long a disk takes is no part of the tests.
import "../../GoImg.Web/wwwroot/js/upload/folder.js";
import * as queue from "../../GoImg.Web/wwwroot/js/upload/queue.js";
import "../../GoImg.Web/wwwroot/js/upload.js";

const words = { maxBytes: 100, maxRows: 100, empty: "empty", tooLarge: "too large", unknown: "unknown", unreadable: "unreadable" };
// Text is refused without a byte sent, and has a row all the same.
const file = name => Object.assign(new Blob(["text"]), { name, lastModified: 1 });
globalThis.File = Blob;
const names = async () => {
  await tick(1_000);
  return queue.all().map(row => row.name);
};
beforeEach(() => {
  put("[data-uploads]", { dataset: { words: JSON.stringify(words), member: "ana", token: "token" } });
});
afterEach(async () => {
  queue.act("forget", queue.all().map(row => row.key));
  await tick(1_000);
});
const dragged = (...files) => ({ types: ["Files"], items: files.map(one => ({ kind: "file", getAsFile: () => one })) });

test("A file over the page is shown where to drop, and is taken", async () => {
  const sheet = put("[data-drop-sheet]", { hidden: true });
  const over = happen("dragover", document.body, { dataTransfer: dragged() });
  assert.deepEqual([over.defaultPrevented, sheet.hidden], [true, false]);
  assert.equal(happen("drop", document.body, { dataTransfer: dragged(file("a.txt")) }).defaultPrevented, true);
  assert.equal(sheet.hidden, true);
  assert.deepEqual(await names(), ["a.txt"]);
});

test("A file that leaves the window takes the sheet with it", () => {
  const sheet = put("[data-drop-sheet]", { hidden: false });
  happen("dragleave", document.body, { relatedTarget: new Element() });
  assert.equal(sheet.hidden, false);
  happen("dragleave", document.body, { relatedTarget: null });
  assert.equal(sheet.hidden, true);
});

test("A picture dragged out of the page itself is no upload", async () => {
  happen("dragstart");
  assert.equal(happen("drop", document.body, { dataTransfer: dragged(file("a.txt")) }).defaultPrevented, false);
  happen("dragend");
  assert.deepEqual(await names(), []);
});

const clipboard = (types, ...files) => ({ clipboardData: { files, types } });

test("A pasted picture has no name, whatever the browser calls it", async () => {
  happen("paste", document.body, clipboard(["Files"], file("image.png")));
  assert.deepEqual(await names(), [""]);
});

test("Text with a picture beside it stays text in a field", async () => {
  const field = new Element(["input, textarea, [contenteditable]"]);
  assert.equal(happen("paste", field, clipboard(["text/plain", "Files"], file("image.png"))).defaultPrevented, false);
  assert.equal(happen("paste", field, clipboard(["Files"], file("image.png"))).defaultPrevented, true);
  assert.deepEqual(await names(), [""]);
});

test("Picked files are taken, and can be picked again", async () => {
  const input = new Element([], { dataset: { pick: "" }, files: [file("a.txt"), file("b.txt")], value: "a.txt" });
  happen("change", input);
  assert.equal(input.value, "");
  assert.deepEqual(await names(), ["a.txt", "b.txt"]);
});

test("A page without the tray's frame takes nothing", async () => {
  document.querySelector("[data-uploads]").remove();
  assert.equal(happen("paste", document.body, clipboard(["Files"], file("image.png"))).defaultPrevented, false);
  assert.deepEqual(await names(), []);
});

test("What a closed tab left is looked for only on a page with its note", async () => {
  happen("goimg:page");
  assert.deepEqual(await names(), []);
});

test("With script the form of the upload page is not sent", () => {
  const form = put("[data-upload-form]");
  happen("goimg:page");
  const submit = new Event("submit", { cancelable: true });
  form.dispatchEvent(submit);
  assert.equal(submit.defaultPrevented, true);
  assert.equal(form.classes.has("is-live"), true);
});

