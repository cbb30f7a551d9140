// A picture of a file before the server has one: small, made here, of kinds that the browser can read. One at a time, and of no file that
// would take much memory to read.
const side = 96;
const largest = 25 << 20;
const most = 300;
const waiting = [];
let kept = 0;
let isBusy = false;

/** Sets row.thumb to an object address some time later, or never, and calls done. */
export function draw(row, done) {
  if (!globalThis.createImageBitmap || row.bytes > largest) return;
  waiting.push([row, done]);
  if (!isBusy) next();
}

/** The server's picture has come, or the row is gone. */
export function drop(row) {
  if (!row.thumb) return;
  URL.revokeObjectURL(row.thumb);
  row.thumb = null;
  kept--;
}

async function next() {
  isBusy = true;
  for (let one; (one = waiting.shift());) {
    const [row, done] = one;
    if (kept >= most || !row.file || row.isGone) continue;
    try {
      const picture = await createImageBitmap(row.file, { resizeWidth: side, resizeQuality: "medium" });
      const thumb = URL.createObjectURL(await encode(picture));
      if (row.isGone) { URL.revokeObjectURL(thumb); continue; }
      row.thumb = thumb;
      kept++;
      done();
    } catch { /* a kind that this browser does not read */ }
  }
  isBusy = false;
}

function encode(picture) {
  const canvas = new OffscreenCanvas(side, Math.min(4 * side, picture.height));
  canvas.getContext("2d").drawImage(picture, 0, 0);
  picture.close();
  return canvas.convertToBlob({ type: "image/webp", quality: .7 });
}
