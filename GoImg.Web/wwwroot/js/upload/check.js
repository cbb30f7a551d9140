// The server decides; this spares people the wait for what it would refuse anyway. The sentences are the server's own, handed over with the page.
export async function refusal(file, limits) {
  if (file.size === 0) return limits.empty;
  try {
    const head = new Uint8Array(await file.slice(0, 512).arrayBuffer());
    const [kind, name] = foreign(head) ?? [];
    // what it is goes before how large it is: a smaller film would not be taken either
    if (kind && limits.foreign?.[kind]) return limits.foreign[kind].replace("{0}", name);
    if (file.size > limits.maxBytes) return limits.tooLarge;
    return isImage(head) ? null : limits.unknown;
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

// The kinds of the server's ForeignSignature that the first bytes alone tell.
const kinds = [
  [/^\xff\n|^\0\0\0\fJXL /, "Picture", "JPEG XL"],
  [/^\xffO\xffQ|^\0\0\0\fjP {2}/, "Picture", "JPEG 2000"],
  [/^BM.{4}\0{4}/s, "Picture", "BMP"],
  [/^\x1aE\xdf\xa3.*webm/s, "Video", "WebM"],
  [/^\x1aE\xdf\xa3/, "Video", "MKV"],
  [/^RIFF.{4}AVI /s, "Video", "AVI"],
  [/^.{4}ftypqt {2}|^.{4}(moov|mdat|wide|pnot)/s, "Video", "MOV"],
  [/^.{4}ftypcrx /s, "Raw", "CR3"],
  [/^FUJIFILMCCD-RAW/, "Raw", "RAF"],
  [/^II(RO|RS)|^MMOR/, "Raw", "ORF"],
  [/^IIU\0/, "Raw", "RW2"],
  [/^II\*\0.{4}CR/s, "Raw", "CR2"],
  [/^%PDF/, "Pdf", "PDF"],
  [/^8BPS/, "Project", "Photoshop"],
  [/^gimp xcf/, "Project", "GIMP"],
  [/^[^\0]*<svg/, "Drawing", "SVG"],
];

function foreign(head) {
  const start = text(head, 0, head.length);
  return kinds.find(([pattern]) => pattern.test(start))?.slice(1);
}
