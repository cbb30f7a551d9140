// Fingers, pen and mouse on an element that leaves none of them to the browser (touch-action: none).
const slop = 8;
const tapTime = 300;
const nearby = 30;

/**
 * Tells what the pointers on the element do; places are in its own coordinates.
 * @param on.move ({ dx, dy, factor, at, count }) since the last time; `at` is the middle of the fingers
 * @param on.end ({ dx, dy, isPinch, isCancelled }) when the last finger is up and had moved, from where the first came down
 * @param on.tap (at, pointerType), on.doubleTap (at)
 */
export function gestures(element, on) {
  const down = new Map();
  let first, moved, pinched, tapped;

  const place = event => {
    const box = element.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const middle = () => {
    const all = [...down.values()];
    return { x: all.reduce((sum, one) => sum + one.x, 0) / all.length, y: all.reduce((sum, one) => sum + one.y, 0) / all.length };
  };
  const spread = () => {
    const [a, b] = down.values();
    return b ? Math.hypot(a.x - b.x, a.y - b.y) : 0;
  };

  element.addEventListener("pointerdown", event => {
    if (event.button > 0) return;
    element.setPointerCapture?.(event.pointerId);
    if (down.size === 0) [first, moved, pinched] = [place(event), false, false];
    down.set(event.pointerId, place(event));
    if (down.size > 1) moved = pinched = true;
  });

  element.addEventListener("pointermove", event => {
    if (!down.has(event.pointerId)) return;
    const [from, apart] = [middle(), spread()];
    down.set(event.pointerId, place(event));
    const at = middle();
    if (!moved && Math.hypot(at.x - first.x, at.y - first.y) > slop) moved = true;
    if (moved) on.move({ dx: at.x - from.x, dy: at.y - from.y, factor: apart > 0 ? spread() / apart : 1, at, count: down.size });
  });

  const up = event => {
    if (!down.delete(event.pointerId) || down.size > 0) return;
    const at = place(event);
    if (moved) on.end({ dx: at.x - first.x, dy: at.y - first.y, isPinch: pinched, isCancelled: event.type === "pointercancel" });
    else if (event.type === "pointerup") tap(at, event);
  };
  element.addEventListener("pointerup", up);
  element.addEventListener("pointercancel", up);

  function tap(at, event) {
    const isSecond = tapped && event.timeStamp - tapped.time < tapTime && Math.hypot(at.x - tapped.at.x, at.y - tapped.at.y) < nearby;
    tapped = isSecond ? null : { at, time: event.timeStamp };
    if (isSecond) on.doubleTap(at);
    else on.tap(at, event.pointerType);
  }
}
