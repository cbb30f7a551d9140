// Stands for GoImg's server where a module speaks to it by XMLHttpRequest. An answer is { status, headers, body }; null is a connection that
// breaks; nothing at all is a server that keeps one waiting.
export const requests = [];
let answers = [];

/** The answers to come, in order; each may be a function of the request. */
export function answer(...next) { answers = next; }

/** How many answers no one asked for. */
export const unasked = () => answers.length;

globalThis.XMLHttpRequest = class {
  upload = {};
  headers = {};
  #answer;

  open(method, url) { Object.assign(this, { method, url }); }
  setRequestHeader(name, value) { this.headers[name] = value; }
  getResponseHeader(name) { return this.#answer.headers?.[name] ?? null; }
  send(body) {
    this.body = body;
    requests.push(this);
    let next = answers.shift();
    if (typeof next === "function") next = next(this);
    if (next === undefined) return;
    queueMicrotask(() => this.finish(next));
  }
  finish(given) {
    if (this.isOver) return;
    this.isOver = true;
    if (given === null) this.onerror();
    else {
      this.#answer = given;
      this.status = given.status;
      this.responseText = JSON.stringify(given.body ?? "");
      if (this.body) this.upload.onload?.();
      this.onload();
    }
    this.onloadend();
  }
  abort() {
    if (this.isOver) return;
    this.isOver = true;
    this.onabort();
    this.onloadend();
  }
};
