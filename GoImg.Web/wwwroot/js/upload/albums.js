// The albums that uploads can go to: in the upload page's form and in the tray, and a new one out of either.
import { fill } from "../texts.js";
import { configure, settings } from "./settings.js";

const fields = () => [...document.querySelectorAll("[data-upload-form] [name=album_id], #tray-album")];
let known = null;

/** Fills the tray's list, once. */
export async function list() {
  const field = document.querySelector("#tray-album");
  if (!field || field.options.length > 1) return;
  try {
    known ??= await (await fetch("/uploads/albums")).json();
  } catch {
    return;
  }
  known.forEach(album => offer(field, album));
  field.value = settings().album;
}

/** Makes one, chooses it for what is sent from now on, and resolves to what went wrong, in words, or null. */
export async function make(title, token, words, say) {
  try {
    const answer = await fetch("/uploads/albums", {
      method: "POST",
      headers: { "Content-Type": "application/json", RequestVerificationToken: token() },
      body: JSON.stringify({ title, visibility: settings().visibility }),
    });
    const album = await answer.json();
    if (!answer.ok) return album.errors?.[0]?.message ?? album.detail;
    known?.unshift(album);
    for (const field of fields()) {
      offer(field, album);
      field.value = album.id;
    }
    configure({ album: album.id });
    say(fill(words.albumMade, [album.title]));
    return null;
  } catch {
    return words.unreachable;
  }
}

function offer(field, { id, title }) {
  const option = document.createElement("option");
  option.value = id;
  option.textContent = title;
  field.append(option);
}
