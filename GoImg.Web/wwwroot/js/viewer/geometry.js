// Where a picture lies in a frame, and how large: numbers in, numbers out. A view is { scale, x, y }: CSS pixels for each pixel of the picture,
// and the place of the picture's corner in the frame.

/** The scale at which the whole picture is seen; it is never enlarged for that. */
export const fitting = (frame, picture) => Math.min(frame.width / picture.width, frame.height / picture.height, 1);

/**
 * How far one can zoom.
 * @param pixels the width, in pixels, of the sharpest copy there is
 * @param density the screen's dots for each CSS pixel
 */
export function range(frame, picture, pixels, density) {
  const fit = fitting(frame, picture);
  const real = pixels / picture.width / density;
  return { fit, real, most: Math.max(2 * real, 3 * fit) };
}

export const whole = (frame, picture) => within({ scale: fitting(frame, picture), x: 0, y: 0 }, frame, picture);

/** The view with the picture inside of the frame where it is smaller, and without a gap at any edge where it is larger. */
export function within(view, frame, picture) {
  return {
    scale: view.scale,
    x: along(view.x, picture.width * view.scale, frame.width),
    y: along(view.y, picture.height * view.scale, frame.height),
  };
}

const along = (at, size, room) => size <= room ? (room - size) / 2 : Math.min(0, Math.max(room - size, at));

/** Another scale, within the range, with what is at the point staying there. */
export function zoomed(view, scale, point, frame, picture, { fit, most }) {
  const to = Math.min(most, Math.max(fit, scale));
  const by = to / view.scale;
  return within({ scale: to, x: point.x - (point.x - view.x) * by, y: point.y - (point.y - view.y) * by }, frame, picture);
}

/** Where a double tap leads: to the picture's own pixels, or somewhat nearer where they are no larger than this; and from there back to the whole. */
export const toggled = (scale, { fit, real, most }) => isWhole(scale, fit) ? Math.min(most, real > 1.25 * fit ? real : 2.5 * fit) : fit;

export const isWhole = (scale, fit) => scale <= fit * 1.01;

/** What a finger meant that moved so far, against the direction of reading or with it: "prev", "next", "close", or nothing when it was short or slanting. */
export function swiped(dx, dy) {
  if (Math.abs(dx) > 60 && Math.abs(dx) > 2 * Math.abs(dy)) return dx > 0 ? "prev" : "next";
  return dy > 90 && dy > 2 * Math.abs(dx) ? "close" : null;
}
