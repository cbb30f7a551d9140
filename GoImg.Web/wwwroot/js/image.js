// The image page: likes at once, previous and next without piling up history, back to the place in the list, news while an image is processed.
import { forward, language, text } from "./texts.js";
import { swiped } from "./viewer/geometry.js";

const cameFrom = "goimg.cameFrom";

document.addEventListener("click", event => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button) return;
  const link = event.target.closest?.("a[href]");
  if (!link) return;
  if (link.closest(".tile, .arrange-picture")) remember(link);
  else if (link.matches("[data-replace]")) { event.preventDefault(); event.stopPropagation(); replace(link.href); }
  else if (link.matches("[data-reveal]")) { event.preventDefault(); event.stopPropagation(); reveal(document.getElementById(link.dataset.reveal), link); }
  else if (link.matches("[data-up]") && cameStraightFrom(link)) { event.preventDefault(); event.stopPropagation(); history.back(); }
}, true);

// One entry for all images looked at from one list: Back leads to the list.
function replace(url) {
  if (window.Blazor?.navigateTo) window.Blazor.navigateTo(new URL(url).pathname + new URL(url).search, { replaceHistoryEntry: true });
  else location.replace(url);
}

function remember() {
  sessionStorage.setItem(cameFrom, JSON.stringify({ path: location.pathname, search: location.search, y: scrollY, at: place() }));
}

// Where this page stands in the history of the tab. history.length would not do: it stays as it is after going back. Null in browsers that don't tell.
const place = () => window.navigation?.currentEntry?.index ?? null;

const cameStraightFrom = link => isOneStepBack(JSON.parse(sessionStorage.getItem(cameFrom) ?? "null"), new URL(link.href).pathname, place());

/** Whether going back once leads to the list at this path. The front page is the list that /explore is. Where the place in the history is not known,
 * what is remembered has to do: it is forgotten on every page that is no image's. */
export function isOneStepBack(from, path, at) {
  if (from === null || (at !== null && from.at !== at - 1)) return false;
  return from.path === path || (from.path === "/" && path === "/explore");
}

// Opens what an address on the page leads to, and leads to it; from there the same key leads back.
function reveal(target, link) {
  const head = target.querySelector("summary");
  if (document.activeElement === head) {
    scrollTo({ top: 0 });
    link.focus({ preventScroll: true });
    return;
  }
  target.open = true;
  target.scrollIntoView({ block: "nearest" });
  head.focus({ preventScroll: true });
}

// On a phone a finger leads on; up and down it scrolls, and two fingers enlarge the page.
let finger = null;
document.addEventListener("pointerdown", event => {
  finger = event.pointerType === "touch" && event.isPrimary && (window.visualViewport?.scale ?? 1) < 1.05 && event.target.closest?.("[data-stage]") ? { x: event.clientX, y: event.clientY } : null;
});
document.addEventListener("pointercancel", () => { finger = null; });
document.addEventListener("pointerup", event => {
  const from = finger;
  finger = null;
  if (!from || !event.isPrimary) return;
  const meant = swiped(forward * (event.clientX - from.x), event.clientY - from.y);
  if (meant === "prev" || meant === "next") document.querySelector(`[data-stage] a[rel=${meant}]`)?.click();
});

// Back in the list: the browser knows the place after a real navigation; after an enhanced one it is put back here.
let wentBack = false;
addEventListener("popstate", () => { wentBack = true; });
document.addEventListener("goimg:page", () => {
  const slug = document.querySelector("[data-image]")?.dataset.image;
  if (slug) sessionStorage.setItem("goimg.lastImage", slug);
  const from = JSON.parse(sessionStorage.getItem(cameFrom) ?? "null");
  if (!slug && !wentBack && place() === null) sessionStorage.removeItem(cameFrom);
  if (wentBack && from?.path === location.pathname) scrollTo(0, from.y);
  if (wentBack || performance.getEntriesByType("navigation")[0]?.type === "back_forward") show(sessionStorage.getItem("goimg.lastImage"));
  wentBack = false;
  preload();
  poll();
});
addEventListener("pageshow", event => { if (event.persisted) show(sessionStorage.getItem("goimg.lastImage")); });

// The tile of the image one looked at last, when paging led out of view.
function show(slug) {
  const tile = slug && document.querySelector(`.grid a[href^="/i/${CSS.escape(slug)}"]`);
  if (!tile) return;
  const { top, bottom } = tile.getBoundingClientRect();
  if (bottom < 0 || top > innerHeight) tile.scrollIntoView({ block: "center" });
  tile.focus({ preventScroll: true });
}

// The next page and its picture, once this one is there.
function preload() {
  const next = document.querySelector("[data-stage] a[rel=next]");
  if (!next || navigator.connection?.saveData) return;
  const idle = window.requestIdleCallback ?? (work => setTimeout(work, 300));
  idle(async () => {
    const page = await load(next.href);
    const picture = page?.querySelector("[data-stage] .stage-picture img");
    if (picture) Object.assign(new Image(), { sizes: picture.sizes, srcset: picture.srcset });
  });
}

async function load(url) {
  try {
    const answer = await fetch(url, { headers: { Accept: "text/html" } });
    return answer.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
  } catch {
    return null;
  }
}

// While an image is processed its owner's page asks how it stands, and is drawn again when it is done.
let polling = 0;
function poll() {
  clearTimeout(polling);
  const notice = document.querySelector("[data-poll]");
  if (!notice) return;
  polling = setTimeout(async () => {
    const page = await load(location.href);
    const [before, now] = [document, page].map(d => d?.querySelector("[data-state]")?.dataset.state);
    if (now && now !== before) replace(location.href);
    else poll();
  }, 1500);
}

document.addEventListener("submit", event => {
  const form = event.target;
  if (form.dataset.like === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  like(form);
}, true);

async function like(form) {
  const button = form.querySelector("button");
  const number = form.querySelector("[data-count]");
  const liked = button.getAttribute("aria-pressed") !== "true";
  const before = number.textContent;
  draw(liked, Number(before.replace(/\D/g, "")) + (liked ? 1 : -1));
  try {
    const answer = await fetch(`${form.dataset.like}/${liked ? "like" : "unlike"}`, { method: "POST", keepalive: true, body: new FormData(form), headers: { Accept: "application/json" } });
    if (!answer.ok || !answer.headers.get("content-type")?.includes("json")) throw new Error(answer.statusText);
    draw(liked, (await answer.json()).count);
  } catch {
    draw(!liked, before);
    document.dispatchEvent(new CustomEvent("goimg:toast", { detail: { text: text("NotReached") } }));
  }

  function draw(on, count) {
    button.setAttribute("aria-pressed", String(on));
    number.textContent = typeof count === "number" ? count.toLocaleString(language, { numberingSystem: "latn" }) : count;
    form.action = `${form.dataset.like}/${on ? "unlike" : "like"}`;
  }
}

// A picture with clear parts stands on the page, not on its own placeholder.
document.addEventListener("load", event => { if (event.target.matches?.(".stage-picture img")) event.target.parentElement.classList.add("is-shown"); }, true);
document.addEventListener("focusin", event => { if (event.target.matches?.("[data-select-on-focus]")) event.target.select(); });
