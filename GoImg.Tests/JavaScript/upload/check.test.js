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

const named = { ...limits, foreign: { Raw: "raw {0}", Video: "video {0}", Picture: "picture {0}", Pdf: "pdf", Drawing: "drawing", Project: "project {0}" } };
for (const [words, head] of Object.entries({
  "raw CR2": "II*\0\x10\0\0\0CR\x02\0", "raw CR3": "\0\0\0\x18ftypcrx \0\0\0\x01", "raw RAF": "FUJIFILMCCD-RAW 0201", "raw ORF": "IIRO\x08", "raw RW2": "IIU\0",
  "video MKV": "\x1aE\xdf\xa3\x42\x82\x88matroska", "video WebM": "\x1aE\xdf\xa3\x42\x82\x84webm", "video AVI": "RIFF\x10\0\0\0AVI LIST", "video MOV": "\0\0\0\x14ftypqt  ",
  "picture JPEG XL": "\xff\n\xfa", pdf: "%PDF-1.7", drawing: "<?xml version='1.0'?>\n<svg xmlns", "project Photoshop": "8BPS\0\x01",
})) test(`A file of another kind is refused by its name: ${words}`, async () => assert.equal(await refusal(file(head, new Uint8Array(200)), named), words));

test("An empty file is refused as empty", async () => assert.equal(await refusal(file(), limits), "empty"));

test("A file is too large from one byte above the limit", async () => {
  assert.equal(await refusal(file("GIF8", new Uint8Array(96)), limits), null);
  assert.equal(await refusal(file("GIF8", new Uint8Array(97)), limits), "too large");
});

test("A file that can't be read is refused with the server's sentence", async () => {
  const gone = { size: 10, slice: () => ({ arrayBuffer: () => Promise.reject(new Error("NotReadableError")) }) };
  assert.equal(await refusal(gone, limits), "unreadable");
});
