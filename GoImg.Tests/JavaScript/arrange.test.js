import "./browser.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { target } from "../../GoImg.Web/wwwroot/js/arrange.js";

test("Arrows lead to the neighbours in a grid, and the ends hold", () => {
  assert.equal(target(5, "ArrowLeft", 12, 4), 4);
  assert.equal(target(5, "ArrowRight", 12, 4), 6);
  assert.equal(target(5, "ArrowUp", 12, 4), 1);
  assert.equal(target(5, "ArrowDown", 12, 4), 9);
  assert.equal(target(1, "ArrowUp", 12, 4), 0);
  assert.equal(target(10, "ArrowDown", 12, 4), 11);
  assert.equal(target(0, "Home", 12, 4), 0);
  assert.equal(target(0, "End", 12, 4), 11);
});

test("Where one reads to the left, left is forward", () => {
  assert.equal(target(5, "ArrowLeft", 12, 4, -1), 6);
  assert.equal(target(5, "ArrowRight", 12, 4, -1), 4);
});

test("Other keys lead nowhere", () => assert.equal(target(5, "a", 12, 4), undefined));
