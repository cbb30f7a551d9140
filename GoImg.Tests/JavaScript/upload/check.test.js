import assert from "node:assert/strict";
import { test } from "node:test";
import { refusal } from "../../../GoImg.Web/wwwroot/js/upload/check.js";

const limits = { maxBytes: 100, empty: "empty", tooLarge: "too large", unknown: "unknown", unreadable: "unreadable" };
const file = (...parts) => new Blob(parts.map(part => typeof part === "string" ? Uint8Array.from(part, letter => letter.charCodeAt(0)) : part));

for (const [kind, head] of Object.entries({
  JPEG: "\xff\xd8\xff\xe0", PNG: "\x89PNG\r\n\x1a\n", GIF: "GIF89a", WebP: "RIFF\x10\0\0\0WEBPVP8 ", "HEIC and AVIF": "\0\0\0\x18ftypheic",
  "little-endian TIFF": "II*\0", "big-endian TIFF": "MM\0*", "little-endian BigTIFF": "II+\0", "big-endian BigTIFF": "MM\0+",
})) test(`${kind} is known by its first bytes`, async () => assert.equal(await refusal(file(head), limits), null));

for (const [kind, head] of Object.entries({ text: "GIF is a kind of file", sound: "RIFF\x10\0\0\0WAVEfmt ", "half a mark": "\xff\xd8", "a mark in the wrong place": " \x89PNG" }))
  test(`${kind} is no image`, async () => assert.equal(await refusal(file(head), limits), "unknown"));

test("An empty file is refused as empty", async () => assert.equal(await refusal(file(), limits), "empty"));

test("A file is too large from one byte above the limit", async () => {
  assert.equal(await refusal(file("GIF8", new Uint8Array(96)), limits), null);
  assert.equal(await refusal(file("GIF8", new Uint8Array(97)), limits), "too large");
});

test("A file that can't be read is refused with the server's sentence", async () => {
  const gone = { size: 10, slice: () => ({ arrayBuffer: () => Promise.reject(new Error("NotReadableError")) }) };
  assert.equal(await refusal(gone, limits), "unreadable");
});
