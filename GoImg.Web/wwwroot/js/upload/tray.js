// The way between the queue here and the tray's component on the server: rows that changed, at most four times a second, a hundred a message.
const every = 250;
const most = 100;
const deaf = 5000;
const remembered = "goimg.uploads";
const closing = "goimg.uploads.closes";
const dirty = new Set();
let dotnet = null;
let timer = 0;
let delay = every;
let carried = null;

/** Has the tray drawn: the server puts it on a page whose request carries this cookie, so no one pays for a circuit before the first file. */
export async function open(rows) {
  document.cookie = "uploads=1; path=/; samesite=lax";
  if (dotnet) return;
  for (const row of rows.values()) dirty.add(row);
  if (carried || !window.Blazor) return;
  settings();
  carried = fields().map(field => ({ name: field.name, value: field.value, checked: field.checked }));
  document.addEventListener("goimg:page", putBack, { once: true });
  window.Blazor.navigateTo(location.href, { replaceHistoryEntry: true });
}

// Drawing the page again must not take what somebody typed or chose on it: a comment begun, or who may see the next files.
function fields() {
  return [...document.querySelectorAll("main :is(input:not([type=file], [type=hidden]), textarea, select)")];
}

function putBack() {
  fields().forEach((field, i) => {
    if (carried[i]?.name !== field.name) return;
    if (field.type === "checkbox" || field.type === "radio") field.checked = carried[i].checked;
    else field.value = carried[i].value;
  });
  carried = null;
}

export function close() {
  document.cookie = "uploads=; path=/; max-age=0; samesite=lax";
}

export function attach(component, rows) {
  dotnet = component;
  for (const row of rows.values()) dirty.add(row);
  dirty.forEach(row => row.told = null);
  flushSoon();
  return settings();
}

export function detach() {
  dotnet = null;
}

/** The tray is on the page but does not hear: its connection is lost, or its server was started again. */
export const isDeaf = () => dotnet !== null && delay !== every;

const question = () => document.getElementById("components-reconnect-modal");
const isRejected = () => question()?.classList.contains("components-reconnect-rejected") ?? false;

/** The server knows no more of the tray that it drew. */
export const isForgotten = () => dotnet !== null && isRejected();

/** A forgotten tray shows what was, so it is taken out of sight; and while files move no one is asked to reload. */
export function hideStale(moving) {
  const [rejected, stale, modal] = [isRejected(), document.querySelector(".tray"), question()];
  if (stale) stale.hidden = rejected;
  if (modal) modal.hidden = rejected && moving;
}

/** Something on the page would be lost with it. (What new files get is remembered anyway.) */
export const isTypedIn = () => fields().filter(field => !field.closest("[data-upload-form]")).some(field =>
  field.type === "checkbox" || field.type === "radio" ? field.checked !== field.defaultChecked
  : field.options ? [...field.options].some(option => option.selected !== option.defaultSelected) && field.selectedIndex > 0
  : field.value !== field.defaultValue);

export function changed(row) {
  dirty.add(row);
  flushSoon();
}

/** Renamed after it had gone off. */
export function retitled(row) {
  row.retitled = true;
}

export function removed(row) {
  dirty.delete(row);
}

function flushSoon() {
  if (dotnet && !timer) timer = setTimeout(flush, delay);
}

async function flush() {
  const rows = [...dirty].slice(0, most);
  rows.forEach(row => dirty.delete(row));
  try {
    if (rows.length > 0 && dotnet) await soon(dotnet.invokeMethodAsync("Report", rows.map(report)));
    rows.forEach(row => row.retitled = false);
    delay = every;
  } catch {
    // The connection is lost. Blazor brings it back, or the next tray to come asks for everything.
    // Whether it arrived no one knows: all of it is told again.
    rows.forEach(row => { row.told = null; dirty.add(row); });
    delay = 2000;
  }
  timer = 0;
  if (dirty.size > 0) flushSoon();
}

// A call that was on its way when the connection broke is never answered.
function soon(call) {
  let late;
  return Promise.race([call, new Promise((_, reject) => late = setTimeout(reject, deaf))]).finally(() => clearTimeout(late));
}

// A row's name goes once; after that what moves.
function report(row) {
  const moving = { key: row.key, phase: row.phase, sent: row.sent, reason: row.reason, image: row.image, ...(row.retitled ? { retitled: true, title: row.title } : {}) };
  const whole = row.told ? moving : { ...moving, name: row.name, title: row.title, bytes: row.bytes };
  row.told = true;
  return whole;
}

// What new files get. The upload page's form wins while one is on it; otherwise what was last chosen in this tab.
export function settings() {
  const form = document.querySelector("[data-upload-form]");
  if (form && !carried) {
    const chosen = new FormData(form);
    configure({ visibility: chosen.get("visibility"), tags: chosen.get("tags") ?? "", album: chosen.get("album_id") ?? "", titles: chosen.has("titles") });
  }
  return { visibility: "private", tags: "", album: "", titles: true, closes: localStorage.getItem(closing) === "yes", ...JSON.parse(sessionStorage.getItem(remembered) ?? "{}") };
}

export function configure({ closes, ...chosen }) {
  if (closes !== undefined) localStorage.setItem(closing, closes ? "yes" : "no");
  sessionStorage.setItem(remembered, JSON.stringify({ ...JSON.parse(sessionStorage.getItem(remembered) ?? "{}"), ...chosen }));
}
