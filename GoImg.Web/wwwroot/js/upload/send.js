// One file to the server. Resolves to what it answered; never rejects.
//   { phase: "received" | "duplicate" | "trashed", image }   it is there
//   { phase: "refused", reason }                             the server will not take it
//   { phase: "interrupted", reason, retryAfter? }            it may work another time
export function send(row, settings, token, words, onProgress) {
  const request = new XMLHttpRequest();
  row.abort = () => request.abort();
  return new Promise(resolve => {
    const lost = () => resolve({ phase: "interrupted", reason: words.lost, again: true });
    request.open("POST", "/uploads");
    request.setRequestHeader("RequestVerificationToken", token);
    request.upload.onprogress = event => onProgress(Math.min(row.bytes, event.loaded));
    request.onerror = lost;
    request.ontimeout = lost;
    request.onabort = () => resolve({ phase: "cancelled" });
    request.onload = () => resolve(answer(request, words));
    request.send(form(row, settings));
  }).finally(() => row.abort = null);
}

// The file last: the server reads what it is called before the first byte of it.
function form(row, settings) {
  const form = new FormData();
  form.append("title", row.title);
  form.append("description", "");
  form.append("tags", settings.tags);
  form.append("visibility", settings.visibility);
  if (settings.album) form.append("album_id", settings.album);
  form.append("file", row.file, row.name || "pasted");
  return form;
}

function answer(request, words) {
  const body = parse(request.responseText);
  if (request.status === 200 || request.status === 201) {
    if (!body?.id) return { phase: "interrupted", reason: words.lost };
    if (!body.duplicate) return { phase: "received", image: body.id };
    return { phase: body.state === "deleted" ? "trashed" : "duplicate", image: body.id };
  }
  const reason = body?.detail ?? words.odd.replace("{0}", request.status);
  if (request.status === 401) return { phase: "interrupted", reason: words.signedOut };
  if (request.status === 429) return { phase: "interrupted", reason, retryAfter: Number(request.getResponseHeader("Retry-After")) || 60 };
  // Too large, wrong kind, broken: the same bytes will be refused again. Everything else may pass, an old token with the next page.
  return [403, 409, 413, 415, 422].includes(request.status) ? { phase: "refused", reason } : { phase: "interrupted", reason };
}

function parse(text) {
  try { return JSON.parse(text); } catch { return null; }
}
