import { settled, tick } from "../browser.js";
import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { known } from "../../../GoImg.Web/wwwroot/js/upload/known.js";

// Hashes are the files' names here.
let worker;
globalThis.Worker = class {
  constructor() { worker = this; }
  postMessage({ id, file }) { if (!file.breaks) this.onmessage({ data: { id, sha256: file.hash } }); }
};
let requests = [];
let gallery = [];
globalThis.fetch = async (url, { headers, body }) => {
  const { sha256 } = JSON.parse(body);
  requests.push({ url, token: headers.RequestVerificationToken, sha256 });
  if (gallery === null) throw new TypeError("offline");
  return Response.json(gallery.filter(image => sha256.includes(image.sha256)));
};
afterEach(() => { requests = []; gallery = []; });
const ask = (hash, size = 10) => known({ hash, size }, () => "token");

test("A file that is there is answered with its image, one that is not with nothing", async () => {
  gallery = [{ sha256: "aa", id: "image", state: "active" }];
  const answers = Promise.all([ask("aa"), ask("bb")]);
  await tick(40);
  assert.deepEqual(await answers, [{ sha256: "aa", id: "image", state: "active" }, null]);
});

test("Hashes that come together are asked for in one request", async () => {
  const answers = Promise.all(["aa", "bb", "cc"].map(hash => ask(hash)));
  await tick(39);
  assert.equal(requests.length, 0);
  await tick(1);
  await answers;
  assert.deepEqual(requests, [{ url: "/uploads/known", token: "token", sha256: ["aa", "bb", "cc"] }]);
});

test("Fifty are asked for at once, without waiting for more", async () => {
  const answers = Promise.all(Array.from({ length: 50 }, (_, i) => ask(`${i}`)));
  await settled();
  assert.equal(requests.length, 1);
  await answers;
});

test("Without an answer the file is sent", async () => {
  gallery = null;
  const answer = ask("aa");
  await tick(40);
  assert.equal(await answer, null);
});

test("A file of more than 256 MiB, or without a hash, is not asked for", async () => {
  assert.equal(await ask("aa", (256 << 20) + 1), null);
  assert.equal(await ask(null), null);
  await tick(40);
  assert.equal(requests.length, 0);
});

test("A worker that breaks leaves no file waiting", async () => {
  const answer = known({ size: 10, breaks: true }, () => "token");
  await settled();
  worker.onerror();
  assert.equal(await answer, null);
});
