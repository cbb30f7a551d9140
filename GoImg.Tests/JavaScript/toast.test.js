import { Element, happen, put, tick } from "./browser.js";
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import "../../GoImg.Web/wwwroot/js/toast.js";

let toasts;
beforeEach(() => { toasts = put("[data-toasts]"); });
const boxes = "main textarea, main input:not([type=hidden], [type=checkbox], [type=radio], [type=submit]), main select";
const say = text => document.dispatchEvent(new CustomEvent("goimg:toast", { detail: { text } }));

test("A toast is text, and leaves after six seconds", async () => {
  say("<b>Copied</b>");
  assert.equal(toasts.children[0].children[0].textContent, "<b>Copied</b>");
  await tick(5_999);
  assert.equal(toasts.children.length, 1);
  await tick(1);
  assert.equal(toasts.children.length, 0);
});

test("A new toast takes the place of the one before", () => {
  say("one");
  say("two");
  assert.deepEqual(toasts.children.map(toast => toast.children[0].textContent), ["two"]);
});

test("A toast with something to do in it stays for twelve seconds", async () => {
  const toast = new Element(["[data-toast]"]).append(new Element(["button"]));
  toasts.append(toast);
  happen("goimg:page");
  await tick(11_999);
  assert.equal(toasts.children.length, 1);
  await tick(1);
  assert.equal(toasts.children.length, 0);
});

for (const [here, gone] of [["pointerenter", "pointerleave"], ["focusin", "focusout"]])
  test(`A toast stays from ${here} to ${gone}, and six seconds more`, async () => {
    say("text");
    const [toast] = toasts.children;
    toast.dispatchEvent(new Event(here));
    await tick(60_000);
    assert.equal(toasts.children.length, 1);
    toast.dispatchEvent(new Event(gone));
    await tick(5_999);
    assert.equal(toasts.children.length, 1);
    await tick(1);
    assert.equal(toasts.children.length, 0);
  });

test("A toast stands at the top while a text box is where it would be, and at the bottom again after", () => {
  let top = 700;
  put(boxes, { getBoundingClientRect: () => ({ top, bottom: top + 80, height: 80 }) });
  toasts.append(new Element([".toast, [data-toast]", "[data-toast]"], { getBoundingClientRect: () => ({ height: 48 }) }));
  happen("goimg:page");
  assert.equal(toasts.classes.has("toasts-top"), true);
  top = 200;
  happen("scroll");
  assert.equal(toasts.classes.has("toasts-top"), false);
});
