import { settled, tick } from "../browser.js";
import { answer, requests, unasked } from "../server.js";
import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { send, terminate } from "../../../GoImg.Web/wwwroot/js/upload/tus.js";

const mebi = 1 << 20;
const words = { odd: "The server answered {0}.", signedOut: "Signed out." };
const settings = { visibility: "private", tags: "sea", album: "" };
const created = { status: 201, headers: { Location: "/uploads/1" } };
const patched = (offset, headers = {}) => ({ status: 204, headers: { "Upload-Offset": String(offset), ...headers } });
const there = { "GoImg-Image-Id": "image" };
// Only its size is of interest: a slice tells from where to where it is.
const file = { slice: (from, to) => ({ from, to }) };
const row = more => ({ file, name: "cat.png", title: "Cat", bytes: 5 * mebi, ...more });
const progress = [];
const upload = (one, chosen = settings) => send(one, chosen, () => "token", words, sent => progress.push(sent));
const metadata = text => Object.fromEntries(text.split(",").map(pair => pair.split(" ")).map(([key, value]) => [key, Buffer.from(value, "base64").toString()]));

afterEach(() => {
  assert.equal(unasked(), 0);
  requests.length = 0;
  progress.length = 0;
});

test("A small file is sent whole with its creation", async () => {
  answer({ status: 201, headers: there });
  assert.deepEqual(await upload(row({ bytes: 2 * mebi })), { phase: "received", image: "image" });
  const [{ method, url, headers, body }] = requests;
  assert.deepEqual([method, url, body], ["POST", "/uploads", file]);
  assert.equal(headers["Upload-Length"], 2 * mebi);
  assert.equal(headers["Content-Type"], "application/offset+octet-stream");
  assert.equal(headers["Tus-Resumable"], "1.0.0");
  assert.equal(headers.RequestVerificationToken, "token");
});

test("A large file is created first, its address noted, and its bytes follow in pieces of 32 MiB", async () => {
  answer(created, patched(32 * mebi), patched(64 * mebi), patched(70 * mebi, there));
  let noted = 0;
  const one = row({ bytes: 70 * mebi, onPlace: () => noted++ });
  assert.deepEqual(await upload(one), { phase: "received", image: "image" });
  assert.deepEqual(requests.map(request => request.method), ["POST", "PATCH", "PATCH", "PATCH"]);
  assert.deepEqual(requests.slice(1).map(request => [request.url, request.headers["Upload-Offset"], request.body.from]),
    [0, 32, 64].map(at => ["/uploads/1", at * mebi, at * mebi]));
  assert.equal(requests[0].body, null);
  assert.deepEqual([one.place, noted], ["/uploads/1", 1]);
});

test("Name, title, tags, visibility and album travel as metadata, in any script", async () => {
  answer({ status: 201, headers: there });
  await upload(row({ bytes: 1, title: "Кошка 猫" }), { ...settings, album: "album" });
  assert.deepEqual(metadata(requests[0].headers["Upload-Metadata"]), { filename: "cat.png", title: "Кошка 猫", tags: "sea", visibility: "private", album_id: "album" });
});

test("A pasted picture has a name for the server, and no album where none was chosen", async () => {
  answer({ status: 201, headers: there });
  await upload(row({ bytes: 1, name: "" }));
  const sent = metadata(requests[0].headers["Upload-Metadata"]);
  assert.equal(sent.filename, "pasted");
  assert.equal("album_id" in sent, false);
});

test("An interrupted file goes on from where the server stands", async () => {
  answer({ status: 200, headers: { "Upload-Offset": String(3 * mebi) } }, patched(5 * mebi, there));
  assert.equal((await upload(row({ place: "/uploads/7" }))).phase, "received");
  assert.deepEqual(requests.map(request => [request.method, request.url]), [["HEAD", "/uploads/7"], ["PATCH", "/uploads/7"]]);
  assert.equal(requests[1].headers["Upload-Offset"], 3 * mebi);
});

test("A file that had arrived whole is not sent again", async () => {
  answer({ status: 200, headers: { "Upload-Offset": String(5 * mebi), ...there } });
  assert.deepEqual(await upload(row({ place: "/uploads/7" })), { phase: "received", image: "image" });
});

for (const status of [403, 404, 410])
  test(`An upload that is no more (${status}) begins again`, async () => {
    answer({ status }, created, patched(5 * mebi, there));
    const one = row({ place: "/uploads/7" });
    assert.equal((await upload(one)).phase, "received");
    assert.equal(one.place, "/uploads/1");
  });

test("A duplicate says so, and one in the trash too", async () => {
  answer({ status: 201, headers: { ...there, "GoImg-Image-Duplicate": "true" } });
  assert.equal((await upload(row({ bytes: 1 }))).phase, "duplicate");
  answer({ status: 201, headers: { ...there, "GoImg-Image-Duplicate": "true", "GoImg-Image-State": "deleted" } });
  assert.equal((await upload(row({ bytes: 1 }))).phase, "trashed");
});

for (const [status, phase] of [[403, "refused"], [409, "refused"], [410, "refused"], [413, "refused"], [415, "refused"], [422, "refused"], [400, "interrupted"], [404, "interrupted"]])
  test(`${status} is ${phase}, for the server's reason`, async () => {
    answer({ status, body: { detail: "Because." } });
    assert.deepEqual(await upload(row({ bytes: 1 })), { phase, reason: "Because." });
  });

test("An answer without a reason is told by its number", async () => {
  answer({ status: 418 });
  assert.deepEqual(await upload(row({ bytes: 1 })), { phase: "interrupted", reason: "The server answered 418." });
});

test("Who is signed out is told so", async () => {
  answer({ status: 401, body: { detail: "A token is missing." } });
  assert.deepEqual(await upload(row({ bytes: 1 })), { phase: "interrupted", reason: "Signed out." });
});

test("Too many requests wait as long as the server says, or a minute", async () => {
  answer({ status: 429, headers: { "Retry-After": "7" }, body: { detail: "Slower." } });
  assert.deepEqual(await upload(row({ bytes: 1 })), { phase: "blocked", reason: "Slower.", retryAfter: 7 });
  answer({ status: 429 });
  assert.equal((await upload(row({ bytes: 1 }))).retryAfter, 60);
});

test("A server that is too busy for more says for how long; a proxy that only says 503 is offline", async () => {
  answer({ status: 503, headers: { "Retry-After": "10" }, body: { detail: "Busy." } }, { status: 503, headers: { "Retry-After": "10" } });
  assert.deepEqual(await upload(row({ bytes: 1 })), { phase: "blocked", reason: "Busy.", retryAfter: 10 });
  assert.deepEqual(await upload(row({ bytes: 1 })), { phase: "offline", reason: null });
});

for (const status of [500, 502, 503, 504])
  test(`A server that is being restarted (${status}) is offline`, async () => {
    answer({ status });
    assert.deepEqual(await upload(row({ bytes: 1 })), { phase: "offline", reason: null });
  });

test("A connection that breaks is offline, at each of the three requests", async () => {
  answer(null);
  assert.deepEqual(await upload(row({ place: "/uploads/7" })), { phase: "offline" });
  answer(null);
  assert.deepEqual(await upload(row()), { phase: "offline" });
  answer(created, null);
  assert.deepEqual(await upload(row()), { phase: "offline" });
});

for (const status of [409, 423])
  test(`A piece that crossed another (${status}) is asked for again soon`, async () => {
    answer(created, { status });
    assert.deepEqual(await upload(row()), { phase: "offline", soon: true });
  });

test("All bytes sent and no image yet is asked for again soon", async () => {
  answer(created, patched(5 * mebi));
  assert.deepEqual(await upload(row()), { phase: "offline", soon: true });
});

test("A connection on which nothing moves is given up after 20 seconds, counted again with every progress", async () => {
  answer(created);
  const sent = upload(row());
  await tick(0);
  await tick(19_000);
  requests[1].upload.onprogress({ loaded: 2 * mebi });
  await tick(19_000);
  assert.equal(requests[1].isOver, undefined);
  await tick(1_000);
  assert.deepEqual(await sent, { phase: "offline" });
  assert.deepEqual(progress, [0, 0, 2 * mebi]);
});

test("A server that makes an image of the bytes has two minutes for it", async () => {
  answer(created);
  const sent = upload(row());
  await settled();
  requests[1].upload.onload();
  await tick(119_000);
  requests[1].finish(patched(5 * mebi, there));
  assert.equal((await sent).phase, "received");
});

test("Progress is counted from the piece's beginning, and never beyond the file", async () => {
  answer({ status: 200, headers: { "Upload-Offset": String(4 * mebi) } });
  const sent = upload(row({ place: "/uploads/7" }));
  await settled();
  requests[1].upload.onprogress({ loaded: 10 });
  requests[1].upload.onprogress({ loaded: 3 * mebi });
  requests[1].finish(patched(5 * mebi, there));
  await sent;
  assert.deepEqual(progress, [4 * mebi, 4 * mebi + 10, 5 * mebi]);
});

test("Stopping is told apart from a lost connection, and nothing more is asked for", async () => {
  answer(created);
  let one = row();
  const stopped = upload(one);
  await settled();
  one.stop();
  assert.deepEqual(await stopped, { phase: "stopped" });
  assert.equal(one.stop, null);

  answer(created);
  const lost = upload(one = row());
  await settled();
  one.lose();
  assert.deepEqual(await lost, { phase: "offline" });
});

test("An upload is ended at the server, whether it hears of it or not", async t => {
  const fetched = t.mock.method(globalThis, "fetch", () => Promise.reject(new TypeError("offline")));
  terminate("/uploads/7", "token");
  await settled();
  const [url, { method, keepalive, headers }] = fetched.mock.calls[0].arguments;
  assert.deepEqual([url, method, keepalive, headers.RequestVerificationToken], ["/uploads/7", "DELETE", true, "token"]);
});
