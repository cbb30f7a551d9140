import { Element, happen, put, settled, tick, written } from "./browser.js";
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { swiped } from "../../GoImg.Web/wwwroot/js/viewer.js";

for (const [what, dx, dy, meant] of [
  ["right", 61, 0, "prev"], ["left", -61, 0, "next"], ["down", 0, 91, "close"],
  ["up", 0, -200, null], ["too short", 60, 0, null], ["too short downwards", 0, 90, null],
  ["slanting", 100, 50, null], ["right, a little slanting", 100, 49, "prev"], ["down, slanting", 50, 100, null],
]) test(`A swipe ${what} means ${meant ?? "nothing"}`, () => assert.equal(swiped(dx, dy), meant));

// The viewer writes its parts as HTML; these are they.
const button = name => new Element(["button", `[data-do=${name}]`], { dataset: { do: name } });
const frame = new Element([".viewer-picture", "img, .viewer-picture"], {
  scrollWidth: 3000, scrollHeight: 2000, scrollLeft: 0, scrollTop: 0,
  getBoundingClientRect: () => ({ width: 1000, height: 500 }),
  scrollTo(...to) { this.at = to; },
});
frame.classList.toggle = name => frame.classes.delete(name) ? false : Boolean(frame.classes.add(name));
const [shown, title] = [new Element(["img"], { removeAttribute(name) { this[name] = ""; } }), new Element(["strong"])];
const buttons = Object.fromEntries(["play", "zoom", "close", "prev", "next"].map(name => [name, button(name)]));
let dialog;
document.createElement = () => dialog = Object.defineProperty(new Element([], {
  open: false,
  showModal() { this.open = true; },
  close() {
    this.open = false;
    this.dispatchEvent(new Event("close"));
  },
}), "innerHTML", { set() { this.append(frame.append(shown), title, ...Object.values(buttons)); } });
globalThis.Image = class {};
const pages = new Map();
let loaded = [];
globalThis.fetch = async address => {
  loaded.push(address);
  const page = pages.get(address);
  return page ? new Response(written(page)) : new Response("", { status: 404 });
};

// The page of an image, and its neighbours.
function imagePage(name, neighbours) {
  const page = new Element();
  page.append(new Element(["h1"], { textContent: name }));
  const picture = new Element(["[data-stage] .stage-picture img"], { alt: name, srcset: `${name} 2x` });
  picture.setAttribute("src", `/i/${name}/small`);
  page.append(picture);
  for (const [way, to] of Object.entries(neighbours)) {
    const link = new Element([`[data-stage] a[rel=${way}]`]);
    link.setAttribute("href", to);
    page.append(link);
  }
  return page;
}

const visited = [];
const act = name => send("click", buttons[name]);
const press = (key, more) => send("keydown", frame, { key, ...more });
function send(name, target, more = {}) {
  const event = new Event(name, { cancelable: true });
  Object.defineProperty(event, "target", { value: target });
  Object.assign(event, more);
  (name.startsWith("pointer") ? frame : dialog).dispatchEvent(event);
  return event;
}
const drag = (from, to, type) => {
  send("pointerdown", frame, { clientX: from[0], clientY: from[1] });
  send("pointermove", frame, { clientX: to[0], clientY: to[1], buttons: 1, pointerType: type });
  send("pointerup", frame, { clientX: to[0], clientY: to[1] });
};
const clickAt = (clientX, clientY) => {
  send("pointerdown", frame, { clientX, clientY });
  send("click", frame, { clientX, clientY });
};

beforeEach(() => {
  pages.set("/i/b", imagePage("b", { prev: "/i/a", next: "/i/c" })).set("/i/c", imagePage("c", { prev: "/i/b" })).set("/i/a", imagePage("a", { next: "/i/b" }));
  document.body.append(...imagePage("a", { next: "/i/b" }).children);
  location.href = "https://gallery.test/i/a";
  window.Blazor = { navigateTo: (...to) => visited.push(to) };
  visited.length = 0;
  happen("click", put("[data-viewer]"));
});
afterEach(() => { if (dialog.open) dialog.close(); });

test("The viewer shows the picture of the page, and leads on where there is something", () => {
  assert.deepEqual([dialog.open, shown.src, shown.srcset, shown.alt, title.textContent], [true, "/i/a/small", "a 2x", "a", "a"]);
  assert.deepEqual([buttons.prev.hidden, buttons.next.hidden], [true, false]);
});

test("Arrows, buttons and swipes lead on, and the page catches up when the viewer closes", async () => {
  press("ArrowRight");
  await settled();
  assert.equal(title.textContent, "b");
  act("next");
  await settled();
  assert.equal(title.textContent, "c");
  drag([0, 0], [100, 0], "touch");
  await settled();
  assert.equal(title.textContent, "b");
  drag([0, 0], [0, 100], "touch");
  assert.equal(dialog.open, false);
  assert.deepEqual(visited, [["/i/b", { replaceHistoryEntry: true }]]);
});

test("A viewer that is closed where it was opened leaves the page alone", () => {
  act("close");
  assert.deepEqual(visited, []);
});

test("A page is loaded once, also when one comes back to it", async () => {
  await settled();
  loaded = [];
  for (const key of ["ArrowRight", "ArrowLeft", "ArrowRight"]) {
    press(key);
    await settled();
  }
  assert.equal(new Set(loaded).size, loaded.length);
});

test("A click zooms to the place that was clicked and back; a drag does not zoom", () => {
  clickAt(500, 500);
  assert.deepEqual(frame.at, [1000, 1500]);
  assert.equal(buttons.zoom.ariaPressed, "true");
  clickAt(500, 500);
  assert.equal(buttons.zoom.ariaPressed, "false");
  drag([0, 0], [20, 0], "mouse");
  send("click", frame, { clientX: 20, clientY: 0 });
  assert.equal(buttons.zoom.ariaPressed, "false");
});

test("While zoomed, a drag moves the picture and arrows are left to the browser", () => {
  press("z");
  assert.deepEqual(frame.at, [1000, 750]);
  drag([100, 100], [40, 70], "mouse");
  assert.deepEqual(frame.at, [60, 30]);
  assert.equal(press("ArrowRight").defaultPrevented, false);
  assert.equal(title.textContent, "a");
});

test("The slide show goes on every five seconds, and ends at the last image", async () => {
  press(" ");
  assert.equal(buttons.play.ariaPressed, "true");
  await tick(5_000);
  assert.equal(title.textContent, "b");
  await tick(5_000);
  assert.equal(title.textContent, "c");
  await tick(5_000);
  assert.equal(buttons.play.ariaPressed, "false");
});

test("Space on a button is that button's own", () => {
  assert.equal(send("keydown", buttons.zoom, { key: " " }).defaultPrevented, false);
});

test("The bar hides after two and a half seconds without a move", async () => {
  await tick(2_500);
  assert.equal(dialog.classes.has("is-idle"), true);
  dialog.dispatchEvent(new Event("pointermove"));
  assert.equal(dialog.classes.has("is-idle"), false);
});
