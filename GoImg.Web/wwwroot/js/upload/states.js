// How the images that files became come along: the server pushes each change while any is on its way. A push is lost with its connection,
// and may come before its row knows the image, so the states are also asked for: of each image once, and of all on their way now and then.
import { isOnServer } from "./phases.js";

const soon = 50; // milliseconds in which images are asked for together
const nowAndThen = 10_000;
const together = 100;
const due = new Set();
let view;
let stream = null;
let asking = 0;
let repeating = 0;

/** view: rows() and token(), and told(image, state), which is called with what is new; a state of null is an image that is gone. */
export function follow(given) {
  view = given;
}

/** To be called when rows changed: keeps the stream open as long as one is on its way. */
export function watch() {
  const isWanted = view.rows().some(row => isOnServer(row.phase));
  if (isWanted && !stream) open();
  else if (!isWanted && stream) close();
}

export function ask(image, after = soon) {
  due.add(image);
  asking ||= setTimeout(flush, after);
}

function open() {
  stream = new EventSource("/uploads/states");
  stream.addEventListener("open", askForAll);
  stream.addEventListener("image", event => {
    const state = JSON.parse(event.data);
    view.told(state.id, state.phase ? state : null);
  });
  repeating = setInterval(askForAll, nowAndThen);
}

function close() {
  stream.close();
  stream = null;
  clearInterval(repeating);
}

function askForAll() {
  for (const row of view.rows()) if (isOnServer(row.phase)) ask(row.image);
}

async function flush() {
  const images = [...due].slice(0, together);
  images.forEach(image => due.delete(image));
  let after = soon;
  try {
    const states = new Map((await read(images)).map(state => [state.id, state]));
    for (const image of images) view.told(image, states.get(image) ?? null);
  } catch {
    images.forEach(image => due.add(image));
    after = nowAndThen;
  }
  asking = due.size > 0 ? setTimeout(flush, after) : 0;
}

async function read(ids) {
  const answer = await fetch("/uploads/states", {
    method: "POST",
    headers: { "Content-Type": "application/json", RequestVerificationToken: view.token() },
    body: JSON.stringify({ ids }),
  });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}
