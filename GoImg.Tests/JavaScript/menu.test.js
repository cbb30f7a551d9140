import { Element, happen, put } from "./browser.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import "../../GoImg.Web/wwwroot/js/menu.js";

const menuOf = (count, isOpen = true) => {
  const menu = put(["details.menu-local", ...isOpen ? ["details.menu-local[open]"] : []], { open: isOpen });
  const summary = new Element(["summary"]);
  const items = Array.from({ length: count }, () => new Element([".menu a[href]"]));
  menu.append(summary, ...items);
  return { menu, summary, items };
};

test("A click elsewhere closes open menus, one inside leaves its own open", () => {
  const [one, other] = [menuOf(1), menuOf(1)];
  const field = new Element();
  one.menu.append(field);
  happen("click", field);
  assert.deepEqual([one.menu.open, other.menu.open], [true, false]);
});

test("A choice closes its menu, and its button has the focus", () => {
  const { menu, summary, items: [item] } = menuOf(1);
  happen("click", item);
  assert.equal(menu.open, false);
  assert.equal(document.activeElement, summary);
});

test("Escape closes an open menu and gives the focus back to its button", () => {
  const { menu, summary } = menuOf(1);
  assert.equal(happen("keydown", menu, { key: "Escape" }).defaultPrevented, true);
  assert.equal(menu.open, false);
  assert.equal(document.activeElement, summary);
});

test("Arrows open a menu and go round in it, Home and End to its ends", () => {
  const { menu, summary, items: [first, second, third] } = menuOf(3, false);
  const press = (from, key) => {
    happen("keydown", from, { key });
    return document.activeElement;
  };
  assert.equal(press(summary, "End"), null);
  assert.equal(press(summary, "ArrowDown"), first);
  assert.equal(menu.open, true);
  assert.equal(press(first, "ArrowDown"), second);
  assert.equal(press(second, "ArrowUp"), first);
  assert.equal(press(first, "ArrowUp"), third);
  assert.equal(press(third, "ArrowDown"), first);
  assert.equal(press(first, "End"), third);
  assert.equal(press(third, "Home"), first);
  assert.equal(press(summary, "ArrowUp"), third);
});

test("In a field of a menu the arrows are the field's", () => {
  const { menu } = menuOf(2);
  const field = new Element(["input"]);
  menu.append(field);
  assert.equal(happen("keydown", field, { key: "ArrowDown" }).defaultPrevented, false);
});

test("A menu that would be cut off opens the other way", () => {
  const { menu } = menuOf(1);
  const sheet = new Element([".menu"], { getBoundingClientRect: () => ({ left: -20, right: 200 }) });
  menu.append(sheet);
  document.documentElement.clientWidth = 400;
  happen("toggle", menu);
  assert.equal(menu.classList.contains("menu-start"), true);
  sheet.getBoundingClientRect = () => ({ left: 300, right: 500 });
  happen("toggle", menu);
  assert.equal(menu.classList.contains("menu-start"), false);
});
