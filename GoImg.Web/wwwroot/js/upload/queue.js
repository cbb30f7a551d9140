// The files of this tab: waiting, being sent, sent. Bytes stay here; the tray hears of them in small batches.
import { refusal } from "./check.js";
import { send } from "./send.js";
import * as tray from "./tray.js";

const parallel = 3;
const patience = [2, 5, 15]; // seconds before a lost connection is tried again
const rows = new Map();
const waiting = [];
let lastKey = 0;
let sending = 0;
let frame;
let pausedUntil = 0;

export async function add(files, element) {
  frame = element;
  await tray.open(rows);
  let leftOut = 0;
  for await (const { file, name, fromFolder } of files) {
    const reason = await refusal(file, limits());
    // Folders hold all kinds of things; what is plainly no image there is counted, not complained about one by one.
    if (fromFolder && reason === limits().unknown) { leftOut++; continue; }
    if (rows.size >= limits().maxRows) { say(limits().tooMany); break; }
    const row = { key: ++lastKey, file, name, title: tray.settings().titles ? titleOf(name) : "", bytes: file.size, sent: 0, phase: reason ? "refused" : "waiting", reason, tries: 0 };
    rows.set(row.key, row);
    if (!reason) waiting.push(row);
    tray.changed(row);
    pump();
  }
  if (leftOut > 0) say(limits().leftOut.replace("{0}", leftOut));
}

const limits = () => JSON.parse(frame.dataset.limits);
// The frame is drawn anew with every page, and its token with it.
const token = () => (document.querySelector("[data-uploads]") ?? frame).dataset.token;
export const say = text => document.dispatchEvent(new CustomEvent("goimg:toast", { detail: { text } }));
const titleOf = name => name.replace(/\.[^.]{1,5}$/, "").replaceAll("_", " ").trim().slice(0, 255);

function pump() {
  while (sending < parallel && waiting.length > 0 && performance.now() >= pausedUntil) {
    const row = waiting.shift();
    if (row.phase === "waiting") run(row);
  }
  awake(sending > 0);
}

async function run(row) {
  sending++;
  change(row, "sending");
  const answer = await send(row, tray.settings(), token(), limits(), sent => { row.sent = sent; tray.changed(row); });
  sending--;
  settle(row, answer);
  pump();
}

function settle(row, { phase, image, reason, retryAfter, again }) {
  if (phase === "cancelled") return;
  row.image = image;
  if (retryAfter) {
    pausedUntil = performance.now() + retryAfter * 1000;
    wait(row, reason, retryAfter, true);
  } else if (again && row.tries < patience.length) wait(row, reason, patience[row.tries++], false);
  else {
    if (image) { row.sent = row.bytes; row.file = null; }
    change(row, phase, reason);
  }
}

function wait(row, reason, seconds, first) {
  row.sent = 0;
  change(row, "waiting", reason);
  setTimeout(() => {
    if (row.phase !== "waiting") return;
    if (first) waiting.unshift(row);
    else waiting.push(row);
    pump();
  }, seconds * 1000);
}

function change(row, phase, reason = null) {
  row.phase = phase;
  row.reason = reason;
  tray.changed(row);
}

export function retry(key) {
  const row = rows.get(key);
  if (!row?.file) return;
  row.tries = row.sent = 0;
  change(row, "waiting");
  waiting.push(row);
  pump();
}

export function cancel(keys) {
  for (const key of keys) {
    const row = rows.get(key);
    if (!row || row.image) continue;
    row.phase = "cancelled";
    row.abort?.();
    forget([key]);
  }
  pump();
}

export function retitle(key, title) {
  const row = rows.get(key);
  if (row) row.title = title;
}

export function forget(keys) {
  for (const key of keys) {
    tray.removed(rows.get(key));
    rows.delete(key);
  }
}

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

const isMoving = () => [...rows.values()].some(row => row.phase === "sending" || row.phase === "waiting");

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
