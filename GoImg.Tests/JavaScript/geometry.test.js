import assert from "node:assert/strict";
import { test } from "node:test";
import { fitting, isWhole, range, swiped, toggled, whole, within, zoomed } from "../../GoImg.Web/wwwroot/js/viewer/geometry.js";

const frame = { width: 1000, height: 500 };
const shapes = [["portrait", 2000, 3000], ["landscape", 3000, 2000], ["square", 2000, 2000], ["8:1", 8000, 1000], ["1:16", 500, 8000], ["tiny", 20, 10], ["1 px wide", 1, 9000]];

for (const [name, width, height] of shapes) {
  const picture = { width, height };

  test(`A ${name} picture is whole in the middle of the frame, and not enlarged`, () => {
    const { scale, x, y } = whole(frame, picture);
    assert.ok(scale <= 1 && width * scale <= 1000.001 && height * scale <= 500.001);
    assert.ok(scale === 1 || Math.abs(width * scale - 1000) < .001 || Math.abs(height * scale - 500) < .001, "it fills the frame one way");
    assert.ok(Math.abs(2 * x + width * scale - 1000) < .001 && Math.abs(2 * y + height * scale - 500) < .001);
  });

  test(`Wherever one drags a ${name} picture, and however far one zooms, no gap opens at an edge`, () => {
    const limits = range(frame, picture, width, 2);
    let view = whole(frame, picture);
    for (let i = 1; i < 400; i++) {
      const at = { x: (i * 137) % 1000, y: (i * 71) % 500 };
      view = zoomed({ ...view, x: view.x + (i * 53) % 900 - 450, y: view.y + (i * 91) % 900 - 450 }, view.scale * (.4 + (i % 23) / 10), at, frame, picture, limits);
      assert.ok(view.scale >= limits.fit * .999 && view.scale <= limits.most * 1.001);
      for (const [place, size, room] of [[view.x, width * view.scale, 1000], [view.y, height * view.scale, 500]])
        assert.ok(size <= room ? Math.abs(2 * place + size - room) < .01 : place <= .01 && place + size >= room - .01);
    }
  });
}

test("What is under the pointer stays there while one zooms into the middle of a picture", () => {
  const picture = { width: 4000, height: 2000 };
  const before = zoomed(whole(frame, picture), 1, { x: 500, y: 250 }, frame, picture, range(frame, picture, 4000, 1));
  const after = zoomed(before, 1.6, { x: 300, y: 400 }, frame, picture, range(frame, picture, 4000, 1));
  for (const [axis, at] of [["x", 300], ["y", 400]]) assert.ok(Math.abs((at - before[axis]) / before.scale - (at - after[axis]) / after.scale) < .001);
});

test("Real size is one pixel of the sharpest copy to one dot of the screen", () => {
  assert.equal(range(frame, { width: 6000, height: 4000 }, 6000, 1).real, 1);
  assert.equal(range(frame, { width: 6000, height: 4000 }, 6000, 3).real, 1 / 3);
  assert.equal(range(frame, { width: 6000, height: 4000 }, 3000, 1).real, .5);
});

test("A double tap leads to the real size, or nearer where that is no more than the whole, and back", () => {
  const large = range(frame, { width: 6000, height: 4000 }, 6000, 1);
  assert.equal(toggled(large.fit, large), 1);
  assert.equal(toggled(1, large), large.fit);
  const small = range(frame, { width: 300, height: 200 }, 300, 1);
  assert.equal(small.fit, 1);
  assert.equal(toggled(1, small), 2.5);
  assert.ok(isWhole(small.fit, small.fit) && !isWhole(1.2, small.fit));
});

test("A view that was within a frame is within a smaller one, too", () => {
  const picture = { width: 1000, height: 1000 };
  assert.deepEqual(within({ scale: 1, x: -500, y: -20 }, { width: 800, height: 400 }, picture), { scale: 1, x: -200, y: -20 });
  assert.equal(fitting({ width: 800, height: 400 }, picture), .4);
});

for (const [what, dx, dy, meant] of [
  ["right", 61, 0, "prev"], ["left", -61, 0, "next"], ["down", 0, 91, "close"],
  ["up", 0, -200, null], ["too short", 60, 0, null], ["too short downwards", 0, 90, null],
  ["slanting", 100, 50, null], ["right, a little slanting", 100, 49, "prev"], ["down, slanting", 50, 100, null],
]) test(`A swipe ${what} means ${meant ?? "nothing"}`, () => assert.equal(swiped(dx, dy), meant));
