import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";

// The worker's two ends.
globalThis.onmessage = null;
let posted;
globalThis.postMessage = message => { posted = message; };
await import("../../../GoImg.Web/wwwroot/js/upload/sha256.js");

async function digest(file) {
  await globalThis.onmessage({ data: { id: 7, file } });
  assert.equal(posted.id, 7);
  return posted.sha256;
}

test("The hash is SHA-256 for every length around its blocks, and for files of many slices", async () => {
  for (const length of [0, 1, 3, 54, 55, 56, 57, 63, 64, 65, 119, 120, 128, 1000, 1 << 20, (1 << 20) + 1, 2_500_000]) {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 167 + (i >> 8)) & 255);
    assert.equal(await digest(new Blob([bytes])), createHash("sha256").update(bytes).digest("hex"), `${length} bytes`);
  }
});

test("A length of more than 32 bits of bits is counted right", async () => {
  const slice = new Uint8Array(1 << 20);
  const file = { size: 513 << 20, slice: () => ({ arrayBuffer: async () => slice.buffer }) };
  const expected = createHash("sha256");
  for (let i = 0; i < 513; i++) expected.update(slice);
  assert.equal(await digest(file), expected.digest("hex"));
});

test("A file that can't be read has no hash", async () => {
  const gone = { size: 10, slice: () => ({ arrayBuffer: () => Promise.reject(new Error("NotReadableError")) }) };
  assert.equal(await digest(gone), null);
});
