import "./browser.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { isChanged } from "../../GoImg.Web/wwwroot/js/unsaved.js";

const form = (...elements) => ({ elements });
const line = (value, defaultValue) => ({ type: "text", tagName: "INPUT", value, defaultValue });
const box = (checked, defaultChecked) => ({ type: "checkbox", tagName: "INPUT", checked, defaultChecked });
const options = (...selected) => ({ type: "select-one", tagName: "SELECT", options: selected.map(([selected, defaultSelected]) => ({ selected, defaultSelected })) });

test("A form is changed by what was typed, ticked or chosen, and by nothing the page came with", () => {
  assert.equal(isChanged(form(line("a", "a"), box(true, true), options([true, true], [false, false]))), false);
  assert.equal(isChanged(form(line("b", "a"))), true);
  assert.equal(isChanged(form(box(true, false))), true);
  assert.equal(isChanged(form(options([true, false], [false, true]))), true);
});

test("What nobody sees and buttons do not count", () => {
  assert.equal(isChanged(form({ type: "hidden", tagName: "INPUT", value: "2", defaultValue: "1" }, { type: "submit", tagName: "BUTTON", value: "x" })), false);
});
