// The picture alone, in the whole window: wheel, fingers and keys zoom into it, arrows and swipes lead on, space runs a slide show.
import { forward, text } from "./texts.js";
import { isWhole, range, swiped, toggled, whole, within, zoomed } from "./viewer/geometry.js";
import { gestures } from "./viewer/gestures.js";
import { showPicture } from "./viewer/picture.js";

const slideTime = 5000;
const idleTime = 2500;
const step = 1.5;
const push = 80;
let viewer, here, url, started, timer, idle;
let picture, view;

document.addEventListener("click", event => {
  if (!event.target.closest?.("[data-viewer]") || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  event.stopPropagation();
  open();
}, true);

function open() {
  viewer ??= build();
  document.body.append(viewer);
  url = started = location.href;
  viewer.showModal();
  show(document);
  part(".viewer-stage").focus({ preventScroll: true });
  stir();
}

// For an attribute of what is given to the browser as source.
const label = key => text(key).replaceAll("&", "&amp;").replaceAll("\"", "&quot;");
const icon = path => `<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="${path}"/></svg>`;
const button = (does, words, path) => `<button type="button" data-do="${does}" aria-label="${words}" title="${words}">${icon(path)}</button>`;

function build() {
  const dialog = document.createElement("dialog");
  dialog.className = "viewer";
  dialog.setAttribute("aria-label", text("Viewer"));
  dialog.innerHTML = `
    <div class="viewer-stage" tabindex="0" role="group" aria-label="${label("Picture")}"><div class="viewer-box"></div></div>
    <div class="viewer-bar"><strong aria-live="polite"></strong><output class="viewer-note"></output>
      ${button("play", label("SlideShow"), "M8 5l11 7-11 7z")}
      ${button("out", label("ZoomOut"), "M10.5 4a6.5 6.5 0 1 0 0 13a6.5 6.5 0 0 0 0-13zM15.3 15.3L20 20M7.5 10.5h6")}
      ${button("in", label("ZoomIn"), "M10.5 4a6.5 6.5 0 1 0 0 13a6.5 6.5 0 0 0 0-13zM15.3 15.3L20 20M7.5 10.5h6M10.5 7.5v6")}
      ${button("zoom", label("RealSize"), "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5")}
      ${button("close", label("Close"), "M6 6l12 12M18 6L6 18")}</div>
    <div class="viewer-nav">${button("prev", label("PreviousImage"), "M14.5 5.5L8 12l6.5 6.5")}</div>
    <div class="viewer-nav viewer-next">${button("next", label("NextImage"), "M9.5 5.5L16 12l-6.5 6.5")}</div>`;
  dialog.querySelector("[data-do=play]").ariaPressed = "false";
  dialog.addEventListener("click", event => {
    const button = event.target.closest("button");
    if (button) act[button.dataset.do]();
  });
  dialog.addEventListener("keydown", press);
  dialog.addEventListener("close", leave);
  dialog.addEventListener("pointermove", stir);
  dialog.addEventListener("focusin", stir);
  const stage = dialog.querySelector(".viewer-stage");
  stage.addEventListener("wheel", turn, { passive: false });
  gestures(stage, { move, end, tap: (_, kind) => kind === "mouse" || toggleBars(), doubleTap: at => zoomTo(toggled(view.scale, limits()), at) });
  // Also when a phone is turned or its bars come and go.
  new ResizeObserver(() => { if (dialog.open && picture) resize(); }).observe(stage);
  return dialog;
}

const part = selector => viewer.querySelector(selector);
const act = {
  prev: () => go("prev"), next: () => go("next"), play, close: () => viewer.close(),
  zoom: () => zoomTo(toggled(view.scale, limits())), in: () => zoomTo(view.scale * step), out: () => zoomTo(view.scale / step),
};

function show(page) {
  here = page;
  const stage = page.querySelector("[data-stage]");
  picture?.leave();
  picture = showPicture(part(".viewer-box"), stage, say);
  part("strong").textContent = page.querySelector("h1")?.textContent ?? "";
  view = whole(frame(), picture.size);
  place();
  for (const way of ["prev", "next"]) {
    part(`[data-do=${way}]`).hidden = !link(way);
    if (link(way)) load(link(way));
  }
}

const say = words => { part(".viewer-note").textContent = words; };
const frame = () => part(".viewer-stage").getBoundingClientRect();
const density = () => window.devicePixelRatio || 1;
const limits = () => range(frame(), picture.size, picture.pixels, density());
const isFit = () => isWhole(view.scale, limits().fit);

// The box has the picture's size at this scale; what swiping moves it by comes on top.
function place(shift = { x: 0, y: 0 }) {
  const { style } = part(".viewer-box");
  style.width = `${picture.size.width * view.scale}px`;
  style.height = `${picture.size.height * view.scale}px`;
  style.translate = [view.x + shift.x, view.y + shift.y].map(pixels => `${pixels}px`).join(" ");
  style.opacity = shift.y > 0 ? Math.max(.4, 1 - shift.y / 600) : "";
  part(".viewer-stage").classList.toggle("is-zoomed", !isFit());
  part("[data-do=zoom]").ariaPressed = String(!isFit());
  part("[data-do=out]").disabled = isFit();
  part("[data-do=in]").disabled = view.scale >= limits().most * .99;
  picture.drawn(picture.size.width * view.scale, density());
}

function zoomTo(scale, at) {
  const { width, height } = frame();
  view = zoomed(view, scale, at ?? { x: width / 2, y: height / 2 }, frame(), picture.size, limits());
  place();
  stir();
}

function resize() {
  const { fit } = limits();
  // What was whole stays whole, also in a window that was turned.
  view = part(".viewer-stage").classList.contains("is-zoomed") && view.scale > fit ? within(view, frame(), picture.size) : whole(frame(), picture.size);
  place();
}

function turn(event) {
  event.preventDefault();
  const lines = event.deltaMode === 1 ? 16 : event.deltaMode === 2 ? 400 : 1;
  const box = frame();
  // A pinch on a trackpad comes as a wheel with Ctrl, in smaller steps.
  zoomTo(view.scale * Math.exp(-event.deltaY * lines * (event.ctrlKey ? .01 : .002)), { x: event.clientX - box.left, y: event.clientY - box.top });
}

// Where the picture is whole one finger swipes; in all other cases fingers move and stretch it.
let swipe = null;
function move({ dx, dy, factor, at, count }) {
  if (count > 1 || !isFit()) {
    swipe = null;
    const moved = { ...view, x: view.x + dx, y: view.y + dy };
    view = zoomed(moved, view.scale * factor, at, frame(), picture.size, limits());
    place();
  } else {
    swipe = { x: (swipe?.x ?? 0) + dx, y: (swipe?.y ?? 0) + dy };
    const isAcross = Math.abs(swipe.x) > Math.abs(swipe.y);
    place({ x: isAcross ? swipe.x : 0, y: isAcross ? 0 : Math.max(0, swipe.y) });
  }
}

function end({ dx, dy, isPinch, isCancelled }) {
  const wasSwipe = swipe !== null;
  swipe = null;
  const meant = wasSwipe && !isPinch && !isCancelled ? swiped(forward * dx, dy) : null;
  if (meant === "close" || (meant && link(meant))) act[meant]();
  if (viewer.open && meant !== "close") place();
}

const link = way => here.querySelector(`[data-stage] a[rel=${way}]`)?.getAttribute("href");

const pages = new Map();
function load(address) {
  if (!pages.has(address)) pages.set(address, fetch(address).then(async answer => {
    if (!answer.ok) throw new Error(answer.statusText);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const source = page.querySelector("[data-stage] .stage-picture img");
    if (source) Object.assign(new Image(), { sizes: "100vw", srcset: source.srcset });
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
  if (event.key === " " && event.target.matches("button")) return;
  const does = keys[event.key];
  if (!does) return;
  event.preventDefault();
  does();
}

const keys = {
  ArrowLeft: () => isFit() ? go(forward > 0 ? "prev" : "next") : pan(push, 0),
  ArrowRight: () => isFit() ? go(forward > 0 ? "next" : "prev") : pan(-push, 0),
  ArrowUp: () => isFit() || pan(0, push),
  ArrowDown: () => isFit() || pan(0, -push),
  "+": () => act.in(), "=": () => act.in(), "-": () => act.out(),
  0: () => zoomTo(limits().fit), 1: () => zoomTo(limits().real),
  z: () => act.zoom(), f: () => viewer.close(), " ": play,
};

function pan(x, y) {
  view = within({ ...view, x: view.x + x, y: view.y + y }, frame(), picture.size);
  place();
}

function stir() {
  viewer.classList.remove("is-idle");
  clearTimeout(idle);
  idle = setTimeout(() => viewer.classList.add("is-idle"), idleTime);
}

function toggleBars() {
  const isIdle = viewer.classList.contains("is-idle");
  stir();
  if (!isIdle) viewer.classList.add("is-idle");
}

// The page behind catches up with the picture one stopped at.
function leave() {
  stop();
  clearTimeout(idle);
  picture?.leave();
  viewer.remove();
  if (url === started) return;
  if (window.Blazor?.navigateTo) window.Blazor.navigateTo(new URL(url).pathname + new URL(url).search, { replaceHistoryEntry: true });
  else location.replace(url);
}
