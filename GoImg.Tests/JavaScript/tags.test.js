import { Element, happen } from "./browser.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import "../../GoImg.Web/wwwroot/js/tags.js";

const fieldOf = (...tags) => {
  const list = new Element(["datalist"]);
  list.append(...tags.map(value => new Element(["option"], { value })));
  Object.defineProperty(list, "options", { get: () => list.children });
  return new Element(["input"], { dataset: { tags: "" }, list, value: "" });
};
const offered = (field, value) => {
  field.value = value;
  happen("input", field);
  return field.list.children.map(option => option.value);
};

test("The list offers whole lines: what is written, and each tag that is not", () => {
  const field = fieldOf("boat", "sea", "winter");
  assert.deepEqual(offered(field, "s"), ["boat", "sea", "winter"]);
  assert.deepEqual(offered(field, "sea, b"), ["sea, boat", "sea, winter"]);
  assert.deepEqual(offered(field, "sea ,, winter, "), ["sea, winter, boat"]);
  assert.deepEqual(offered(field, ""), ["boat", "sea", "winter"]);
});

test("Other fields are left alone", () => {
  const field = fieldOf("boat");
  delete field.dataset.tags;
  assert.deepEqual(offered(field, "sea, "), ["boat"]);
});

test("A new page brings tags of its own", () => {
  const field = fieldOf("boat");
  offered(field, "sea, ");
  happen("goimg:page");
  field.list.replaceChildren(new Element(["option"], { value: "harbour" }));
  assert.deepEqual(offered(field, "sea, "), ["sea, harbour"]);
});
