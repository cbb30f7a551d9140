// The little of a browser that GoImg's modules meet when node loads them. Import it before the module that is tested.
// Time stands still until tick(); nothing is laid out, and a selector is looked up as it is written in put() and in Element's `is`.
import { webcrypto } from "node:crypto";
import { readFileSync } from "node:fs";
import { afterEach } from "node:test";

const set = (name, value) => Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });

// What the runner itself keeps open; all else is work that a module waits for, such as a file being read or a digest being made.
const idle = new Set([...process.getActiveResourcesInfo(), "Immediate", "Timeout", "TTYWrap", "PipeWrap"]);
const works = () => process.getActiveResourcesInfo().some(kind => !idle.has(kind));

/** Lets everything run that waits for no timer. */
export async function settled() {
  for (let turn = 0; turn < 30 || (works() && turn < 100_000); turn++) await new Promise(resolve => setImmediate(resolve));
}

// Timers and both clocks.
let now = Date.UTC(2025, 0, 1);
let lastTimer = 0;
const timers = new Map();
const later = (work, delay = 0, every = 0) => {
  timers.set(++lastTimer, { at: now + delay, work, every });
  return lastTimer;
};
const start = now;
set("setTimeout", (work, delay) => later(work, delay));
set("setInterval", (work, delay) => later(work, delay, delay));
set("clearTimeout", id => timers.delete(id));
set("clearInterval", id => timers.delete(id));
Date.now = () => now;
Object.defineProperty(performance, "now", { value: () => now - start, configurable: true });

/** Moves the clock on, and lets each timer that is due run at its own moment. */
export async function tick(milliseconds) {
  await settled();
  for (const end = now + milliseconds; ;) {
    const [id, next] = [...timers].reduce((first, one) => first === undefined || one[1].at < first[1].at ? one : first, undefined) ?? [];
    if (id === undefined || next.at > end) {
      now = end;
      return;
    }
    now = next.at;
    if (next.every > 0) next.at += next.every;
    else timers.delete(id);
    next.work();
    await settled();
  }
}

export class Element extends EventTarget {
  children = [];
  attributes = new Map();
  dataset = {};
  hidden = false;
  parent = null;
  found = new Map();
  classes = new Set();
  classList = {
    add: name => this.classes.add(name),
    remove: name => this.classes.delete(name),
    contains: name => this.classes.has(name),
    toggle: (name, on) => on ? this.classes.add(name) : this.classes.delete(name),
  };

  /** `is` has the selectors that it and its children are to be found by. */
  constructor(is = [], properties = {}) {
    super();
    this.is = is;
    Object.assign(this, properties);
  }

  matches(selector) { return this.is.includes(selector) || selector.split(", ").some(one => this.is.includes(one)); }
  closest(selector) { return this.matches(selector) ? this : this.parent?.closest(selector) ?? null; }
  contains(other) { return other === this || this.children.some(child => child.contains(other)); }
  querySelectorAll(selector) {
    return this.children.flatMap(child => [...(child.matches(selector) ? [child] : []), ...child.querySelectorAll(selector)]);
  }
  querySelector(selector) { return this.querySelectorAll(selector)[0] ?? null; }
  append(...children) {
    for (const child of children) {
      child.remove();
      child.parent = this;
      this.children.push(child);
    }
    return this;
  }
  after(other) { this.parent?.append(other); }
  replaceChildren(...children) {
    this.children = [];
    this.append(...children);
  }
  remove() {
    if (this.parent) this.parent.children = this.parent.children.filter(child => child !== this);
    this.parent = null;
  }
  getAttribute(name) { return this.attributes.get(name) ?? null; }
  setAttribute(name, value) { this.attributes.set(name, String(value)); }
  getBoundingClientRect() { return { top: 0, bottom: 0, left: 0, right: 0, width: 0, height: 0 }; }
  checkVisibility() { return !this.hidden; }
  focus() { document.activeElement = this; }
  blur() { document.activeElement = null; }
  select() { this.isSelected = true; }
  click() { this.clicks = (this.clicks ?? 0) + 1; }
}

class Storage {
  #kept = new Map();
  getItem(name) { return this.#kept.get(name) ?? null; }
  setItem(name, value) { this.#kept.set(name, String(value)); }
  removeItem(name) { this.#kept.delete(name); }
  clear() { this.#kept.clear(); }
}

// What PageTexts.razor puts into every page.
const resources = readFileSync(new URL("../../GoImg.Web/Localization/ScriptTexts.resx", import.meta.url), "utf8");
const plain = xml => xml.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
const texts = new Element(["#texts"], {
  textContent: JSON.stringify(Object.fromEntries([...resources.matchAll(/<data name="(\w+)"[^>]*>\s*<value>([^<]*)<\/value>/g)].map(([, key, value]) => [key, plain(value)]))),
});

const body = new Element();
const cookies = new Map();
const document = new EventTarget();
Object.assign(document, {
  body,
  documentElement: new Element(),
  hidden: false,
  visibilityState: "visible",
  activeElement: null,
  querySelector: selector => body.querySelector(selector),
  querySelectorAll: selector => body.querySelectorAll(selector),
  getElementById: id => id === "texts" ? texts : body.querySelector(`#${id}`),
  createElement: name => new Element([name]),
});
Object.defineProperty(document, "cookie", {
  get: () => [...cookies].map(pair => pair.join("=")).join("; "),
  set: line => {
    const [pair, ...rest] = line.split("; ");
    const [name, value] = pair.split("=");
    if (rest.includes("max-age=0")) cookies.delete(name);
    else cookies.set(name, value);
  },
});

const windowEvents = new EventTarget();
set("window", globalThis);
set("document", document);
set("addEventListener", windowEvents.addEventListener.bind(windowEvents));
set("localStorage", new Storage());
set("sessionStorage", new Storage());
set("location", { href: "https://gallery.test/", pathname: "/", search: "", hash: "", reload() { this.reloads = (this.reloads ?? 0) + 1; }, replace(url) { this.replaced = url; } });
set("history", { length: 1, state: null, replaceState(_, __, url) { this.replaced = String(url); }, back() { this.backs = (this.backs ?? 0) + 1; } });
set("navigator", {});
set("scrollTo", (...to) => { globalThis.scrolledTo = to; });
set("scrollY", 0);
set("innerHeight", 800);
set("CSS", { escape: text => text });
set("HTMLButtonElement", class { command; });
set("IntersectionObserver", class { observe() {} disconnect() {} });
set("ResizeObserver", class { observe() {} disconnect() {} });
set("DOMParser", class { parseFromString(text) { return pages.get(text); } });
set("FormData", class extends Map { constructor(form) { super(Object.entries(form.values ?? {})); } });
// Node 18 has neither.
globalThis.crypto ??= webcrypto;
globalThis.CustomEvent ??= class extends Event { constructor(name, { detail } = {}) { super(name); this.detail = detail; } };

const pages = new Map();

/** A page that fetch() can answer with: the text to answer. */
export function written(page) {
  const text = `page ${pages.size}`;
  pages.set(text, page);
  return text;
}

/** Puts an element on the page that the selectors find. */
export function put(is, properties) {
  const element = new Element([is].flat(), properties);
  body.append(element);
  return element;
}

/** Something happens to a target, as it reaches the listeners of the document. */
export function happen(name, target = body, properties = {}) {
  const event = new Event(name, { cancelable: true });
  Object.defineProperty(event, "target", { value: target });
  for (const [key, value] of Object.entries(properties)) Object.defineProperty(event, key, { value });
  document.dispatchEvent(event);
  return event;
}

/** Something happens to the window. */
export function happenToWindow(name) {
  const event = new Event(name, { cancelable: true });
  windowEvents.dispatchEvent(event);
  return event;
}

/** What the page said in toasts since it was asked last. */
export const toasts = () => said.splice(0);
const said = [];
document.addEventListener("goimg:toast", event => said.push(event.detail.text));

afterEach(() => {
  body.replaceChildren();
  localStorage.clear();
  sessionStorage.clear();
  cookies.clear();
  said.length = 0;
  document.activeElement = null;
});
