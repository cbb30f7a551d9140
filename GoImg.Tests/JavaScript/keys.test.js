import { Element, happen, put } from "./browser.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import "../../GoImg.Web/wwwroot/js/keys.js";

const typing = "input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, select, [contenteditable]";
const button = (key, more) => put(`[data-key="${key}"]`, more);
const press = (key, more) => happen("keydown", document.body, { key, ...more });

test("A key clicks the element that has it, capitals or not", () => {
  const like = button("l");
  assert.equal(press("l").defaultPrevented, true);
  press("L");
  assert.equal(like.clicks, 2);
});

test("A key puts the focus into the field that has it", () => {
  const search = put(['[data-key="/"]', typing]);
  press("/");
  assert.equal(document.activeElement, search);
  assert.equal(search.isSelected, true);
  assert.equal(search.clicks, undefined);
});

for (const held of ["ctrlKey", "metaKey", "altKey", "shiftKey", "isComposing"])
  test(`A key with ${held} belongs to somebody else`, () => {
    const like = button("l");
    press("l", { [held]: true });
    assert.equal(like.clicks, undefined);
  });

test("Of several elements with one key the visible one is meant", () => {
  const [hidden, shown] = [button("l", { hidden: true }), button("l")];
  press("l");
  assert.deepEqual([hidden.clicks, shown.clicks], [undefined, 1]);
});

test("A key in a field is text; Escape leaves a field that has a key", () => {
  const like = button("l");
  const field = new Element([typing], { dataset: { key: "/" } });
  field.focus();
  happen("keydown", field, { key: "l" });
  assert.equal(like.clicks, undefined);
  happen("keydown", field, { key: "Escape" });
  assert.equal(document.activeElement, null);
});

test("Over an open dialog keys do nothing", () => {
  const like = button("l");
  put("dialog[open]");
  press("l");
  assert.equal(like.clicks, undefined);
});

test("The question mark shows the list of keys", () => {
  let isShown = false;
  put("#shortcuts", { showModal: () => { isShown = true; } });
  press("?", { shiftKey: true });
  assert.equal(isShown, true);
});

test("Who switched single keys off has Escape alone, and finds the box as it was left", () => {
  const box = put("[data-single-keys]", { dataset: { singleKeys: "" }, checked: false });
  const [like, back] = [button("l"), button("Escape")];
  happen("change", box);
  press("l");
  press("Escape");
  assert.deepEqual([like.clicks, back.clicks], [undefined, 1]);
  box.checked = true;
  happen("goimg:page");
  assert.equal(box.checked, false);

  box.checked = true;
  happen("change", box);
  press("l");
  assert.equal(like.clicks, 1);
});

test("A key for what one looks at brings it into view first, and is then pressed", () => {
  const remove = button("Delete", { dataset: { inView: "[data-case]" } });
  let top = 900;
  put("[data-case]", { getBoundingClientRect: () => ({ top, bottom: top + 400, height: 400 }), scrollIntoView: () => { top = 300; } });
  press("Delete");
  assert.equal(remove.clicks, undefined);
  press("Delete");
  assert.equal(remove.clicks, 1);
});

test("A key for what one looks at does nothing more while it is held down", () => {
  const remove = button("Delete", { dataset: { inView: "[data-case]" } });
  put("[data-case]", { getBoundingClientRect: () => ({ top: 100, bottom: 500, height: 400 }) });
  press("Delete", { repeat: true });
  assert.equal(remove.clicks, undefined);
});
