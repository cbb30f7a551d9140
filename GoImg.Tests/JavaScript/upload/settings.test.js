import { put } from "../browser.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { configure, settings } from "../../../GoImg.Web/wwwroot/js/upload/settings.js";

test("New files are private and titled until something else is chosen", () => {
  assert.deepEqual(settings(), { visibility: "private", tags: "", album: "", titles: true, closes: false });
});

test("What the form says wins while it is on the page, and is remembered when it is gone", () => {
  const page = put("[data-upload-form]", { values: { visibility: "public", tags: "sea", album_id: "album" } });
  const chosen = { visibility: "public", tags: "sea", album: "album", titles: false, closes: false };
  assert.deepEqual(settings(), chosen);
  page.remove();
  assert.deepEqual(settings(), chosen);
});

test("Settings are this tab's, closing by itself is the browser's", () => {
  configure({ visibility: "unlisted" });
  configure({ closes: true, tags: "sea" });
  assert.deepEqual(settings(), { visibility: "unlisted", tags: "sea", album: "", titles: true, closes: true });
  sessionStorage.clear();
  assert.equal(settings().closes, true);
  configure({ closes: false });
  assert.equal(settings().closes, false);
});
