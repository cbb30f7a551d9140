import { Element, happen, tick } from "./browser.js";
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

test("From two characters on the server is asked once a word, and its tags are offered to who still writes it", async t => {
  const asked = t.mock.method(globalThis, "fetch", async () => Response.json({ items: [{ tag: "seagull" }, { tag: "sea" }] }));
  const field = fieldOf();

  offered(field, "boat, s");
  offered(field, "boat, se");
  offered(field, "boat, sea");
  await tick(1000);
  offered(field, "boat, SEA");
  await tick(1000);

  assert.deepEqual(asked.mock.calls.map(call => call.arguments[0]), ["/api/v1/tags/search?q=sea&per_page=8"]);
  assert.deepEqual(field.list.children.map(option => option.value), ["boat, seagull", "boat, sea"]);
});

test("Without an answer the list keeps what it has", async t => {
  t.mock.method(globalThis, "fetch", async () => { throw new TypeError("gone"); });
  const field = fieldOf("harbour");
  offered(field, "ha");
  await tick(1000);
  assert.deepEqual(field.list.children.map(option => option.value), ["harbour"]);
});
