import "../browser.js";
import assert from "node:assert/strict";
import { File } from "node:buffer";
import { test } from "node:test";
import { walk } from "../../../GoImg.Web/wwwroot/js/upload/folder.js";

globalThis.File ??= File;
const entry = name => ({ isFile: true, file: done => done(new File(["x"], name)) });
const unreadable = { isFile: true, file: (_, failed) => failed(new Error("gone")) };
// As browsers do, 100 at a time.
const folder = (...entries) => ({
  isFile: false,
  createReader: () => {
    const left = [...entries];
    return { readEntries: done => done(left.splice(0, 100)) };
  },
});
async function found(...entries) {
  const all = [];
  for await (const one of walk(entries)) all.push(one);
  return all;
}

test("Dropped files come with their names, and are not from a folder", async () => {
  const all = await found(entry("a.png"), new File(["x"], "b.png"));
  assert.deepEqual(all.map(one => [one.name, one.fromFolder]), [["a.png", false], ["b.png", false]]);
});

test("Folders are walked to the ground, and all of their files are from a folder", async () => {
  const all = await found(folder(entry("a.png"), folder(entry("b.png"), folder())), entry("c.png"));
  assert.deepEqual(all.map(one => [one.name, one.fromFolder]), [["a.png", true], ["b.png", true], ["c.png", false]]);
});

test("A folder of more than a hundred files is read to its end", async () => {
  assert.equal((await found(folder(...Array.from({ length: 250 }, (_, i) => entry(`${i}.png`))))).length, 250);
});

test("What vanished or may not be read is left out, and the rest goes on", async () => {
  const locked = { isFile: false, createReader: () => ({ readEntries: (_, failed) => failed(new Error("denied")) }) };
  assert.deepEqual((await found(unreadable, null, locked, entry("a.png"))).map(one => one.name), ["a.png"]);
});
