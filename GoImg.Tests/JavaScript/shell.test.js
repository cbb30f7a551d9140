import { Element, happen, put, settled, toasts } from "./browser.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import "../../GoImg.Web/wwwroot/js/shell.js";

test("A copy button copies its text, or what is in the field it names", async () => {
  const copied = [];
  navigator.clipboard = { writeText: async text => { copied.push(text); } };
  put("#address", { value: "https://gallery.test/i/cat" });
  happen("click", new Element(["[data-copy]"], { dataset: { copy: "text", copied: "Got it." } }));
  happen("click", new Element(["[data-copy]"], { dataset: { copy: "address" } }));
  await settled();
  assert.deepEqual(copied, ["text", "https://gallery.test/i/cat"]);
  assert.deepEqual(toasts(), ["Got it.", "Copied."]);
});

test("Without a clipboard the field is selected, and text without a field is shown", async () => {
  navigator.clipboard = { writeText: () => Promise.reject(new Error("denied")) };
  const field = put("#address", { value: "https://gallery.test/i/cat" });
  happen("click", new Element(["[data-copy]"], { dataset: { copy: "address" } }));
  await settled();
  assert.equal(field.isSelected, true);
  happen("click", new Element(["[data-copy]"], { dataset: { copy: "text" } }));
  await settled();
  assert.deepEqual(toasts(), ["Press Ctrl+C to copy.", "text"]);
});

test("Browsers without invoker commands open and close dialogs too", () => {
  const did = [];
  put("#dialog", { showModal: () => did.push("open"), close: () => did.push("close") });
  for (const command of ["show-modal", "close"]) {
    const button = new Element(["[commandfor]"]);
    button.setAttribute("commandfor", "dialog");
    button.setAttribute("command", command);
    happen("click", button);
  }
  assert.deepEqual(did, ["open", "close"]);
});

test("A link with a dialog on its page opens that, and leads to its own page without it or to another tab", () => {
  const link = put(["[data-copy], [data-share], [commandfor], [data-dialog]"], { dataset: { dialog: "ban" } });
  assert.equal(happen("click", link).defaultPrevented, false);
  let shown = 0;
  put("#ban", { showModal: () => { shown++; } });
  assert.equal(happen("click", link, { ctrlKey: true }).defaultPrevented, false);
  assert.equal(happen("click", link).defaultPrevented, true);
  assert.equal(shown, 1);
});
