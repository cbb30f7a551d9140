import { Element, happen, put } from "./browser.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import "../../GoImg.Web/wwwroot/js/password.js";

function field() {
  const form = new Element();
  const input = put('input[type="password"]:not([data-reveal])', { type: "password", id: "password", form });
  happen("goimg:page");
  return { form, input, button: document.body.children.at(-1) };
}

test("A password is shown and hidden by its button, which says what it does", () => {
  const { input, button } = field();
  assert.deepEqual([button.textContent, button.getAttribute("aria-controls"), button.type], ["Show password", "password", "button"]);
  button.dispatchEvent(new Event("click"));
  assert.deepEqual([input.type, button.textContent, button.getAttribute("aria-pressed")], ["text", "Hide password", "true"]);
  button.dispatchEvent(new Event("click"));
  assert.equal(input.type, "password");
});

test("A password that is shown is a password again before it is sent", () => {
  const { form, input, button } = field();
  button.dispatchEvent(new Event("click"));
  form.dispatchEvent(new Event("submit"));
  assert.equal(input.type, "password");
});
