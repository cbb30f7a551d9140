import "./browser.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { fill, text } from "../../GoImg.Web/wwwroot/js/texts.js";

const images = "{0, plural, one {# image} other {# images}}";

for (const [pattern, given, said] of [
  ["“{1}” is {0}.", [3, "{0} #"], "“{0} #” is 3."],
  [images, [1], "1 image"], [images, [0], "0 images"], [images, [1234], "1,234 images"],
  ["{0, plural, =0 {No one likes it.} one {{1} likes it.} other {{1} and # like it.}}", [0, "Ada"], "No one likes it."],
  ["{0, plural, =0 {No one likes it.} one {{1} likes it.} other {{1} and # like it.}}", [7, "Ada"], "Ada and 7 like it."],
  ["a #tag", [], "a #tag"],
]) test(`"${pattern}" with ${given} says "${said}", as the server does`, () => assert.equal(fill(pattern, given), said));

test("A text is looked up by its key in what came with the page", () => assert.equal(text("HoursAgo", 2), "2 hours ago"));
