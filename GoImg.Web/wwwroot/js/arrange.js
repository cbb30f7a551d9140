// The order of an album: drag an image, or lift it by its handle with Space and move it with the arrows. One request per move, whatever the distance.
import { text, forward } from "./texts.js";

const edgePx = 80;
const scrollStepPx = 12;
let lifted = null;

const listOf = element => element.closest("[data-arrange]");
const items = list => [...list.children];
const handle = item => item.querySelector(".arrange-handle");

document.addEventListener("pointerdown", event => {
  const list = event.target.closest?.("[data-arrange]");
  if (!list || event.button !== 0 || lifted) return;
  // A finger on the picture scrolls; only the handle drags. A mouse drags by either.
  const grip = event.target.closest(event.pointerType === "mouse" ? ".arrange-handle, .arrange-picture" : ".arrange-handle");
  if (grip) drag(grip.closest("li"), event);
});

function drag(item, start) {
  const list = listOf(item);
  const stop = new AbortController();
  const on = (type, act) => document.addEventListener(type, act, { signal: stop.signal });
  let scroll = 0;
  let pointer = start;

  on("pointermove", event => {
    if (event.pointerId !== start.pointerId) return;
    pointer = event;
    if (!lifted && Math.hypot(event.clientX - start.clientX, event.clientY - start.clientY) < 6) return;
    if (!lifted) { lift(item); scrollAtEdges(); }
    follow();
  });
  on("pointerup", event => { if (event.pointerId === start.pointerId) end(true); });
  on("pointercancel", () => end(false));
  on("keydown", event => { if (event.key === "Escape") { event.preventDefault(); end(false); } });
  // A drag that ends on a link is no click on it.
  on("dragstart", event => event.preventDefault());

  function follow() {
    const over = document.elementFromPoint(pointer.clientX, pointer.clientY)?.closest("[data-arrange] > li");
    if (over && over !== item && listOf(over) === list) {
      const all = items(list);
      if (all.indexOf(over) > all.indexOf(item)) over.after(item);
      else over.before(item);
    }
  }

  function scrollAtEdges() {
    const step = pointer.clientY < edgePx ? -scrollStepPx : pointer.clientY > innerHeight - edgePx ? scrollStepPx : 0;
    if (step !== 0) { scrollBy(0, step); follow(); }
    scroll = requestAnimationFrame(scrollAtEdges);
  }

  function end(keep) {
    stop.abort();
    cancelAnimationFrame(scroll);
    if (!lifted) return;
    if (keep) drop();
    else putBack();
  }
}

document.addEventListener("keydown", event => {
  const item = event.target.closest?.(".arrange-handle")?.closest("li");
  if (!item || event.ctrlKey || event.metaKey || event.altKey) return;
  const isLifted = lifted?.item === item;
  if (event.key === " " || (event.key === "Enter" && isLifted)) {
    event.preventDefault();
    if (isLifted) drop();
    else { lift(item); say(text("ImageLifted", ...place(item))); }
  } else if (isLifted && event.key === "Escape") {
    event.preventDefault();
    putBack();
  } else if (isLifted && step(item, event.key)) event.preventDefault();
});

// Focus that leaves drops nothing by accident.
document.addEventListener("focusout", event => {
  if (lifted?.byKeys && event.target === handle(lifted.item) && !lifted.isMoving) putBack();
});

/** Where an arrow leads in a grid of so many columns; the ends hold. */
export function target(index, key, count, columns, ahead = 1) {
  const wanted = {
    ArrowLeft: index - ahead, ArrowRight: index + ahead, ArrowUp: index - columns, ArrowDown: index + columns, Home: 0, End: count - 1,
  }[key];
  return wanted === undefined ? undefined : Math.max(0, Math.min(count - 1, wanted));
}

function step(item, key) {
  const all = items(listOf(item));
  const from = all.indexOf(item);
  const columns = all.filter(other => other.offsetTop === all[0].offsetTop).length;
  const to = target(from, key, all.length, columns, forward);
  if (to === undefined) return false;
  lifted.byKeys = lifted.isMoving = true;
  if (to > from) all[to].after(item);
  else if (to < from) all[to].before(item);
  // Moving an element takes the focus from it.
  handle(item).focus();
  lifted.isMoving = false;
  item.scrollIntoView({ block: "nearest" });
  say(text("ImageAt", ...place(item)));
  return true;
}

function lift(item) {
  lifted = { item, next: item.nextElementSibling, byKeys: false, isMoving: false };
  item.classList.add("is-lifted");
}

function putBack() {
  const { item, next } = lifted;
  lifted.isMoving = true;
  listOf(item).insertBefore(item, next);
  settle();
  say(text("ImagePutBack", item.dataset.name));
}

async function drop() {
  const { item, next } = lifted;
  if (item.nextElementSibling === next) return putBack();
  settle();
  say(text("ImageMoved", ...place(item)));
  const list = listOf(item);
  const form = new FormData(item.querySelector("form"));
  form.delete("return_url");
  // Behind the last one that is loaded there may be more.
  if (item.nextElementSibling) form.set("before", item.nextElementSibling.dataset.image);
  else form.set("behind", item.previousElementSibling.dataset.image);
  try {
    const answer = await fetch(list.dataset.arrange, { method: "POST", body: form, redirect: "manual" });
    if (answer.type !== "opaqueredirect" && !answer.ok) throw new Error(String(answer.status));
  } catch {
    list.insertBefore(item, next);
    document.dispatchEvent(new CustomEvent("goimg:toast", { detail: { text: text("ImageNotMoved") } }));
  }
}

function settle() {
  const { item } = lifted;
  item.classList.remove("is-lifted");
  lifted.isMoving = true;
  handle(item).focus({ preventScroll: true });
  lifted = null;
}

function place(item) {
  const all = items(listOf(item));
  return [item.dataset.name, all.indexOf(item) + 1, all.length];
}

function say(words) {
  document.querySelector("[data-arrange-status]").textContent = words;
}
