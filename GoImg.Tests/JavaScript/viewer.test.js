import { Element, happen, put, settled, tick, written } from "./browser.js";
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import "../../GoImg.Web/wwwroot/js/viewer.js";

// The viewer writes its parts as HTML; these are they.
const button = name => new Element(["button", `[data-do=${name}]`], { dataset: { do: name } });
const frame = new Element([".viewer-stage"], { getBoundingClientRect: () => ({ left: 0, top: 0, width: 1000, height: 500 }) });
const styled = { getPropertyValue: () => "" };
const [box, title, note] = [new Element([".viewer-box"], { style: {} }), new Element(["strong"]), new Element([".viewer-note"])];
const shown = () => box.children[0];
const buttons = Object.fromEntries(["play", "out", "in", "zoom", "close", "prev", "next"].map(name => [name, button(name)]));
let dialog;
document.createElement = name => name !== "dialog" ? new Element([name]) : dialog = Object.defineProperty(new Element([], {
  open: false,
  showModal() { this.open = true; },
  close() {
    this.open = false;
    this.dispatchEvent(new Event("close"));
  },
}), "innerHTML", { set() { this.append(frame.append(box), title, note, ...Object.values(buttons)); } });
globalThis.Image = class {};
const pages = new Map();
let loaded = [];
let fullSize = [];
globalThis.fetch = async (address, { method } = {}) => {
  loaded.push(address);
  if (method === "HEAD") return new Response(null, { status: fullSize.shift() ?? 200 });
  const page = pages.get(address);
  return page ? new Response(written(page)) : new Response("", { status: 404 });
};

// The page of an image of 4000 × 2000, and its neighbours.
function imagePage(name, neighbours, more = {}) {
  const page = new Element();
  page.append(new Element(["h1"], { textContent: name }));
  const stage = new Element(["[data-stage]"], { style: styled });
  const picture = new Element([".stage-picture img", "[data-stage] .stage-picture img"], { alt: name, srcset: `${name} 2x`, dataset: { width: "4000", height: "2000", largest: "2560", ...more } });
  picture.setAttribute("src", `/i/${name}/small`);
  page.append(stage.append(picture));
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
  for (const [key, value] of Object.entries(more)) Object.defineProperty(event, key, { value });
  (name.startsWith("pointer") || name === "wheel" ? frame : dialog).dispatchEvent(event);
  return event;
}
let clock = 0;
const finger = (name, id, x, y, more) => send(name, frame, { pointerId: id, clientX: x, clientY: y, button: 0, pointerType: "touch", ...more });
const drag = (from, to, id = 1) => {
  finger("pointerdown", id, ...from);
  finger("pointermove", id, (from[0] + to[0]) / 2, (from[1] + to[1]) / 2);
  finger("pointermove", id, ...to);
  finger("pointerup", id, ...to);
};
function tap(x, y, after = 1000) {
  clock += after;
  for (const name of ["pointerdown", "pointerup"]) finger(name, 1, x, y, { pointerType: "mouse", timeStamp: clock });
}
/** Where the picture is, and how wide. */
const drawn = () => [parseFloat(box.style.width), ...box.style.translate.match(/-?[\d.]+/g).map(Number)].map(Math.round);

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
  assert.deepEqual([dialog.open, shown().src, shown().srcset, shown().alt, title.textContent], [true, "/i/a/small", "a 2x", "a", "a"]);
  assert.deepEqual([buttons.prev.hidden, buttons.next.hidden], [true, false]);
});

test("Arrows, buttons and swipes lead on, and the page catches up when the viewer closes", async () => {
  press("ArrowRight");
  await settled();
  assert.equal(title.textContent, "b");
  act("next");
  await settled();
  assert.equal(title.textContent, "c");
  drag([0, 0], [100, 0]);
  await settled();
  assert.equal(title.textContent, "b");
  drag([0, 0], [0, 100]);
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

test("The whole picture is in the middle, and a double click leads to its pixels at that place and back", () => {
  assert.deepEqual(drawn(), [1000, 0, 0]);
  tap(250, 250);
  assert.deepEqual(drawn(), [1000, 0, 0]);
  tap(250, 250, 100);
  // Of 4000 pixels the sharpest copy has 2560.
  assert.deepEqual(drawn(), [2560, -390, -390]);
  assert.equal(buttons.zoom.ariaPressed, "true");
  tap(250, 250);
  tap(250, 250, 100);
  assert.deepEqual(drawn(), [1000, 0, 0]);
  assert.equal(buttons.zoom.ariaPressed, "false");
});

test("Two taps far apart in time or place are no double tap", () => {
  tap(250, 250);
  tap(250, 250, 400);
  tap(400, 250, 100);
  assert.deepEqual(drawn(), [1000, 0, 0]);
});

test("The wheel zooms at the pointer, and never below the whole", () => {
  const wheel = deltaY => send("wheel", frame, { deltaY, deltaMode: 0, ctrlKey: false, clientX: 1000, clientY: 0 });
  assert.equal(wheel(-500 * Math.log(2)).defaultPrevented, true);
  assert.deepEqual(drawn(), [2000, -1000, 0]);
  wheel(5000);
  assert.deepEqual(drawn(), [1000, 0, 0]);
});

test("Two fingers stretch the picture between them, and what is left of their way is no swipe", async () => {
  finger("pointerdown", 1, 400, 250);
  finger("pointerdown", 2, 600, 250);
  finger("pointermove", 2, 800, 250);
  assert.deepEqual(drawn(), [2000, -400, -250]);
  finger("pointermove", 2, 600, 250);
  finger("pointerup", 2, 600, 250);
  finger("pointermove", 1, 100, 250);
  finger("pointerup", 1, 100, 250);
  await settled();
  assert.equal(title.textContent, "a");
});

test("While zoomed, a drag and the arrows move the picture as far as its edges, and lead nowhere else", async () => {
  press("1");
  assert.deepEqual(drawn(), [2560, -780, -390]);
  drag([500, 250], [440, 220]);
  assert.deepEqual(drawn(), [2560, -840, -420]);
  drag([900, 250], [-3000, 250]);
  assert.deepEqual(drawn(), [2560, -1560, -420]);
  press("ArrowLeft");
  assert.deepEqual(drawn(), [2560, -1480, -420]);
  await settled();
  assert.equal(title.textContent, "a");
});

test("+ and − zoom, 0 shows the whole", () => {
  press("+");
  assert.deepEqual(drawn(), [1500, -250, -125]);
  press("-");
  assert.deepEqual(drawn(), [1000, 0, 0]);
  assert.deepEqual([buttons.out.disabled, buttons.in.disabled], [true, false]);
  press("+");
  press("0");
  assert.deepEqual(drawn(), [1000, 0, 0]);
});

test("The original's pixels are asked for beyond the largest rendition alone, and cover it once they are made", async () => {
  act("close");
  document.body.replaceChildren();
  document.body.append(...imagePage("d", {}, { full: "/i/d/full", fullWidth: "4000" }).children);
  fullSize = [202, 202];
  happen("click", put("[data-viewer]"));
  loaded = [];
  press("+");
  await tick(1000);
  assert.deepEqual(loaded, []);
  press("1");
  assert.deepEqual(drawn()[0], 4000);
  await settled();
  assert.deepEqual([loaded, note.textContent, box.children.length], [["/i/d/full"], "Fetching full detail…", 1]);
  await tick(2000);
  assert.deepEqual([loaded.length, note.textContent, box.children[1].src], [3, "", "/i/d/full"]);
});

test("Where the original's pixels are not for the asker, nothing is asked for", async () => {
  loaded = [];
  press("1");
  await tick(1000);
  assert.deepEqual(loaded.filter(address => address.includes("full")), []);
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
