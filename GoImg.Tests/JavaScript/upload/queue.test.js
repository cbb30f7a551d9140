import { happenToWindow, put, tick, toasts } from "../browser.js";
import { answer, requests } from "../server.js";
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import * as queue from "../../../GoImg.Web/wwwroot/js/upload/queue.js";

const words = {
  maxBytes: 100 << 20, maxRows: 20, maxTitle: 255, empty: "empty", tooLarge: "too large", unknown: "unknown", unreadable: "unreadable", tooMany: "Too many.",
  leftOut: "{0} left out.", odd: "{0}?", signedOut: "Signed out.", unreachable: "No one there.", albumMade: "Made {0}.",
};
const unfinished = "goimg.unfinished.ana";
const received = { status: 201, headers: { "GoImg-Image-Id": "image" } };
const created = { status: 201, headers: { Location: "/uploads/1" } };
let frame;
let hash = 0;
let known = [];
// What the server says of an image, beyond that it has arrived.
let states = {};
let allowance = { limit: 0, left: 100 };
globalThis.Worker = class { postMessage({ id }) { queueMicrotask(() => this.onmessage({ data: { id, sha256: `hash ${++hash}` } })); } };
globalThis.EventSource = class extends EventTarget {
  constructor() { super(); streams.push(this); }
  close() { streams.splice(streams.indexOf(this), 1); }
  push(state) { this.dispatchEvent(Object.assign(new Event("image"), { data: JSON.stringify(state) })); }
};
const streams = [];
globalThis.fetch = async (url, { method = "GET", body } = {}) => {
  fetched.push(`${method} ${url}`);
  if (url === "/uploads/known") return Response.json(known);
  if (url === "/uploads/allowance") return Response.json(allowance);
  if (url !== "/uploads/states") return answers.shift() ?? new Response(null, { status: 204 });
  return Response.json(JSON.parse(body).ids.filter(id => states[id] !== null).map(id => ({ id, phase: "received", title: rows().find(row => row.image === id)?.title, page: `/i/${id}`, ...states[id] })));
};
const fetched = [];
const answers = [];
const rows = queue.all;
const phases = () => rows().map(row => row.phase);
const keys = () => rows().map(row => row.key);
const act = (name, value) => queue.act(name, keys(), value);

// A blob with a name: what queue.js reads of a File.
const file = (name, head = "GIF8", size = 10) => {
  const blob = new Blob([head, new Uint8Array(size - head.length)]);
  return Object.assign(blob, { name, lastModified: 1 });
};
const drop = async (...files) => {
  await queue.add(files.map(one => one.file ? one : { file: one, name: one.name }), frame);
  await tick(300);
};

beforeEach(() => {
  frame = put("[data-uploads]", { dataset: { words: JSON.stringify(words), member: "ana", token: "token" } });
});

afterEach(async () => {
  answer();
  act("cancel");
  act("forget");
  // what was on its way, is waited for, or is told a last time
  await tick(300_000);
  known = [];
  states = {};
  allowance = { limit: 0, left: 100 };
  requests.length = fetched.length = answers.length = 0;
});

test("A file is sent, and its row is told of the image", async () => {
  answer(received);
  await drop(file("my_cat.gif"));
  assert.deepEqual(rows().map(({ name, title, bytes, phase, sent, image }) => ({ name, title, bytes, phase, sent, image })),
    [{ name: "my_cat.gif", title: "my cat", bytes: 10, phase: "received", sent: 10, image: "image" }]);
});

for (const [name, title] of [["IMG_0001.JPG", "IMG 0001"], ["archive.tar.gz", "archive.tar"], ["no ending", "no ending"], ["v1.something", "v1.something"], [`${"x".repeat(300)}.png`, "x".repeat(255)]])
  test(`${name.slice(0, 20)} is titled by its name`, async () => {
    answer(received);
    await drop(file(name));
    assert.equal(rows()[0].title, title);
  });

test("Who wants no titles gets none", async () => {
  act("configure", { titles: false });
  answer(received);
  await drop(file("cat.gif"));
  assert.equal(rows()[0].title, "");
});

test("What is no image is refused before a byte is sent", async () => {
  await drop(file("notes.txt", "Dear diary"));
  assert.deepEqual(rows().map(({ phase, reason }) => [phase, reason]), [["refused", "unknown"]]);
  assert.equal(requests.length, 0);
});

test("What is no image in a folder is counted, not complained about", async () => {
  answer(received);
  await drop(...["a.txt", "b.txt"].map(name => ({ file: file(name, "text"), name, fromFolder: true })), { file: file("c.gif"), name: "c.gif", fromFolder: true });
  assert.deepEqual(phases(), ["received"]);
  assert.deepEqual(toasts(), ["2 left out."]);
});

test("More files than the tray holds are left, and that is said", async () => {
  answer(...Array(20).fill(received));
  await drop(...Array.from({ length: 22 }, (_, i) => file(`${i}.gif`)));
  assert.equal(rows().length, 20);
  assert.deepEqual(toasts(), ["Too many."]);
});

test("Three files are on their way at once; the next one starts when one is through", async () => {
  await drop(...Array.from({ length: 5 }, (_, i) => file(`${i}.gif`)));
  assert.deepEqual(phases(), ["sending", "sending", "sending", "waiting", "waiting"]);
  requests[1].finish(received);
  await tick(300);
  assert.deepEqual(phases(), ["sending", "received", "sending", "sending", "waiting"]);
});

for (const [state, phase] of [["active", "duplicate"], ["deleted", "trashed"]])
  test(`A file whose image is ${state} is a ${phase} one, and is not sent`, async () => {
    known = [{ sha256: `hash ${hash + 1}`, id: "mine", state }];
    await drop(file("cat.gif"));
    assert.deepEqual(rows().map(row => [row.phase, row.image]), [[phase, "mine"]]);
    assert.equal(requests.length, 0);
  });

test("A server that is away is asked again after 1, 2, 4, 8, 15 and 30 seconds, and then every 30", async () => {
  answer(...Array(9).fill(null));
  await drop(file("cat.gif"));
  const asked = [];
  for (let second = 0, before = requests.length; second < 125; second++, before = requests.length) {
    await tick(1_000);
    if (requests.length > before) asked.push(second + 1);
  }
  assert.deepEqual(asked, [1, 3, 7, 15, 30, 60, 90, 120]);
});

test("When the network is back no one waits for the next time", async () => {
  answer(null, null, null, received);
  await drop(file("cat.gif"));
  await tick(4_000);
  assert.equal(requests.length, 3);
  happenToWindow("online");
  await tick(300);
  assert.deepEqual(phases(), ["received"]);
});

test("A network that goes takes what is being sent with it at once", async () => {
  await drop(file("cat.gif"));
  happenToWindow("offline");
  await tick(300);
  assert.deepEqual(phases(), ["offline"]);
});

test("Who sends too much waits with all files as long as the server says", async () => {
  answer({ status: 429, headers: { "Retry-After": "30" }, body: { detail: "Slower." } }, received, received, received);
  await drop(file("a.gif"));
  await drop(file("b.gif"));
  await drop(file("c.gif"));
  assert.deepEqual(phases(), ["blocked", "blocked", "blocked"]);
  assert.deepEqual(queue.blockage().reason, "Slower.");
  await tick(28_500);
  assert.equal(requests.length, 1);
  await tick(2_000);
  assert.equal(queue.blockage(), null);
  assert.deepEqual(phases(), ["received", "received", "received"]);
});

test("A paused file stops, and goes on from its place when it is resumed", async () => {
  answer(created);
  await drop(file("big.gif", "GIF8", 3 << 20));
  act("pause");
  await tick(300);
  assert.deepEqual(phases(), ["paused"]);
  answer({ status: 200, headers: { "Upload-Offset": String(1 << 20) } }, { status: 204, headers: { "Upload-Offset": String(3 << 20), "GoImg-Image-Id": "image" } });
  act("resume");
  await tick(300);
  assert.deepEqual(phases(), ["received"]);
  assert.deepEqual(requests.map(request => request.method), ["POST", "PATCH", "HEAD", "PATCH"]);
});

test("A file that is resumed while it is still being stopped is sent once", async () => {
  await drop(file("cat.gif"));
  act("pause");
  act("resume");
  await tick(300);
  assert.deepEqual(phases(), ["sending"]);
  requests[1].finish(received);
  await tick(300);
  assert.deepEqual(phases(), ["received"]);
  assert.equal(requests.length, 2);
});

test("A file that had just arrived when it was paused has arrived", async () => {
  await drop(file("cat.gif"));
  requests[0].finish(received);
  act("pause");
  await tick(300);
  assert.deepEqual(phases(), ["received"]);
});

test("A cancelled file is gone, and its upload is ended at the server", async () => {
  answer(created);
  await drop(file("big.gif", "GIF8", 3 << 20));
  fetched.length = 0;
  act("cancel");
  await tick(1_000);
  assert.deepEqual(fetched, ["DELETE /uploads/1"]);
  assert.equal(localStorage.getItem(unfinished), null);
});

test("What is refused is not tried again; what was interrupted is, when asked", async () => {
  answer({ status: 422 }, { status: 400 });
  await drop(file("a.gif"));
  await drop(file("b.gif"));
  assert.deepEqual(phases(), ["refused", "interrupted"]);
  answer(received);
  act("retry");
  await tick(300);
  assert.deepEqual(phases(), ["refused", "received"]);
});

test("A title that was changed while the file went is told with the image", async () => {
  await drop(file("cat.gif"));
  act("retitle", "Tom");
  requests[0].finish(received);
  await tick(300);
  assert.ok(fetched.includes("POST /uploads/images/image/title"));
});

test("What a dead tab left is shown as lost, and goes on when its file is chosen again", async () => {
  const cat = file("big.gif", "GIF8", 3 << 20);
  const print = `big.gif|${cat.size}|1`;
  localStorage.setItem(unfinished, JSON.stringify({ [print]: { print, tab: "dead", place: "/uploads/9", name: "big.gif", title: "Mine", bytes: cat.size, sent: 5 } }));
  queue.restore(frame);
  await tick(300);
  assert.deepEqual(rows().map(row => [row.phase, row.title, row.sent]), [["lost", "Mine", 5]]);
  answer({ status: 200, headers: { "Upload-Offset": "0" } }, { status: 204, headers: { "Upload-Offset": String(cat.size), "GoImg-Image-Id": "image" } });
  await drop(cat);
  assert.deepEqual(phases(), ["received"]);
  assert.equal(requests[0].url, "/uploads/9");
});

test("Outcomes are shown again after the page was loaded again", async () => {
  sessionStorage.setItem("goimg.carried", JSON.stringify([{ name: "a.gif", title: "A", bytes: 1, sent: 1, phase: "received", image: "id" }]));
  queue.restore(frame);
  await tick(300);
  assert.deepEqual(rows().map(row => [row.phase, row.image]), [["received", "id"]]);
});

test("A tab that closes leaves a note of what it was sending, and the browser asks first", async () => {
  await drop(file("cat.gif"));
  assert.equal(happenToWindow("beforeunload").defaultPrevented, true);
  happenToWindow("pagehide");
  assert.deepEqual(Object.values(JSON.parse(localStorage.getItem(unfinished))).map(entry => entry.name), ["cat.gif"]);
});

test("With nothing on its way a tab closes without a question", async () => {
  answer(received);
  await drop(file("cat.gif"));
  assert.equal(happenToWindow("beforeunload").defaultPrevented, false);
});

test("Too many images that wait at the server keep files waiting as well, for its reason", async () => {
  answer({ status: 503, headers: { "Retry-After": "10" }, body: { detail: "More than 100 wait." } });
  await drop(file("a.gif"));
  assert.deepEqual([phases(), queue.blockage().reason], [["blocked"], "More than 100 wait."]);
});

test("That an hour has room for fewer files is said before they are refused", async () => {
  allowance = { limit: 50, left: 2 };
  await drop(...Array.from({ length: 6 }, (_, i) => file(`${i}.gif`)));
  assert.deepEqual(queue.allowance(), { limit: 50, left: 2 });
  allowance = { limit: 50, left: 10 };
  await drop(file("7.gif"));
  assert.equal(queue.allowance(), null);
});

test("An album is made for what is sent from now on; what is wrong with its name is said", async () => {
  let closed = 0;
  const field = Object.assign(put("input"), { value: "Sea", closest: () => ({ close: () => closed++ }) });
  answers.push(Response.json({ detail: "Invalid.", errors: [{ message: "Give it a title." }] }, { status: 400 }), Response.json({ id: "album", title: "Sea" }));
  await queue.makeAlbum(frame, field);
  assert.deepEqual([toasts(), closed], [["Give it a title."], 0]);
  await queue.makeAlbum(frame, field);
  assert.deepEqual([toasts(), closed, field.value, JSON.parse(sessionStorage.getItem("goimg.uploads")).album], [["Made Sea."], 1, "", "album"]);
});

test("Of two refusals the later one counts", async () => {
  const slower = seconds => ({ status: 429, headers: { "Retry-After": seconds }, body: { detail: "Slower." } });
  await drop(file("a.gif"), file("b.gif"));
  requests[0].finish(slower("5"));
  requests[1].finish(slower("60"));
  await tick(30_000);
  assert.deepEqual(phases(), ["blocked", "blocked"]);
});

test("What the server pushes of an image is shown on all rows that became it, and its title wins", async () => {
  answer(received, received);
  await drop(file("a.gif"), file("b.gif"));
  assert.equal(streams.length, 1);
  streams[0].push({ id: "image", phase: "scanning", title: "Cat" });
  assert.deepEqual(rows().map(row => [row.phase, row.title]), [["scanning", "Cat"], ["scanning", "Cat"]]);
  streams[0].push({ id: "image", phase: "ready", title: "Cat", page: "/i/cat", picture: "/i/cat/thumb" });
  assert.deepEqual(rows().map(row => [row.phase, row.picture, row.file]), Array(2).fill(["ready", "/i/cat/thumb", null]));
  await tick(300);
  assert.equal(streams.length, 0);
});

test("What a lost push would have told is asked for every ten seconds", async () => {
  answer(received);
  await drop(file("a.gif"));
  states.image = { phase: "ready" };
  await tick(9_000);
  assert.deepEqual(phases(), ["received"]);
  await tick(2_000);
  assert.deepEqual(phases(), ["ready"]);
});

test("An image that is gone takes its rows along; a duplicate of one keeps its own", async () => {
  answer(received, { status: 201, headers: { "GoImg-Image-Id": "other", "GoImg-Image-Duplicate": "true" } });
  await drop(file("a.gif"), file("b.gif"));
  streams[0].push({ id: "image", phase: null });
  assert.deepEqual(phases(), ["duplicate"]);
});

test("A failed image is tried again at the server, one in the trash brought back; what goes wrong is said", async () => {
  states = { a: { phase: "failed", reason: "Broken." } };
  answer({ status: 201, headers: { "GoImg-Image-Id": "a" } }, { status: 201, headers: { "GoImg-Image-Id": "b", "GoImg-Image-Duplicate": "true", "GoImg-Image-State": "deleted" } });
  await drop(file("a.gif"), file("b.gif"));
  assert.deepEqual(rows().map(row => [row.phase, row.reason]), [["failed", "Broken."], ["trashed", null]]);
  answers.push(Response.json({ detail: "Not now." }, { status: 409 }));
  act("retry");
  await tick(0);
  assert.deepEqual([toasts(), phases()[0]], [["Not now."], "failed"]);
  states = {};
  act("retry");
  act("restore");
  await tick(300);
  assert.deepEqual(phases(), ["received", "duplicate"]);
});

test("A page that goes keeps for the next one what became of its files", async () => {
  answer(received);
  await drop(file("cat.gif"));
  happenToWindow("pagehide");
  assert.deepEqual(JSON.parse(sessionStorage.getItem("goimg.carried")).map(row => [row.phase, row.image]), [["received", "image"]]);
});

test("A phone stays awake while files go, and may sleep after", async () => {
  let locks = 0;
  navigator.wakeLock = { request: async () => { locks++; return { release: async () => { locks--; } }; } };
  await drop(file("cat.gif"));
  assert.equal(locks, 1);
  requests[0].finish(received);
  await tick(300);
  assert.equal(locks, 0);
  delete navigator.wakeLock;
});
