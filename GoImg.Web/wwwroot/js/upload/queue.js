// The files of this tab: waiting, being sent, and what became of them. The tray draws the rows; the server knows nothing of them but its images.
import { fill } from "../texts.js";
import * as albums from "./albums.js";
import { refusal } from "./check.js";
import * as images from "./images.js";
import { known } from "./known.js";
import { links } from "./links.js";
import * as memory from "./memory.js";
import { isInBrowser } from "./phases.js";
import { configure, settings } from "./settings.js";
import * as states from "./states.js";
import { send, terminate } from "./tus.js";
import * as thumbs from "./thumbs.js";
import { suggestTitle } from "./title.js";
import * as tray from "./tray.js";

const parallel = 3;
const ahead = 12; // files whose hash is made before it is their turn
const patience = [1, 2, 4, 8, 15, 30]; // seconds until a server that does not answer is asked again; the last one for ever
const rows = new Map();
export const all = () => [...rows.values()];
const byPrint = new Map(); // those that were interrupted, until their file is chosen again
const waiting = [];
let lastKey = 0;
let sending = 0;
let frame;
let words;
let blocked = null;
/** While the server takes no more files: until when (by Date.now()), and why. */
export const blockage = () => blocked;

export async function add(files, element) {
  begin(element);
  let leftOut = 0;
  for await (const { file, name, fromFolder } of files) {
    const reason = await refusal(file, words);
    // Folders hold all kinds of things; what is plainly no image there is counted, not complained about one by one.
    if (fromFolder && reason === words.unknown) { leftOut++; continue; }
    const print = memory.fingerprint(file);
    const before = byPrint.get(print);
    if (before) { goOn(before, file); continue; }
    if (rows.size >= words.maxRows) { say(words.tooMany); break; }
    const row = keep({ file, print, name, title: settings().titles ? suggestTitle(name, words.maxTitle) : "", bytes: file.size, sent: 0, phase: reason ? "refused" : idle(), reason });
    if (!reason) waiting.push(row);
    pump();
  }
  remember();
  askAllowance();
  if (leftOut > 0) say(fill(words.leftOut, [leftOut]));
}

/** Uploads of a tab that is no more: rows without a file, until it is chosen again. And what became of this tab's own before it was loaded again. */
export function restore(element) {
  begin(element);
  for (const outcome of memory.takeCarried()) {
    const row = keep({ file: null, print: null, ...outcome });
    if (row.image) states.ask(row.image);
  }
  const lost = memory.orphans(member()).filter(entry => !byPrint.has(entry.print));
  for (const { print, place, name, title, bytes, sent } of lost) byPrint.set(print, keep({ file: null, print, place, name, title, bytes, sent, phase: "lost", reason: null }));
  if (lost.length > 0) remember();
  states.watch();
}

function keep(row) {
  row = { key: ++lastKey, tries: 0, ...row };
  rows.set(row.key, row);
  if (row.file && row.phase !== "refused") thumbs.draw(row, tray.changed);
  tray.changed();
  return row;
}

function begin(element) {
  frame = element;
  if (words) return;
  words = JSON.parse(frame.dataset.words);
  states.follow({ rows: all, token, told });
  tray.begin({ rows: all, words, act, blockage, allowance, links: form => links(all(), form, words.untitled) });
}

// What may still be sent within the hour is said before it is reached.
let left = Infinity;
let limit = 0;
async function askAllowance() {
  try {
    const answer = await fetch("/uploads/allowance");
    if (!answer.ok) return;
    ({ left, limit } = await answer.json());
    tray.changed();
  } catch { /* offline: it is asked again with the next files */ }
}

/** Null while all of them can go. */
export const allowance = () => limit > 0 && all().filter(row => row.phase === "waiting" && !row.place).length > left ? { left, limit } : null;

function goOn(row, file) {
  byPrint.delete(row.print);
  row.file = file;
  start(row, true);
  pump();
}

// The frame is drawn again with every page, and its token with it.
const newest = () => document.querySelector("[data-uploads]") ?? frame;
const token = () => newest().dataset.token;
const member = () => newest().dataset.member;
export const say = text => document.dispatchEvent(new CustomEvent("goimg:toast", { detail: { text } }));

function pump() {
  while (sending < parallel && waiting.length > 0 && !blocked) {
    const row = waiting.shift();
    if (row.phase === "waiting") run(row);
  }
  for (const row of waiting.slice(0, ahead)) look(row);
  awake(sending > 0);
}

// Once for each file: what is here in part already need not be asked for.
const look = row => row.known ??= row.place ? Promise.resolve(null) : known(row.file, token);

async function run(row) {
  sending++;
  row.runs = true;
  change(row, "sending");
  const there = await look(row);
  const answer = row.phase !== "sending" ? { phase: "stopped" }
    : there ? { phase: there.state === "deleted" ? "trashed" : "duplicate", image: there.id }
    : await send(Object.assign(row, { onPlace: placed }), settings(), token, words, sent => { row.sent = sent; tray.changed(); });
  sending--;
  row.runs = false;
  settle(row, answer);
  pump();
}

function placed() {
  left--;
  remember();
}

function settle(row, { phase, image, reason, retryAfter, soon }) {
  // Paused or cancelled meanwhile: unless it had arrived, that is what it is. Or paused and resumed: it has waited for this.
  if (!image && row.phase !== "sending") {
    if (row.phase === idle()) queue(row);
    return;
  }
  if (phase === "blocked") {
    queue(row, true);
    block(reason, retryAfter);
  } else if (phase === "offline") wait(row, reason ?? null, soon && row.tries < 5 ? 0.3 : patience[Math.min(row.tries, patience.length - 1)]);
  else {
    if (image) arrive(row, image);
    change(row, phase, reason);
    remember();
    states.watch();
  }
}

function arrive(row, image) {
  if (row.sentTitle !== undefined && !row.place) left--;
  Object.assign(row, { image, sent: row.bytes });
  states.ask(image);
  if (row.sentTitle !== undefined && row.title !== row.sentTitle) tell(images.retitle(token, image, row.title));
}

/** What is new of an image. It has the last word on its rows, but for those that only lead to it. */
function told(image, state) {
  for (const row of rows.values()) {
    if (row.image !== image) continue;
    const leads = row.phase === "duplicate" || row.phase === "trashed";
    if (state) Object.assign(row, { page: state.page, picture: state.picture, link: state.link, pictureLink: state.pictureLink }, leads ? {} : { phase: state.phase, reason: state.reason, title: state.title });
    else if (!leads) forget([row.key]);
    if (row.phase === "ready") {
      thumbs.drop(row);
      row.file = null;
    }
    tray.changed();
  }
  states.watch();
}

// One that is refused for a while is refused for all: none is sent in vain, and each says so.
function block(reason, seconds) {
  clearTimeout(blocked?.timer);
  blocked = { until: Date.now() + seconds * 1000, reason };
  for (const row of waiting) if (row.phase !== "paused") change(row, "blocked");
  blocked.timer = setTimeout(() => {
    blocked = null;
    for (const row of waiting) if (row.phase === "blocked") change(row, "waiting");
    askAllowance();
    pump();
  }, seconds * 1000);
}

const idle = () => blocked ? "blocked" : "waiting";

function wait(row, reason, seconds) {
  row.tries++;
  change(row, "offline", reason);
  clearTimeout(row.timer);
  row.timer = setTimeout(() => again(row), seconds * 1000);
}

function again(row) {
  if (row.phase !== "offline") return;
  clearTimeout(row.timer);
  row.phase = idle();
  queue(row, true);
  pump();
}

// Not while it is still being stopped, or it would be sent twice.
function queue(row, first = false) {
  if (row.runs || waiting.includes(row)) return;
  if (first) waiting.unshift(row);
  else waiting.push(row);
}

// The network itself says that it is gone, or back: no need to wait for anything to time out.
addEventListener("offline", () => { for (const row of rows.values()) if (row.phase === "sending") row.lose?.(); });
addEventListener("online", () => { for (const row of rows.values()) again(row); });

function change(row, phase, reason = null) {
  if (!isInBrowser(phase) || phase === "paused") row.tries = 0;
  row.phase = phase;
  row.reason = reason;
  tray.changed();
}

const pick = keys => keys.map(key => rows.get(key)).filter(row => row);

function pause(keys) {
  for (const row of pick(keys)) {
    if (!isInBrowser(row.phase)) continue;
    change(row, "paused");
    row.stop?.();
  }
  pump();
}

function resume(keys) {
  for (const row of pick(keys)) if (row.phase === "paused") start(row);
  pump();
}

function retry(keys) {
  for (const row of pick(keys)) {
    if (row.phase === "failed") tellOf(row, images.tryAgain(token, row.image), "received");
    else if (row.file && row.phase === "interrupted") start(row);
  }
  pump();
}

const restoreImages = keys => pick(keys).filter(row => row.phase === "trashed").forEach(row => tellOf(row, images.restore(token, row.image), "duplicate"));

async function tellOf(row, change, phase) {
  if (!await tell(change)) return;
  row.phase = phase;
  row.reason = null;
  states.ask(row.image);
  states.watch();
  tray.changed();
}

/** Whether it went well; if not, people are told why. */
async function tell(change) {
  const wrong = await change;
  if (wrong !== null) say(wrong || words.unreachable);
  return wrong === null;
}

function start(row, first = false) {
  row.tries = 0;
  change(row, idle());
  queue(row, first);
}

function cancel(keys) {
  for (const row of pick(keys)) {
    if (row.image) continue;
    row.phase = "cancelled";
    row.stop?.();
    if (row.place) terminate(row.place, token());
    forget([row.key]);
  }
  pump();
}

function retitle([key], title) {
  const [row] = pick([key]);
  if (!row) return;
  row.title = title;
  if (row.image) tell(images.retitle(token, row.image, title));
}

function forget(keys) {
  for (const row of pick(keys)) {
    clearTimeout(row.timer);
    rows.delete(row.key);
    byPrint.delete(row.print);
    row.isGone = true;
    thumbs.drop(row);
    tray.changed();
  }
  remember();
  states.watch();
}

/** Of a dialog's field; its words are put right where they are not taken. */
export async function makeAlbum(element, field) {
  begin(element);
  const wrong = await albums.make(field.value, token, words, say);
  if (wrong !== null) return say(wrong);
  field.value = "";
  field.closest("dialog").close();
  tray.changed();
}

const acts = { pause, resume, retry, cancel, retitle, forget, restore: restoreImages, configure: (_, settings) => configure(settings) };

/** What the tray's buttons and fields do to the rows with these keys. */
export const act = (name, keys, value) => acts[name](keys, value);

// What a tab that closes now would leave unfinished.
const isUnfinished = row => isInBrowser(row.phase) || row.phase === "lost";
const unfinished = () => all().filter(isUnfinished);

function remember() {
  memory.note(member(), unfinished);
}

addEventListener("pagehide", () => {
  if (!words) return;
  memory.settle(member(), unfinished);
  memory.carry(all().filter(row => !isUnfinished(row)));
});

addEventListener("beforeunload", event => { if (all().some(row => isInBrowser(row.phase))) event.preventDefault(); });

// A phone that goes to sleep stops sending.
let lock;
async function awake(wanted) {
  if (wanted === Boolean(lock) || !navigator.wakeLock) return;
  try {
    if (!wanted) { await lock.release(); lock = null; }
    else if (document.visibilityState === "visible") lock = await navigator.wakeLock.request("screen");
  } catch { lock = null; }
}
