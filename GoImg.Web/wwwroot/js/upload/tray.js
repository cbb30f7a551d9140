// Draws the tray out of queue.js's rows, at most a few times a second. Its markup is in every page of a member (UploadTray.razor) and outlives
// the way from page to page; only rows in view are in it.
import { fill, language } from "../texts.js";
import { list } from "./albums.js";
import { isInBrowser, needsAttention } from "./phases.js";
import { draw as drawRow, fillMeter, make } from "./row.js";
import { settings } from "./settings.js";
import { counts, headline, reasons, summarize } from "./summary.js";

const every = 150;
const drawnWhole = 30;
const rowHeight = 76; // of each, where not all are drawn
const beyond = 5; // rows drawn above and below those in view
const reasonsInView = 4; // as long as there are few, each row's own reason is enough
const mostSelected = 100; // as many as the library acts on at once
const beforeClosing = 5_000; // long enough to read that all went well
const quiet = 5_000; // a screen reader is told of the whole at most this often
const time = new Intl.DateTimeFormat(language, { timeStyle: "short" });
let view;
let timer = 0;
let closing = 0;
let isFolded = false;
let showsReady = false;
let announcedAt = -quiet;
const drawn = new Map();

/** view: rows(), words, blockage(), and act(name, keys, value), which does what is asked for to rows. */
export function begin(given) {
  view = given;
  document.addEventListener("click", heard(press));
  document.addEventListener("change", heard(choose));
  document.addEventListener("scroll", heard(() => {}), { capture: true, passive: true });
  // The next page may have the upload form, or have it no more.
  document.addEventListener("goimg:page", changed);
}

const heard = act => event => {
  if (!event.target.closest?.("[data-tray]")) return;
  act(event.target);
  changed();
};

export function changed() {
  timer ||= setTimeout(draw, every);
}

const part = name => document.querySelector(`[data-tray] [data-part=${name}]`);
const keysOf = fits => view.rows().filter(fits).map(row => row.key);

function draw() {
  timer = 0;
  const rows = view.rows();
  const tray = document.querySelector("[data-tray]") ?? (rows.length > 0 ? unfold() : null);
  if (!tray) return;
  tray.hidden = rows.length === 0;
  const sum = summarize(rows);
  closeLater(rows.length > 0 && sum.ready === rows.length && settings().closes);
  if (tray.hidden) {
    drawn.clear();
    part("list").replaceChildren();
    isFolded = showsReady = false;
    return announce("");
  }
  const words = view.words;
  const blocked = view.blockage();
  const until = blocked ? time.format(blocked.until) : "";
  drawHead(tray, sum, headline(sum, words, until));
  part("body").hidden = isFolded;
  if (!isFolded) {
    drawNotes(rows, sum, blocked, until);
    drawList(showsReady ? rows : rows.filter(row => row.phase !== "ready"));
    drawFoot(rows, sum);
  }
  if (sum.going === 0 || performance.now() - announcedAt >= quiet) announce(fill(words.announcement, [headline(sum, words, until), counts(sum, words)]));
}

function unfold() {
  const template = document.querySelector("[data-tray-template]");
  template?.after(template.content.cloneNode(true));
  return document.querySelector("[data-tray]");
}

function drawHead(tray, sum, said) {
  tray.classList.toggle("is-collapsed", isFolded);
  part("fold").setAttribute("aria-expanded", String(!isFolded));
  write("headline", said);
  write("counts", counts(sum, view.words));
  const isPaused = sum.here > 0 && sum.paused === sum.here;
  part("pause-all").hidden = sum.here === 0 || isPaused;
  part("resume-all").hidden = !isPaused;
  part("cancel-all").hidden = sum.here === 0;
  part("close").hidden = sum.going > 0;
  part("meter").hidden = sum.going === 0;
  fillMeter(part("meter").firstElementChild, sum.percent);
}

function drawNotes(rows, sum, blocked, until) {
  // The upload page's form says the same, and wins.
  part("defaults").hidden = sum.here === 0 || document.querySelector("[data-upload-form]") !== null;
  if (!part("defaults").hidden) drawDefaults();
  part("blocked").hidden = sum.blocked === 0;
  if (blocked) write("blocked", fill(view.words.blocked, [blocked.reason, until]));
  const short = blocked ? null : view.allowance();
  part("allowance").hidden = !short;
  if (short) write("allowance", fill(view.words.allowance, [short.left, short.limit]));
  part("lost").hidden = sum.lost === 0;
  write("lost-hint", fill(view.words.lost, [sum.lost]));
  const shared = sum.problems > reasonsInView ? reasons(rows) : [];
  part("reasons").hidden = shared.length === 0;
  part("reasons").replaceChildren(...shared.map(([reason, files]) => {
    const [line, number] = [document.createElement("li"), document.createElement("strong")];
    number.textContent = fill(view.words.filesWithReason, [files]);
    line.append(number, ` ${reason}`);
    return line;
  }));
}

function drawDefaults() {
  const { visibility, tags, album } = settings();
  list();
  const words = view.words.defaults;
  write("defaults-said", fill(tags ? words.tagged : words.plain, [words[visibility], tags]));
  for (const [name, value] of [["visibility", visibility], ["tags", tags], ["album", album]]) {
    const field = part("defaults").querySelector(`[name=${name}]`);
    if (field !== document.activeElement) field.value = value;
  }
}

function drawFoot(rows, sum) {
  part("ready").hidden = sum.ready === 0;
  part("ready").setAttribute("aria-pressed", String(showsReady));
  part("ready").lastChild.textContent = showsReady ? view.words.hideFinished : fill(view.words.finished, [sum.ready]);
  part("retry-all").hidden = sum.again < 2;
  part("dismiss-all").hidden = sum.problems + sum.duplicates < 2;
  part("closes").querySelector("input").checked = settings().closes;
  const ready = rows.filter(row => row.phase === "ready").slice(0, mostSelected).map(row => row.image);
  part("select").hidden = ready.length === 0;
  part("select").dataset.choose = ready.join(",");
  part("library").hidden = ready.length > 0;
  part("links").hidden = sum.ready === 0 || sum.going > 0;
}

function drawList(rows) {
  const list = part("list");
  const isLong = rows.length > drawnWhole;
  list.classList.toggle("is-long", isLong);
  const [from, to] = isLong ? inView(rows.length, list.scrollTop, list.clientHeight) : [0, rows.length];
  list.style.setProperty("--above", `${from * rowHeight}px`);
  list.style.setProperty("--below", `${(rows.length - to) * rowHeight}px`);
  const shown = rows.slice(from, to);
  const keys = new Set(shown.map(row => row.key));
  for (const [key, element] of drawn) if (!keys.has(key)) { element.remove(); drawn.delete(key); }
  let last = null;
  for (const row of shown) {
    const element = drawn.get(row.key) ?? make(part("row"), row, view.words);
    drawn.set(row.key, element);
    // Moved only if it must be: a field that is moved loses its focus.
    const place = last ? last.nextElementSibling : list.firstElementChild;
    if (place !== element) list.insertBefore(element, place);
    drawRow(element, row, view.words);
    last = element;
  }
}

/** Which of so many rows of equal height are seen, and a few around them. */
export function inView(rows, top, height) {
  const first = Math.max(0, Math.min(Math.floor(top / rowHeight) - beyond, rows - drawnWhole));
  return [first, Math.min(rows, Math.ceil((top + height) / rowHeight) + beyond)];
}

function write(name, text) {
  if (part(name).textContent !== text) part(name).textContent = text;
}

function announce(text) {
  announcedAt = performance.now();
  const line = document.querySelector("[data-tray-says]");
  if (line.textContent !== text) line.textContent = text;
}

function closeLater(isWanted) {
  if (isWanted) closing ||= setTimeout(() => { closing = 0; act("forget", () => true); }, beforeClosing);
  else {
    clearTimeout(closing);
    closing = 0;
  }
}

const act = (name, fits) => view.act(name, keysOf(fits));

const buttons = {
  fold: () => { isFolded = !isFolded; },
  "pause-all": () => act("pause", row => isInBrowser(row.phase)),
  "resume-all": () => act("resume", row => row.phase === "paused"),
  "cancel-all": () => act("cancel", row => isInBrowser(row.phase)),
  close: () => act("forget", () => true),
  "forget-lost": () => act("cancel", row => row.phase === "lost"),
  "retry-all": () => act("retry", () => true),
  "dismiss-all": () => act("forget", row => needsAttention(row.phase) && row.phase !== "lost"),
  ready: () => { showsReady = !showsReady; },
};

function press(target) {
  const button = target.closest("button");
  if (!button) return;
  const row = button.closest("[data-key]");
  if (row && button.dataset.act) view.act(button.dataset.act, [Number(row.dataset.key)]);
  else if (button.dataset.copyLinks) copy(button.dataset.copyLinks);
  else buttons[button.dataset.part]?.();
}

async function copy(form) {
  const lines = view.links(form);
  const tell = text => document.dispatchEvent(new CustomEvent("goimg:toast", { detail: { text } }));
  try {
    await navigator.clipboard.writeText(lines.join("\n"));
    tell(fill(view.words.linksCopied, [lines.length]));
  } catch {
    tell(view.words.copyFailed);
  }
}

function choose(target) {
  const row = target.closest("[data-key]");
  if (row && target.name === "title") view.act("retitle", [Number(row.dataset.key)], target.value);
  else if (target.name === "closes") view.act("configure", [], { closes: target.checked });
  else if (target.closest("[data-part=defaults]")) view.act("configure", [], { [target.name]: target.value });
}
