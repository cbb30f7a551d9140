// Files come in from anywhere: dropped on the window, pasted, or picked on the upload page. This stands on every page of a member,
// so it only listens; the rest loads with the first file.
const frame = () => document.querySelector("[data-uploads]");
let queue;

async function take(files) {
  queue ??= import("./upload/queue.js");
  (await queue).add(files, frame());
}

// A picture dragged out of the page itself is no upload.
let fromThisPage = false;
document.addEventListener("dragstart", () => fromThisPage = true);
document.addEventListener("dragend", () => fromThisPage = false);
const carriesFiles = event => !fromThisPage && frame() !== null && event.dataTransfer?.types.includes("Files");

document.addEventListener("dragover", event => {
  if (!carriesFiles(event)) return;
  event.preventDefault();
  event.dataTransfer.dropEffect = "copy";
  overlay(true);
});
// Leaving the window has no related target; moving between elements has one.
document.addEventListener("dragleave", event => { if (event.relatedTarget === null) overlay(false); });
document.addEventListener("drop", async event => {
  overlay(false);
  if (!carriesFiles(event)) return;
  event.preventDefault();
  // The list is empty once this turn is over: entries are taken out of it at once, read later.
  const entries = [...event.dataTransfer.items].filter(item => item.kind === "file").map(item => item.webkitGetAsEntry?.() ?? item.getAsFile());
  const { walk } = await import("./upload/folder.js");
  await take(walk(entries));
});

function overlay(shown) {
  const sheet = document.querySelector("[data-drop-sheet]");
  if (sheet) sheet.hidden = !shown;
}

document.addEventListener("paste", event => {
  const files = [...event.clipboardData?.files ?? []];
  // Text with a picture beside it (from a word processor, say) pasted into a field is text.
  const typing = event.target.closest?.("input, textarea, [contenteditable]") && event.clipboardData.types.includes("text/plain");
  if (!frame() || files.length === 0 || typing) return;
  event.preventDefault();
  // Browsers name every pasted picture "image.png": that is nobody's title.
  take(files.map(file => ({ file, name: "" })));
});

document.addEventListener("change", event => {
  if (event.target.dataset?.pick === undefined || !frame()) return;
  take([...event.target.files].map(file => ({ file, name: file.name, fromFolder: event.target.webkitdirectory })));
  event.target.value = "";
});

// An album for what is about to be sent. Its dialog is made when it is asked for.
document.addEventListener("click", event => {
  const opener = event.target.closest?.("[commandfor=upload-album]");
  const template = document.querySelector("[data-album-template]");
  if (!opener || !template || document.getElementById("upload-album")) return;
  template.after(template.content.cloneNode(true));
  document.getElementById("upload-album").showModal();
});
document.addEventListener("click", async event => {
  const button = event.target.closest?.("[data-make-album]");
  if (!button || !frame()) return;
  queue ??= import("./upload/queue.js");
  (await queue).makeAlbum(frame(), button.closest("dialog").querySelector("input"));
});

// A tab that was closed or crashed left uploads behind, or this one was loaded again: the tray tells of them.
document.addEventListener("goimg:page", () => {
  if (queue || !frame()) return;
  if (localStorage.getItem(`goimg.unfinished.${frame().dataset.member}`) === null && sessionStorage.getItem("goimg.carried") === null) return;
  queue = import("./upload/queue.js");
  queue.then(loaded => loaded.restore(frame()));
});

// With script the picker is a button of its own kind, and the page's form gives the settings for all files.
document.addEventListener("goimg:page", () => {
  const form = document.querySelector("[data-upload-form]");
  if (!form || form.dataset.ready) return;
  form.dataset.ready = "true";
  form.classList.add("is-live");
  form.addEventListener("submit", event => event.preventDefault());
});
