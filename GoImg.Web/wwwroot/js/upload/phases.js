// What can become of a file, in the order it usually does. UploadPhase.cs is the server's list of the same; a test compares both.
export const phases = [
  "waiting",
  "blocked", // the server takes no more for a while; it goes on by itself
  "paused",
  "sending",
  "offline", // no one answers; it goes on by itself
  "received",
  "waiting_for_scanner",
  "scanning",
  "rendering",
  "ready",
  "duplicate",
  "trashed", // the same bytes are in the trash
  "lost", // its tab was closed; it goes on when the file is chosen again
  "refused", // the same bytes will be refused again
  "interrupted", // it may work another time
  "failed", // the bytes are at the server, but no image came of them
  "quarantined",
];

const between = (first, last) => {
  const some = new Set(phases.slice(phases.indexOf(first), phases.indexOf(last) + 1));
  return phase => some.has(phase);
};

export const isInBrowser = between("waiting", "offline");
export const isOnServer = between("received", "rendering");
export const isGoing = between("waiting", "rendering");
/** Somebody has to look at it: it stays until it is dismissed. */
export const needsAttention = between("duplicate", "quarantined");
export const isProblem = between("refused", "quarantined");
