// All files in a few words and numbers: the head of the tray.
import { fill } from "../texts.js";
import { isGoing, isInBrowser, isOnServer, isProblem } from "./phases.js";

export function summarize(rows) {
  const number = fits => rows.reduce((sum, row) => sum + (fits(row.phase) ? 1 : 0), 0);
  const of = (...phases) => number(phase => phases.includes(phase));
  const sum = {
    files: rows.length, going: number(isGoing), here: number(isInBrowser), atServer: number(isOnServer), ready: of("ready"),
    duplicates: of("duplicate", "trashed"), lost: of("lost"), problems: number(isProblem), again: of("failed", "interrupted"),
    sending: of("sending"), paused: of("paused"), offline: of("offline"), blocked: of("blocked"),
  };
  return { ...sum, percent: sum.here > 0 ? percentSent(rows) : share(sum.ready, sum.ready + sum.going) };
}

/** Of the bytes this tab has to send. What was refused does not count. */
function percentSent(rows) {
  const counted = rows.filter(row => row.phase !== "refused" && row.phase !== "interrupted");
  const total = property => counted.reduce((sum, row) => sum + row[property], 0);
  return share(total("sent"), total("bytes"));
}

const share = (part, whole) => whole > 0 ? Math.floor(100 * part / whole) : 100;

export const percentOf = row => share(row.sent, row.bytes);

/** What moves comes first, then what keeps the rest from moving. */
export function headline(sum, words, until) {
  if (sum.here > 0 && sum.paused === sum.here) return fill(words.headPaused, [sum.going]);
  if (sum.sending === 0 && sum.offline > 0) return fill(words.headOffline, [sum.going]);
  if (sum.sending === 0 && sum.blocked > 0) return fill(words.headBlocked, [until, sum.blocked]);
  if (sum.here > 0) return fill(words.headUploading, [sum.here - sum.blocked - sum.paused]);
  if (sum.atServer > 0) return fill(words.headRendering, [sum.atServer]);
  if (sum.lost > 0) return fill(words.headLost, [sum.lost]);
  if (sum.problems > 0) return fill(words.headProblems, [sum.problems]);
  return sum.duplicates > 0 && sum.ready === 0 ? words.nothingNew : fill(words.headDone, [sum.ready]);
}

export function counts(sum, words) {
  if (sum.going > 0) return fill(words.remaining, [sum.going, sum.ready, sum.files]);
  return [[sum.ready, words.countReady], [sum.duplicates, words.countDuplicates], [sum.problems, words.countFailed], [sum.lost, words.countLost]]
    .filter(([files]) => files > 0).map(([files, pattern]) => fill(pattern, [files])).join(" · ");
}

/** Why files were not taken, the commonest reason first; only when several share one. */
export function reasons(rows) {
  const files = new Map();
  for (const { phase, reason } of rows) if (reason && isProblem(phase)) files.set(reason, (files.get(reason) ?? 0) + 1);
  return [...files].filter(([, times]) => times > 1).sort(([, a], [, b]) => b - a);
}
