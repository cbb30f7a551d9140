import assert from "node:assert/strict";
import { test } from "node:test";
import { suggestTitle } from "../../../GoImg.Web/wwwroot/js/upload/title.js";

test("a title is the file's name without its ending, its words apart", () => {
  assert.equal(suggestTitle("a_day_at.the_sea.jpeg", 255), "a day at.the sea");
  assert.equal(suggestTitle("no ending", 255), "no ending");
  assert.equal(suggestTitle("_.png", 255), "");
});

test("a title that is too long is cut between two characters", () => {
  assert.equal(suggestTitle("🦋🦋🦋.png", 2), "🦋🦋");
});
