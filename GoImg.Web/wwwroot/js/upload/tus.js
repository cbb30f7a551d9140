// One file to the server by tus 1.0.0, from where it stands. Resolves to what became of it; never rejects.
//   { phase: "received" | "duplicate" | "trashed", image }   it is there
//   { phase: "refused", reason }                             the server will not take it
//   { phase: "offline", reason? }                            no one answers, or not as they should: the same again in a while goes on
//   { phase: "blocked", reason, retryAfter }                 it takes no more for now, and says for how many seconds
//   { phase: "interrupted", reason }                         it may work another time
//   { phase: "stopped" }                                     row.stop() was called
import { fill } from "../texts.js";

const small = 2 << 20; // what is sent along with the creation, in one request
const piece = 32 << 20; // proxies cut longer bodies
// A connection that is gone often does not say so: nothing moving for this long, in milliseconds, is an answer too.
const stalledSending = 20_000;
const stalledWaiting = 120_000; // all bytes are there, and the server makes an image of them

export async function send(row, settings, token, words, onProgress) {
  let stopped = false;
  let current = null;
  row.stop = () => { stopped = true; current?.abort(); };
  row.lose = () => current?.abort();
  const request = (method, url, headers, body, from = 0) => {
    if (stopped) return Promise.resolve(null);
    return new Promise(resolve => {
      const http = current = new XMLHttpRequest();
      http.open(method, url);
      http.setRequestHeader("Tus-Resumable", "1.0.0");
      http.setRequestHeader("RequestVerificationToken", token());
      for (const [name, value] of Object.entries(headers)) http.setRequestHeader(name, value);
      let stall = 0;
      const watch = patience => { clearTimeout(stall); stall = setTimeout(() => http.abort(), patience); };
      if (body) http.upload.onprogress = event => { watch(stalledSending); onProgress(Math.min(row.bytes, from + event.loaded)); };
      http.upload.onload = () => watch(stalledWaiting);
      http.onload = () => resolve(http);
      http.onerror = http.onabort = () => resolve(null);
      http.onloadend = () => clearTimeout(stall);
      watch(stalledSending);
      http.send(body);
    });
  };

  try {
    return await run(row, settings, words, onProgress, request, () => stopped);
  } finally {
    row.stop = row.lose = null;
  }
}

/** Ends an upload at the server; whether it hears of it or not. */
export function terminate(place, token) {
  fetch(place, { method: "DELETE", keepalive: true, headers: { "Tus-Resumable": "1.0.0", RequestVerificationToken: token } }).catch(() => {});
}

async function run(row, settings, words, onProgress, request, isStopped) {
  let offset = 0;
  if (row.place) {
    const asked = await request("HEAD", row.place, {});
    if (!asked) return gone(isStopped);
    if (asked.status === 200) offset = number(asked);
    // Expired, or cleared away: from the beginning.
    else if ([403, 404, 410].includes(asked.status)) row.place = null;
    else return answer(asked, words);
    if (row.place && asked.getResponseHeader("GoImg-Image-Id")) return answer(asked, words);
  }

  if (!row.place) {
    onProgress(0);
    const whole = row.bytes <= small;
    row.sentTitle = row.title;
    const headers = { "Upload-Length": row.bytes, "Upload-Metadata": metadata(row, settings), ...(whole ? { "Content-Type": type } : {}) };
    const created = await request("POST", "/uploads", headers, whole ? row.file : null);
    if (!created) return gone(isStopped);
    if (created.status !== 201 || whole) return answer(created, words);
    row.place = created.getResponseHeader("Location");
    row.onPlace?.();
  }

  while (offset < row.bytes) {
    onProgress(offset);
    const patched = await request("PATCH", row.place, { "Upload-Offset": offset, "Content-Type": type }, row.file.slice(offset, offset + piece), offset);
    if (!patched) return gone(isStopped);
    if (patched.status !== 204) {
      // The server's turn was another's, or more had arrived than we knew: ask and go on.
      if (patched.status === 409 || patched.status === 423) return { phase: "offline", soon: true };
      return answer(patched, words);
    }
    offset = number(patched);
    if (patched.getResponseHeader("GoImg-Image-Id")) return answer(patched, words);
  }
  return { phase: "offline", soon: true };
}

const type = "application/offset+octet-stream";
const gone = isStopped => isStopped() ? { phase: "stopped" } : { phase: "offline" };
const number = http => Number(http.getResponseHeader("Upload-Offset"));

function metadata(row, settings) {
  const pairs = { filename: row.name || "pasted", title: row.title, tags: settings.tags, visibility: settings.visibility };
  if (settings.album) pairs.album_id = settings.album;
  return Object.entries(pairs).map(([key, value]) => `${key} ${base64(value)}`).join(",");
}

function base64(text) {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}

function answer(http, words) {
  const image = http.getResponseHeader("GoImg-Image-Id");
  if (http.status < 300 && image) {
    if (http.getResponseHeader("GoImg-Image-Duplicate") !== "true") return { phase: "received", image };
    return { phase: http.getResponseHeader("GoImg-Image-State") === "deleted" ? "trashed" : "duplicate", image };
  }
  const reason = detail(http) ?? fill(words.odd, [http.status]);
  if (http.status === 401) return { phase: "interrupted", reason: words.signedOut };
  // Too many uploads, or too many images wait at the server: it is well, and tells why.
  const retryAfter = Number(http.getResponseHeader("Retry-After"));
  if (http.status === 429 || (http.status === 503 && retryAfter > 0 && detail(http))) return { phase: "blocked", reason, retryAfter: retryAfter || 60 };
  // A proxy whose server is being restarted, or the server itself without its database.
  if ([500, 502, 503, 504].includes(http.status)) return { phase: "offline", reason: detail(http) };
  // Too large, wrong kind, broken: the same bytes will be refused again. Everything else may pass, an old token with the next page.
  return [403, 409, 410, 413, 415, 422].includes(http.status) ? { phase: "refused", reason } : { phase: "interrupted", reason };
}

function detail(http) {
  try { return JSON.parse(http.responseText).detail ?? null; } catch { return null; }
}
