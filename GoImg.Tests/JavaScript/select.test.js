import { Element, happen, put } from "./browser.js";
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { between } from "../../GoImg.Web/wwwroot/js/select.js";

let form, count, act, tiles, boxes;
function grid(size) {
  form?.remove();
  form = put("[data-select]");
  tiles = Array.from({ length: size }, () => new Element([".tile"]));
  boxes = tiles.map((tile, i) => {
    const box = new Element([".pick input"], { value: `${i}`, checked: false });
    tile.append(new Element([".pick"]).append(box), new Element(["a"]));
    return box;
  });
  count = new Element(["[data-select-count]"]);
  act = new Element([".selection-acts button, .selection-acts input"]);
  form.append(...tiles, count, act);
  happen("goimg:page");
}
beforeEach(() => grid(6));
const chosen = () => boxes.filter(box => box.checked).map(box => box.value).join("");
const clickTile = (i, held) => happen("click", tiles[i].children[1], held);
// The browser ticks a box before its click is heard.
const clickBox = (i, held) => {
  boxes[i].checked = !boxes[i].checked;
  return happen("click", boxes[i], held);
};

test("A range has both of its ends, whichever was first", () => {
  assert.deepEqual(between(["a", "b", "c", "d"], "b", "d"), ["b", "c", "d"]);
  assert.deepEqual(between(["a", "b", "c", "d"], "d", "b"), ["b", "c", "d"]);
  assert.deepEqual(between(["a", "b"], "b", "b"), ["b"]);
});

test("A click on a tile opens it, until one is chosen; then it chooses", () => {
  assert.equal(clickTile(0).defaultPrevented, false);
  clickBox(1);
  assert.equal(clickTile(2).defaultPrevented, true);
  assert.equal(chosen(), "12");
  clickTile(1);
  assert.equal(chosen(), "2");
});

for (const held of ["ctrlKey", "metaKey"])
  test(`A click with ${held} chooses the first one`, () => {
    assert.equal(clickTile(0, { [held]: true }).defaultPrevented, true);
    assert.equal(chosen(), "0");
  });

test("A click with shift chooses all from the last one, and takes all of them back", () => {
  clickBox(1);
  clickTile(4, { shiftKey: true });
  assert.equal(chosen(), "1234");
  clickTile(2, { shiftKey: true });
  assert.equal(chosen(), "1");
});

test("All and none are chosen by their buttons", () => {
  form.append(new Element(["[data-select-all]"]), new Element(["[data-select-none]"]));
  happen("click", form.querySelector("[data-select-all]"));
  assert.equal(chosen(), "012345");
  happen("click", form.querySelector("[data-select-none]"));
  assert.equal(chosen(), "");
});

test("Ctrl+A chooses all, Escape none, x the one that has the focus", () => {
  happen("keydown", document.body, { key: "a", ctrlKey: true });
  assert.equal(chosen(), "012345");
  assert.equal(happen("keydown", document.body, { key: "Escape" }).defaultPrevented, true);
  assert.equal(chosen(), "");
  happen("keydown", tiles[3].children[1], { key: "x" });
  assert.equal(chosen(), "3");
});

test("Escape closes an open menu first, and x does nothing for who switched single keys off", () => {
  clickBox(1);
  put("details.menu-local[open], dialog[open], :popover-open");
  happen("keydown", document.body, { key: "Escape" });
  localStorage.setItem("goimg.singleKeys", "off");
  happen("keydown", tiles[3].children[1], { key: "x" });
  assert.equal(chosen(), "1");
});

test("Keys in a field of the page are text", () => {
  happen("keydown", new Element(["input:not([type=checkbox]), textarea, select"]), { key: "a", ctrlKey: true });
  assert.equal(chosen(), "");
});

test("The bar says how many are chosen, and above a thousand nothing can be done", () => {
  grid(1001);
  boxes.slice(0, 999).forEach(box => { box.checked = true; });
  clickBox(999);
  assert.deepEqual([count.textContent, act.disabled, form.classes.has("has-chosen")], ["1,000 chosen", false, true]);
  clickBox(1000);
  assert.deepEqual([count.textContent, act.disabled], ["1,001 chosen; 1,000 at a time", true]);
});

test("With nothing chosen nothing is sent, but for a button of one tile", () => {
  assert.equal(happen("submit", form, { submitter: new Element() }).defaultPrevented, true);
  const own = new Element();
  tiles[0].append(own);
  assert.equal(happen("submit", form, { submitter: own }).defaultPrevented, false);
});

test("What was chosen is chosen still after it was sent, once", () => {
  clickBox(1);
  clickBox(2);
  happen("submit", form);
  grid(6);
  assert.equal(chosen(), "12");
  grid(6);
  assert.equal(chosen(), "");
});

test("A link may say what is to be chosen on the page it leads to", () => {
  happen("click", new Element(["a[data-choose]"], { dataset: { choose: "0,5" } }));
  grid(6);
  assert.equal(chosen(), "05");
});

test("Enter in a field of the bar is a click on the field's own button", () => {
  const own = put("#add");
  assert.equal(happen("keydown", new Element([], { dataset: { enter: "add" } }), { key: "Enter" }).defaultPrevented, true);
  assert.equal(own.clicks, 1);
});
