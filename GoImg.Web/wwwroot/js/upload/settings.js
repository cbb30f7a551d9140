// What new files get. The upload page's form wins while one is on it; otherwise what was last chosen in this tab.
const remembered = "goimg.uploads";
const closing = "goimg.uploads.closes";

export function settings() {
  const form = document.querySelector("[data-upload-form]");
  if (form) {
    const chosen = new FormData(form);
    configure({ visibility: chosen.get("visibility"), tags: chosen.get("tags") ?? "", album: chosen.get("album_id") ?? "", titles: chosen.has("titles") });
  }
  return { visibility: "private", tags: "", album: "", titles: true, closes: localStorage.getItem(closing) === "yes", ...read() };
}

/** Closing by itself is the browser's habit, all else is this tab's. */
export function configure({ closes, ...chosen }) {
  if (closes !== undefined) localStorage.setItem(closing, closes ? "yes" : "no");
  sessionStorage.setItem(remembered, JSON.stringify({ ...read(), ...chosen }));
}

const read = () => JSON.parse(sessionStorage.getItem(remembered) ?? "{}");
