import assert from "node:assert/strict";
import { test } from "node:test";
import { links } from "../../../GoImg.Web/wwwroot/js/upload/links.js";

const row = (title, more) => ({ phase: "ready", title, link: "https://a.test/i/x", pictureLink: "https://a.test/i/x/medium", ...more });

test("Links of what is ready are given in the forms of the image page", () => {
  const rows = [row("Sea [1]"), row("", { phase: "refused" })];
  assert.deepEqual(links(rows, "page", "Untitled"), ["https://a.test/i/x"]);
  assert.deepEqual(links(rows, "markdown", "Untitled"), ["[![Sea (1)](https://a.test/i/x/medium)](https://a.test/i/x)"]);
  assert.deepEqual(links(rows, "bbcode", "Untitled"), ["[url=https://a.test/i/x][img]https://a.test/i/x/medium[/img][/url]"]);
});

test("A title can't break out of HTML, and an image without one has a label", () => {
  assert.match(links([row('"><b>')], "html", "Untitled")[0], /alt="&quot;&gt;&lt;b&gt;"/);
  assert.match(links([row("")], "html", "Untitled")[0], /alt="Untitled"/);
});
