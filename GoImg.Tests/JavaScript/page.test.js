import { happenToWindow, put } from "./browser.js";
import assert from "node:assert/strict";
import { before, beforeEach, test } from "node:test";

const loaded = [];
window.Blazor = { addEventListener: (_, listener) => loaded.push(listener) };
let announced = 0;
document.addEventListener("goimg:page", () => announced++);
before(() => import("../../GoImg.Web/wwwroot/js/page.js"));
const arrive = pathname => {
  location.pathname = pathname;
  loaded.forEach(listener => listener());
};
let main;
beforeEach(() => {
  announced = 0;
  main = put("#main");
  globalThis.scrolledTo = null;
});

test("A page is announced after the first load and after each that is swapped in", () => {
  document.dispatchEvent(new Event("DOMContentLoaded"));
  arrive("/explore");
  assert.equal(announced, 2);
});

test("A new address starts at the top of its content", () => {
  arrive("/a");
  assert.deepEqual(globalThis.scrolledTo, [0, 0]);
  assert.equal(document.activeElement, main);
});

test("Going back leaves the page where it was scrolled to, the next way forward does not", () => {
  happenToWindow("popstate");
  arrive("/b");
  assert.equal(globalThis.scrolledTo, null);
  arrive("/c");
  assert.deepEqual(globalThis.scrolledTo, [0, 0]);
});

test("The same address drawn again keeps place and focus", () => {
  arrive("/d");
  globalThis.scrolledTo = null;
  document.activeElement = null;
  arrive("/d");
  assert.deepEqual([globalThis.scrolledTo, document.activeElement], [null, null]);
});

test("A field that asks for the focus keeps it, and open menus close", () => {
  const menu = put(":popover-open", { hidePopover() { this.isHidden = true; } });
  put("[data-autofocus]");
  arrive("/e");
  assert.equal(document.activeElement, null);
  assert.equal(menu.isHidden, true);
});
