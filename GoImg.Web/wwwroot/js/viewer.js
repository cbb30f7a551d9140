// The picture alone, in the whole window: arrows and swipes lead on, a click zooms to its real size and back, space runs a slide show.
import { forward, text } from "./texts.js";

const slideTime = 5000;
const idleTime = 2500;
let viewer, here, url, started, timer, idle;

document.addEventListener("click", event => {
  if (!event.target.closest?.("[data-viewer]") || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  event.stopPropagation();
  open();
}, true);

function open() {
  viewer ??= build();
  document.body.append(viewer);
  url = started = location.href;
  show(document);
  viewer.showModal();
  viewer.requestFullscreen?.().catch(() => {});
  stir();
}

// For an attribute of what is given to the browser as source.
const label = key => text(key).replaceAll("&", "&amp;").replaceAll("\"", "&quot;");

function build() {
  const dialog = document.createElement("dialog");
  dialog.className = "viewer";
  dialog.setAttribute("aria-label", text("Viewer"));
  dialog.innerHTML = `
    <div class="viewer-picture" tabindex="0"><img alt=""></div>
    <div class="viewer-bar"><strong aria-live="polite"></strong>
      <button type="button" data-do="play" aria-pressed="false" aria-label="${label("SlideShow")}">${icon("M8 5l11 7-11 7z")}</button>
      <button type="button" data-do="zoom" aria-pressed="false" aria-label="${label("RealSize")}">${icon("M10.5 4a6.5 6.5 0 1 0 0 13a6.5 6.5 0 0 0 0-13zM15.3 15.3L20 20M7.5 10.5h6M10.5 7.5v6")}</button>
      <button type="button" data-do="close" aria-label="${label("Close")}">${icon("M6 6l12 12M18 6L6 18")}</button></div>
    <button type="button" class="viewer-nav" data-do="prev" aria-label="${label("PreviousImage")}">${icon("M14.5 5.5L8 12l6.5 6.5")}</button>
    <button type="button" class="viewer-nav viewer-next" data-do="next" aria-label="${label("NextImage")}">${icon("M9.5 5.5L16 12l-6.5 6.5")}</button>`;
  dialog.addEventListener("click", event => {
    const button = event.target.closest("button");
    if (button) act[button.dataset.do](event);
    else if (event.target.matches("img, .viewer-picture") && !dragged) zoom(event);
  });
  dialog.addEventListener("keydown", press);
  dialog.addEventListener("close", leave);
  dialog.addEventListener("pointermove", stir);
  dialog.addEventListener("focusin", stir);
  swipe(dialog.querySelector(".viewer-picture"));
  document.addEventListener("fullscreenchange", () => { if (!document.fullscreenElement && dialog.open) dialog.close(); });
  return dialog;
}

const icon = path => `<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="${path}"/></svg>`;
const part = selector => viewer.querySelector(selector);
const act = { prev: () => go("prev"), next: () => go("next"), zoom, play, close: () => viewer.close() };

function show(page) {
  here = page;
  const picture = page.querySelector("[data-stage] .stage-picture img");
  const image = part("img");
  part(".viewer-picture").classList.remove("is-zoomed");
  part("[data-do=zoom]").ariaPressed = "false";
  image.removeAttribute("srcset");
  image.sizes = "100vw";
  image.src = picture?.getAttribute("src") ?? "";
  image.alt = picture?.alt ?? text("NoPicture");
  if (picture) image.srcset = picture.srcset;
  part("strong").textContent = page.querySelector("h1")?.textContent ?? "";
  for (const way of ["prev", "next"]) part(`[data-do=${way}]`).hidden = !link(way);
  for (const way of ["prev", "next"]) if (link(way)) load(link(way));
}

const link = way => here.querySelector(`[data-stage] a[rel=${way}]`)?.getAttribute("href");

const pages = new Map();
function load(address) {
  if (!pages.has(address)) pages.set(address, fetch(address).then(async answer => {
    if (!answer.ok) throw new Error(answer.statusText);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const picture = page.querySelector("[data-stage] .stage-picture img");
    if (picture) Object.assign(new Image(), { sizes: "100vw", srcset: picture.srcset });
    return page;
  }).catch(() => { pages.delete(address); return null; }));
  return pages.get(address);
}

async function go(way) {
  const address = link(way);
  const page = address && await load(address);
  if (!page) return stop();
  url = new URL(address, location.href).href;
  show(page);
}

function zoom(event) {
  const frame = part(".viewer-picture");
  const box = frame.getBoundingClientRect();
  const at = event?.clientX === undefined || event.target.closest?.("button") ? { x: .5, y: .5 } : { x: event.clientX / box.width, y: event.clientY / box.height };
  const on = frame.classList.toggle("is-zoomed");
  part("[data-do=zoom]").ariaPressed = String(on);
  if (on) frame.scrollTo((frame.scrollWidth - box.width) * at.x, (frame.scrollHeight - box.height) * at.y);
}

function play() {
  if (timer) return stop();
  timer = setInterval(() => go("next"), slideTime);
  part("[data-do=play]").ariaPressed = "true";
}

function stop() {
  clearInterval(timer);
  timer = 0;
  part("[data-do=play]").ariaPressed = "false";
}

function press(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const zoomed = part(".viewer-picture").classList.contains("is-zoomed");
  const does = {
    ArrowLeft: () => zoomed || go(forward > 0 ? "prev" : "next"), ArrowRight: () => zoomed || go(forward > 0 ? "next" : "prev"),
    " ": () => event.target.matches("button") || play(), z: zoom, f: () => viewer.close(),
  }[event.key];
  if (!does || (zoomed && event.key.startsWith("Arrow"))) return;
  if (event.key === " " && event.target.matches("button")) return;
  event.preventDefault();
  does();
}

// Swipe leads on while the picture fits; while zoomed a drag moves it.
let dragged = false;
function swipe(frame) {
  let start = null;
  frame.addEventListener("pointerdown", event => { dragged = false; start = { x: event.clientX, y: event.clientY, left: frame.scrollLeft, top: frame.scrollTop }; });
  frame.addEventListener("pointermove", event => {
    if (!start || !event.buttons) return;
    const [dx, dy] = [event.clientX - start.x, event.clientY - start.y];
    if (Math.hypot(dx, dy) > 8) dragged = true;
    if (frame.classList.contains("is-zoomed") && event.pointerType === "mouse") frame.scrollTo(start.left - dx, start.top - dy);
  });
  frame.addEventListener("pointerup", event => {
    if (!start || frame.classList.contains("is-zoomed")) return;
    const meant = swiped(forward * (event.clientX - start.x), event.clientY - start.y);
    if (meant) act[meant]();
    start = null;
  });
}

/** What a finger meant that moved so far, against the direction of reading or with it: "prev", "next", "close", or nothing when it was short or slanting. */
export function swiped(dx, dy) {
  if (Math.abs(dx) > 60 && Math.abs(dx) > 2 * Math.abs(dy)) return dx > 0 ? "prev" : "next";
  return dy > 90 && dy > 2 * Math.abs(dx) ? "close" : null;
}

function stir() {
  viewer.classList.remove("is-idle");
  clearTimeout(idle);
  idle = setTimeout(() => viewer.classList.add("is-idle"), idleTime);
}

// The page behind catches up with the picture one stopped at.
function leave() {
  stop();
  clearTimeout(idle);
  if (document.fullscreenElement) document.exitFullscreen();
  viewer.remove();
  if (url === started) return;
  if (window.Blazor?.navigateTo) window.Blazor.navigateTo(new URL(url).pathname + new URL(url).search, { replaceHistoryEntry: true });
  else location.replace(url);
}
