import { Element, happen, happenToWindow, put, settled, tick, toasts, written } from "./browser.js";
import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { isOneStepBack } from "../../GoImg.Web/wwwroot/js/image.js";

const from = (path, at = 2) => ({ path, at });
afterEach(() => Object.assign(location, { href: "https://gallery.test/", pathname: "/", search: "" }));

test("The list one came from is one step back", () => {
  assert.equal(isOneStepBack(from("/explore"), "/explore", 3), true);
  assert.equal(isOneStepBack(from("/albums/1"), "/explore", 3), false);
});

test("The front page is the list of /explore", () => assert.equal(isOneStepBack(from("/"), "/explore", 3), true));

test("After other pages in between, or when one came from nowhere, it is a way forward", () => {
  assert.equal(isOneStepBack(from("/explore"), "/explore", 5), false);
  assert.equal(isOneStepBack(null, "/explore", 3), false);
});

test("A browser that does not tell one's place in the history goes by where one came from", () => {
  assert.equal(isOneStepBack(from("/explore", null), "/explore", null), true);
  assert.equal(isOneStepBack(from("/albums/1", null), "/explore", null), false);
});

const up = href => new Element(["a[href]", "[data-up]"], { href });

test("The way up goes back to the list, where one scrolled to", () => {
  Object.assign(location, { pathname: "/explore" });
  const tile = new Element(["a[href]", ".tile, .arrange-picture"]);
  happen("click", tile);
  history.length = 2;
  history.backs = 0;
  assert.equal(happen("click", up("https://gallery.test/explore")).defaultPrevented, true);
  assert.equal(history.backs, 1);
  assert.equal(happen("click", up("https://gallery.test/members/ana")).defaultPrevented, false);
  history.length = 1;
});

test("Back in the list the page is where it was, and the last image has the focus", () => {
  sessionStorage.setItem("goimg.cameFrom", JSON.stringify({ path: "/", y: 700, depth: 1 }));
  sessionStorage.setItem("goimg.lastImage", "cat");
  const tile = put('.grid a[href^="/i/cat"]', { getBoundingClientRect: () => ({ top: 900, bottom: 1000 }), scrollIntoView() { this.isInView = true; } });
  happenToWindow("popstate");
  happen("goimg:page");
  assert.deepEqual(globalThis.scrolledTo, [0, 700]);
  assert.equal(tile.isInView, true);
  assert.equal(document.activeElement, tile);
});

test("Paging through images leaves one entry in the history", () => {
  const next = new Element(["a[href]", "[data-replace]"], { href: "https://gallery.test/i/dog?in=album" });
  happen("click", next);
  assert.equal(location.replaced, "https://gallery.test/i/dog?in=album");
  const visited = [];
  window.Blazor = { navigateTo: (...to) => visited.push(to) };
  happen("click", next);
  delete window.Blazor;
  assert.deepEqual(visited, [["/i/dog?in=album", { replaceHistoryEntry: true }]]);
  assert.equal(happen("click", next, { ctrlKey: true }).defaultPrevented, false);
});

test("While an image is processed its page asks every 1.5 seconds, and is drawn again when its state changed", async t => {
  const state = name => new Element(["[data-state]"], { dataset: { state: name } });
  const states = ["processing", "active"];
  t.mock.method(globalThis, "fetch", async () => {
    const page = new Element();
    page.append(state(states.shift()));
    return new Response(written(page));
  });
  put("[data-poll]");
  document.body.append(state("processing"));
  location.replaced = null;
  happen("goimg:page");
  await tick(1_500);
  assert.equal(location.replaced, null);
  await tick(1_500);
  assert.equal(location.replaced, "https://gallery.test/");
  assert.equal(states.length, 0);
});

function likeForm(count, pressed) {
  const [button, number] = [new Element(["button"]), new Element(["[data-count]"], { textContent: count })];
  button.setAttribute("aria-pressed", pressed);
  const form = new Element([], { dataset: { like: "/i/cat" } }).append(button, number);
  return { form, drawn: () => [button.getAttribute("aria-pressed"), number.textContent, form.action] };
}

test("A like is drawn at once, and counted as the server counts", async t => {
  const fetched = t.mock.method(globalThis, "fetch", async () => Response.json({ count: 1301 }));
  const { form, drawn } = likeForm("1,299", "false");
  assert.equal(happen("submit", form).defaultPrevented, true);
  assert.deepEqual(drawn(), ["true", "1,300", "/i/cat/unlike"]);
  await settled();
  assert.deepEqual(drawn(), ["true", "1,301", "/i/cat/unlike"]);
  assert.equal(fetched.mock.calls[0].arguments[0], "/i/cat/like");
});

for (const [what, fetch] of [
  ["does not reach the server", () => Promise.reject(new TypeError("offline"))],
  ["is refused", async () => new Response("", { status: 429 })],
  ["is answered by the sign-in page", async () => new Response("<html>", { headers: { "Content-Type": "text/html" } })],
]) test(`A like that ${what} is taken back`, async t => {
  t.mock.method(globalThis, "fetch", fetch);
  const { form, drawn } = likeForm("1,299", "true");
  happen("submit", form);
  assert.deepEqual(drawn(), ["false", "1,298", "/i/cat/like"]);
  await settled();
  assert.deepEqual(drawn(), ["true", "1,299", "/i/cat/unlike"]);
  assert.equal(toasts().length, 1);
});
