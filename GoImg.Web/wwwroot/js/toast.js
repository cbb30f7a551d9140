// Toasts come from the server with the page or from a script, and leave by themselves unless somebody is looking at them.
const stays = 6000;
const staysWithAction = 12000;

document.addEventListener("goimg:page", () => document.querySelectorAll("[data-toast]").forEach(leaveLater));

document.addEventListener("goimg:toast", event => {
  const toast = document.createElement("div");
  toast.className = "toast";
  const words = document.createElement("p");
  words.textContent = event.detail.text;
  toast.append(words);
  document.querySelector("[data-toasts]")?.replaceChildren(toast);
  leaveLater(toast);
});

function leaveLater(toast) {
  const time = toast.querySelector("button") ? staysWithAction : stays;
  let timer = setTimeout(() => toast.remove(), time);
  const wait = () => clearTimeout(timer);
  const go = () => { wait(); timer = setTimeout(() => toast.remove(), stays); };
  toast.addEventListener("pointerenter", wait);
  toast.addEventListener("focusin", wait);
  toast.addEventListener("pointerleave", go);
  toast.addEventListener("focusout", go);
}
