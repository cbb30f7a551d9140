import { Element, happen } from "./browser.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import "../../GoImg.Web/wwwroot/js/theme.js";

const themes = (...names) => {
  const buttons = names.map(value => new Element(["[data-theme-switch] button"], { name: "theme", value }));
  const form = new Element();
  form.querySelectorAll = () => buttons;
  for (const button of buttons) button.form = form;
  return buttons;
};

test("A theme is chosen without a request, and remembered", () => {
  const [dark, system] = themes("dark", "system");
  assert.equal(happen("click", dark).defaultPrevented, true);
  assert.equal(document.documentElement.dataset.theme, "dark");
  assert.equal(document.cookie, "theme=dark");
  assert.deepEqual([dark, system].map(button => button.getAttribute("aria-pressed")), ["true", "false"]);
  happen("click", system);
  assert.equal(document.documentElement.dataset.theme, undefined);
  assert.equal(document.cookie, "");
});
