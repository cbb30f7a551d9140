// The files of this tab: waiting, being sent, sent. Bytes stay here; the tray hears of them in small batches.
import { fill } from "../texts.js";
import { refusal } from "./check.js";
import { known } from "./known.js";
import * as memory from "./memory.js";
import { send, terminate } from "./tus.js";
import * as tray from "./tray.js";

const parallel = 3;
const ahead = 12; // files whose hash is made before it is their turn
const patience = [1, 2, 4, 8, 15, 30]; // seconds until a server that does not answer is asked again; the last one for ever
const rows = new Map();
const byPrint = new Map(); // those that were interrupted, until their file is chosen again
const waiting = [];
let lastKey = 0;
let sending = 0;
let frame;
let words;
let pausedUntil = 0;

export async function add(files, element) {
  begin(element);
  await tray.open(rows);
  let leftOut = 0;
  for await (const { file, name, fromFolder } of files) {
    const reason = await refusal(file, words);
    // Folders hold all kinds of things; what is plainly no image there is counted, not complained about one by one.
    if (fromFolder && reason === words.unknown) { leftOut++; continue; }
    const print = memory.fingerprint(file);
    const before = byPrint.get(print);
    if (before) { goOn(before, file); continue; }
    if (rows.size >= words.maxRows) { say(words.tooMany); break; }
    const row = { key: ++lastKey, file, print, name, title: tray.settings().titles ? titleOf(name) : "", bytes: file.size, sent: 0, phase: reason ? "refused" : "waiting", reason, tries: 0 };
    rows.set(row.key, row);
    if (!reason) waiting.push(row);
    tray.changed(row);
    pump();
  }
  remember();
  if (leftOut > 0) say(fill(words.leftOut, [leftOut]));
}

/** Uploads of a tab that is no more: rows without a file, until it is chosen again. And what became of this tab's own before it was loaded again. */
export function restore(element) {
  begin(element);
  for (const outcome of memory.takeCarried()) {
    const row = { key: ++lastKey, file: null, print: null, tries: 0, ...outcome };
    rows.set(row.key, row);
    tray.changed(row);
  }
  const lost = memory.orphans(member()).filter(entry => !byPrint.has(entry.print));
  for (const { print, place, name, title, bytes, sent } of lost) {
    const row = { key: ++lastKey, file: null, print, place, name, title, bytes, sent, phase: "lost", reason: null, tries: 0 };
    rows.set(row.key, row);
    byPrint.set(print, row);
    tray.changed(row);
  }
  if (lost.length > 0) remember();
  if (rows.size > 0) tray.open(rows);
}

function begin(element) {
  frame = element;
  words ??= JSON.parse(frame.dataset.limits);
}

function goOn(row, file) {
  byPrint.delete(row.print);
  row.file = file;
  change(row, "waiting");
  queue(row, true);
  pump();
}

// The frame is drawn again with every page, and its token with it.
const newest = () => document.querySelector("[data-uploads]") ?? frame;
const token = () => newest().dataset.token;
const member = () => newest().dataset.member;
export const say = text => document.dispatchEvent(new CustomEvent("goimg:toast", { detail: { text } }));
const titleOf = name => name.replace(/\.[^.]{1,5}$/, "").replaceAll("_", " ").trim().slice(0, 255);

function pump() {
  while (sending < parallel && waiting.length > 0 && performance.now() >= pausedUntil) {
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
    : await send(Object.assign(row, { onPlace: remember }), tray.settings(), token, words, sent => { row.sent = sent; tray.changed(row); });
  sending--;
  row.runs = false;
  settle(row, answer);
  pump();
}

function settle(row, { phase, image, reason, retryAfter, soon }) {
  // Paused or cancelled meanwhile: unless it had arrived, that is what it is. Or paused and resumed: it has waited for this.
  if (!image && row.phase !== "sending") {
    if (row.phase === "waiting") queue(row);
    return;
  }
  row.image = image;
  if (retryAfter) {
    pausedUntil = performance.now() + retryAfter * 1000;
    wait(row, "waiting", reason, retryAfter, true);
  } else if (phase === "offline") wait(row, "offline", reason ?? null, soon && row.tries < 5 ? 0.3 : patience[Math.min(row.tries, patience.length - 1)], true);
  else {
    if (image) { row.sent = row.bytes; row.file = null; }
    if (phase === "received" && row.title !== row.sentTitle) tray.retitled(row);
    change(row, phase, reason);
    remember();
  }
}

function wait(row, phase, reason, seconds, first) {
  row.tries++;
  change(row, phase, reason);
  clearTimeout(row.timer);
  row.timer = setTimeout(() => again(row, first), seconds * 1000);
}

function again(row, first) {
  if (row.phase !== "waiting" && row.phase !== "offline") return;
  clearTimeout(row.timer);
  row.phase = "waiting";
  queue(row, first);
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
addEventListener("online", () => { for (const row of rows.values()) if (row.phase === "offline") again(row, true); });

function change(row, phase, reason = null) {
  if (phase !== "offline" && phase !== "waiting" && phase !== "sending") row.tries = 0;
  row.phase = phase;
  row.reason = reason;
  tray.changed(row);
}

// Without its server the tray stands still: then the browser says itself how it goes. A server that was started again knows nothing of this
// page, and only a reload draws a tray that lives; that waits for the files, and for what somebody is typing.
setInterval(() => {
  const sheet = document.querySelector("[data-uploads-offline]");
  if (!sheet || !words) return;
  const going = [...rows.values()].filter(row => ["sending", "waiting", "offline"].includes(row.phase));
  tray.hideStale(going.length > 0);
  const forgotten = tray.isForgotten();
  if (forgotten && !isMoving() && !tray.isTypedIn()) {
    memory.carry([...rows.values()].filter(row => row.phase !== "lost"));
    location.reload();
  }
  const pattern = going.some(row => row.phase === "offline") ? words.offline : going.length > 0 && tray.isDeaf() ? words.alone : forgotten ? words.forgotten : "";
  const [sent, bytes] = going.reduce(([sent, bytes], row) => [sent + row.sent, bytes + row.bytes], [0, 0]);
  const shown = fill(pattern, [bytes > 0 ? Math.floor(100 * sent / bytes) : 0]);
  if (sheet.textContent !== shown) sheet.textContent = shown;
  sheet.hidden = shown === "";
}, 500);

const pick = keys => keys.map(key => rows.get(key)).filter(row => row);

export function pause(keys) {
  for (const row of pick(keys)) {
    if (!["waiting", "sending", "offline"].includes(row.phase)) continue;
    change(row, "paused");
    row.stop?.();
  }
  pump();
}

export function resume(keys) {
  for (const row of pick(keys)) if (row.phase === "paused") start(row);
  pump();
}

export function retry(keys) {
  for (const row of pick(keys)) if (row.file && row.phase === "interrupted") start(row);
  pump();
}

function start(row) {
  row.tries = 0;
  change(row, "waiting");
  queue(row);
}

export function cancel(keys) {
  for (const row of pick(keys)) {
    if (row.image) continue;
    row.phase = "cancelled";
    row.stop?.();
    if (row.place) terminate(row.place, token());
    forget([row.key]);
  }
  pump();
}

export function retitle(key, title) {
  const row = rows.get(key);
  if (row) row.title = title;
}

export function forget(keys) {
  for (const row of pick(keys)) {
    clearTimeout(row.timer);
    tray.removed(row);
    rows.delete(row.key);
    byPrint.delete(row.print);
  }
  remember();
}

// What a tab that closes now would leave unfinished.
const unfinished = () => [...rows.values()].filter(row => ["waiting", "sending", "offline", "paused", "lost"].includes(row.phase));

function remember() {
  memory.note(member(), unfinished);
}

addEventListener("pagehide", () => { if (words) memory.settle(member(), unfinished); });

/** A tray that has just come alive: it is told of all rows, and what new files get. */
export const attach = dotnet => tray.attach(dotnet, rows);

/** The tray is gone from the page. Another tab may have closed its own and the cookie with it: as long as bytes move here, it comes back. */
export function detach() {
  tray.detach();
  if (isMoving()) tray.open(rows);
}

export const configure = settings => tray.configure(settings);

/** Nothing is left to show: the next page comes without a tray. */
export function close() {
  if (rows.size === 0) tray.close();
}

const isMoving = () => [...rows.values()].some(row => ["sending", "waiting", "offline", "paused"].includes(row.phase));

addEventListener("beforeunload", event => { if (isMoving()) event.preventDefault(); });

// A phone that goes to sleep stops sending.
let lock;
async function awake(wanted) {
  if (wanted === Boolean(lock) || !navigator.wakeLock) return;
  try {
    if (!wanted) { await lock.release(); lock = null; }
    else if (document.visibilityState === "visible") lock = await navigator.wakeLock.request("screen");
  } catch { lock = null; }
}
