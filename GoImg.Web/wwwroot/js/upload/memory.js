// What this browser was sending, so that a closed or crashed tab is not the end of it. Files themselves can't be kept: the person
// chooses them again, and what the server has is not sent a second time.
const most = 500;
const beat = 5000;
const tab = crypto.getRandomValues(new Uint32Array(2)).join("-");
const name = member => `goimg.unfinished.${member}`;
let timer = 0;
let heart = 0;

/** The same file again has the same fingerprint. */
export const fingerprint = file => `${file.name}|${file.size}|${file.lastModified}`;

/** Entries whose tab is gone. They are this tab's when it notes its rows. */
export const orphans = member => Object.values(read(member)).filter(entry => entry.tab !== tab && !lives(entry.tab));

/** Notes, a little later, all rows that are not finished yet. */
export function note(member, rows) {
  heart ||= setInterval(pulse, beat);
  pulse();
  timer ||= setTimeout(() => {
    timer = 0;
    write(member, rows());
  }, 400);
}

/** At once, for a tab that closes. */
export function settle(member, rows) {
  if (!heart) return;
  write(member, rows());
  localStorage.removeItem(alive(tab));
}

function write(member, rows) {
  const kept = Object.fromEntries(Object.entries(read(member)).filter(([, entry]) => entry.tab !== tab));
  for (const row of rows.slice(0, most)) kept[row.print] = { print: row.print, place: row.place ?? null, name: row.name, title: row.title, bytes: row.bytes, sent: row.sent, tab };
  store(member, kept);
}

function read(member) {
  try { return JSON.parse(localStorage.getItem(name(member)) ?? "{}"); } catch { return {}; }
}

function store(member, all) {
  try {
    if (Object.keys(all).length === 0) localStorage.removeItem(name(member));
    else localStorage.setItem(name(member), JSON.stringify(all));
  } catch { /* full or forbidden: then nothing is remembered */ }
}

const alive = tab => `goimg.tab.${tab}`;

function pulse() {
  try { localStorage.setItem(alive(tab), Date.now()); } catch { /* as above */ }
}

function lives(tab) {
  const at = Number(localStorage.getItem(alive(tab)));
  if (at && Date.now() - at < 3 * beat) return true;
  localStorage.removeItem(alive(tab));
  return false;
}

const carried = "goimg.carried";

/** What became of this tab's files, over a reload of it. */
export function carry(rows) {
  const outcomes = rows.slice(0, most).map(({ name, title, bytes, sent, phase, reason, image }) => ({ name, title, bytes, sent, phase, reason, image }));
  if (outcomes.length === 0) return;
  try { sessionStorage.setItem(carried, JSON.stringify(outcomes)); } catch { /* as above */ }
}

/** Once. */
export function takeCarried() {
  const outcomes = JSON.parse(sessionStorage.getItem(carried) ?? "[]");
  sessionStorage.removeItem(carried);
  return outcomes;
}
