// A file's size in words, as ByteSize.cs says it.
import { fill } from "../texts.js";

export function size(bytes, { bytes: plain, kibibytes, mebibytes, gibibytes }) {
  if (bytes < 1 << 10) return fill(plain, [bytes]);
  if (bytes < 1 << 20) return fill(kibibytes, [bytes / (1 << 10)]);
  if (bytes < 1 << 30) return fill(mebibytes, [bytes / (1 << 20)]);
  return fill(gibibytes, [bytes / (1 << 30)]);
}
