import { Element, happen, put, settled, written } from "./browser.js";
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

let observer;
globalThis.IntersectionObserver = class {
  constructor(seen) {
    observer = this;
    this.seen = seen;
  }
  observe(pager) { this.pager = pager; }
  disconnect() { this.pager = null; }
};
const { raggedRow, withOneMore } = await import("../../GoImg.Web/wwwroot/js/grid.js");

const tile = (offsetTop, right) => new Element([".tile"], { offsetTop, getBoundingClientRect: () => ({ right }) });

test("A last row that does not reach the side is held back", () => {
  const tiles = [tile(0, 50), tile(0, 100), tile(60, 50)];
  assert.deepEqual(raggedRow(tiles, 100), [tiles[2]]);
});

test("Where one reads to the left, rows end on the left", () => {
  const from = left => new Element([".tile"], { offsetTop: left, getBoundingClientRect: () => ({ left, right: 100 }) });
  const above = new Element([".tile"], { offsetTop: -1 });
  assert.equal(raggedRow([above, from(50)], 0, -1).length, 1);
  assert.equal(raggedRow([above, from(1)], 0, -1).length, 0);
});

test("A full row, an only row and no row at all are shown", () => {
  assert.deepEqual(raggedRow([tile(0, 100), tile(60, 50), tile(60, 99)], 100), []);
  assert.deepEqual(raggedRow([tile(0, 50)], 100), []);
  assert.deepEqual(raggedRow([], 100), []);
});

test("The address says how many pages are open, and keeps what else it says", () => {
  const { url, isLast } = withOneMore("https://gallery.test/explore?sort=new");
  assert.equal(url.href, "https://gallery.test/explore?sort=new&pages=2");
  assert.equal(isLast, false);
  assert.equal(withOneMore(url.href).url.searchParams.get("pages"), "3");
});

test("The tenth page is the last to be appended", () => {
  assert.equal(withOneMore("https://gallery.test/?pages=8").isLast, false);
  assert.equal(withOneMore("https://gallery.test/?pages=9").isLast, true);
});

// A list of one tile and the pager after it, on the page and as fetch() answers.
let list, pager, link;
function listPage(page, size, leadsOn = true) {
  const images = new Element(["#images"], { id: "images" });
  images.append(...Array.from({ length: size }, () => new Element([".tile"], { getBoundingClientRect: () => ({ right: 100 }) })));
  images.getBoundingClientRect = () => ({ right: 100 });
  Object.defineProperty(images, "firstElementChild", { get: () => images.children[0] });
  images.querySelectorAll = () => [];
  page.append(images);
  if (!leadsOn) return [images];
  const next = new Element(["[data-pager]", "[data-pager=auto]", "#images + [data-pager]"], { dataset: { pager: "auto" }, previousElementSibling: images });
  next.append(new Element(["[data-pager] a", "a"], { href: "/explore?after=1" }));
  next.replaceWith = other => {
    next.remove();
    other.previousElementSibling = next.previousElementSibling;
    document.body.append(other);
  };
  page.append(next);
  return [images, next];
}
let answers = [];
globalThis.fetch = async () => {
  const page = answers.shift();
  if (!page) throw new TypeError("offline");
  page.getElementById = id => page.querySelector(`#${id}`);
  return new Response(written(page));
};
const comes = (size, leadsOn) => {
  const page = new Element();
  listPage(page, size, leadsOn);
  answers.push(page);
};
Object.defineProperty(Element.prototype, "ariaBusy", { writable: true, value: null });
Element.prototype.removeAttribute = function (name) {
  this.attributes.delete(name);
  if (name === "aria-busy") this.ariaBusy = null;
};

beforeEach(() => {
  answers = [];
  [list, pager] = listPage(document.body, 2);
  link = pager.children[0];
  happen("goimg:page");
});
const isSeen = () => observer.seen([{ isIntersecting: true, target: observer.pager }]);

test("The next page is appended in place of its link", async () => {
  comes(3, false);
  assert.equal(happen("click", link).defaultPrevented, true);
  await settled();
  assert.equal(list.children.length, 5);
  assert.equal(document.querySelector("[data-pager]"), null);
});

test("Three pages come by themselves when the end is near, the fourth is asked for", async () => {
  for (let i = 0; i < 5; i++) comes(1);
  for (let i = 0; i < 4; i++) {
    isSeen();
    await settled();
  }
  assert.equal(list.children.length, 5);
  happen("click", document.querySelector("[data-pager] a"));
  await settled();
  assert.equal(list.children.length, 6);
});

test("A link that is asked for twice is loaded once", async () => {
  comes(1);
  comes(1);
  happen("click", link);
  happen("click", link);
  await settled();
  assert.equal(list.children.length, 3);
});

test("A click with Ctrl is the browser's own", () => {
  assert.equal(happen("click", link, { ctrlKey: true }).defaultPrevented, false);
});

test("What did not load says so, and can be asked for again", async () => {
  happen("click", link);
  await settled();
  assert.equal(link.textContent, "That did not load. Try again");
  comes(1);
  happen("click", link);
  await settled();
  assert.equal(list.children.length, 3);
});

test("A picture that is still coming marks its tile, one that is there shows it", () => {
  const [waiting, shown] = [false, true].map(complete => {
    const image = put(".tile img", { complete, loading: "lazy", naturalWidth: complete ? 10 : 0 });
    image.parent = new Element([".tile"]);
    return image;
  });
  happen("goimg:page");
  assert.deepEqual([...waiting.parent.classes], ["is-loading"]);
  assert.deepEqual([...shown.parent.classes], ["is-shown"]);
  waiting.naturalWidth = 10;
  happen("load", waiting);
  assert.deepEqual([...waiting.parent.classes], ["is-shown"]);
});
