// Grids: pictures fade in over their placeholder, and the next page is appended in place of its link.
import { forward, text } from "./texts.js";

const automaticPages = 3;
const mostPages = 10;
let loadedByItself = 0;

document.addEventListener("goimg:page", () => {
  loadedByItself = 0;
  document.querySelectorAll(".tile img").forEach(arrive);
  watch();
});

// Load events don't bubble; they can be caught on the way down.
for (const happened of ["load", "error"])
  document.addEventListener(happened, event => { if (event.target.matches?.(".tile img")) shown(event.target); }, true);

function arrive(image) {
  if (image.complete) shown(image);
  else if (image.loading === "lazy") image.closest(".tile").classList.add("is-loading");
}

function shown(image) {
  const tile = image.closest(".tile");
  tile.classList.remove("is-loading");
  // A transparent picture stands on the page, not on its own placeholder.
  if (image.naturalWidth) tile.classList.add("is-shown");
}

document.addEventListener("click", event => {
  const link = event.target.closest?.("[data-pager] a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  loadMore(link);
});

const nearEnd = new IntersectionObserver(entries => {
  for (const { isIntersecting, target } of entries)
    if (isIntersecting && loadedByItself < automaticPages) {
      loadedByItself++;
      loadMore(target.querySelector("a"));
    }
}, { rootMargin: "1200px" });

function watch() {
  nearEnd.disconnect();
  document.querySelectorAll("[data-pager=auto]").forEach(pager => {
    nearEnd.observe(pager);
    holdLastRow(pager.previousElementSibling);
  });
}

// A row that is not full would grow before the reader's eyes when the next page fills it up: it waits for that page.
function holdLastRow(list) {
  release(list);
  if (loadedByItself >= automaticPages) return;
  const { left, right } = list.getBoundingClientRect();
  raggedRow([...list.children], forward > 0 ? right : left).forEach(tile => { tile.hidden = true; });
}

/** The tiles of a last row that does not reach the side where rows end; none when it is the only row. */
export function raggedRow(tiles, side, way = forward) {
  const top = tiles.at(-1)?.offsetTop;
  const row = tiles.filter(tile => tile.offsetTop === top);
  if (row.length === tiles.length) return [];
  const end = Math.max(...row.map(tile => tile.getBoundingClientRect()).map(({ left, right }) => way > 0 ? right : -left));
  return end < way * side - 2 ? row : [];
}

function release(list) {
  list.querySelectorAll(":scope > .tile[hidden]").forEach(tile => { tile.hidden = false; });
}

async function loadMore(link) {
  if (link.ariaBusy === "true") return;
  link.ariaBusy = "true";
  const pager = link.closest("[data-pager]");
  const list = pager.previousElementSibling;
  try {
    const answer = await fetch(link.href, { headers: { Accept: "text/html" } });
    if (!answer.ok) throw new Error(answer.statusText);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const more = page.getElementById(list.id);
    const first = more.firstElementChild;
    release(list);
    list.append(...more.children);
    list.querySelectorAll(".tile img").forEach(arrive);
    const next = page.querySelector(`#${CSS.escape(list.id)} + [data-pager]`);
    if (document.activeElement === link) (first?.querySelector("a, button") ?? first)?.focus({ preventScroll: true });
    if (pager.dataset.pager === "auto") remember(next);
    if (next) pager.replaceWith(next);
    else pager.remove();
    watch();
  } catch {
    release(list);
    link.removeAttribute("aria-busy");
    link.textContent = text("NotLoaded");
  }
}

// How many pages are open goes into the address: reload, back and a shared link show the same. From the tenth on the link leads on.
function remember(next) {
  const { url, isLast } = withOneMore(location.href);
  history.replaceState(history.state, "", url);
  if (isLast && next) delete next.dataset.pager;
}

/** The address with one page more in it, and whether that page is the last to be appended. */
export function withOneMore(address) {
  const url = new URL(address);
  const pages = Number(url.searchParams.get("pages") ?? 1) + 1;
  url.searchParams.set("pages", pages);
  return { url, isLast: pages >= mostPages };
}
