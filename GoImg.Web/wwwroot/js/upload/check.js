// The server decides; this spares people the wait for what it would refuse anyway. The sentences are the server's own, handed over with the page.
export async function refusal(file, limits) {
  if (file.size === 0) return limits.empty;
  if (file.size > limits.maxBytes) return limits.tooLarge;
  try {
    return isImage(new Uint8Array(await file.slice(0, 16).arrayBuffer())) ? null : limits.unknown;
  } catch {
    return limits.unreadable;
  }
}

const text = (bytes, from, to) => String.fromCharCode(...bytes.subarray(from, to));

// By content, as the server does: a name says nothing.
function isImage(head) {
  if (head[0] === 0xff && head[1] === 0xd8 && head[2] === 0xff) return true;
  if (text(head, 0, 4) === "\x89PNG" || text(head, 0, 4) === "GIF8") return true;
  if (text(head, 0, 4) === "RIFF" && text(head, 8, 12) === "WEBP") return true;
  // ISO base media: AVIF and HEIC begin alike, and videos too; the brands tell them apart only in part, so the server looks closer.
  if (text(head, 4, 8) === "ftyp") return true;
  const tiff = text(head, 0, 4);
  return tiff === "II*\0" || tiff === "MM\0*" || tiff === "II+\0" || tiff === "MM\0+";
}
