// Toasts come from the server with the page or from a script, and leave by themselves unless somebody is looking at them. They stand at the bottom,
// or at the top where a text box is at the bottom.
const stays = 6000;
const staysWithAction = 12000;

document.addEventListener("goimg:page", () => {
  document.querySelectorAll("[data-toast]").forEach(leaveLater);
  makeWay();
});
for (const change of ["focusin", "scroll", "toggle"]) document.addEventListener(change, makeWay, true);

document.addEventListener("goimg:toast", event => {
  const toast = document.createElement("div");
  toast.className = "toast";
  const words = document.createElement("p");
  words.textContent = event.detail.text;
  toast.append(words);
  document.querySelector("[data-toasts]")?.replaceChildren(toast);
  leaveLater(toast);
  makeWay();
});

function makeWay() {
  const region = document.querySelector("[data-toasts]");
  const toast = region?.querySelector(".toast, [data-toast]");
  if (!toast) return;
  const edge = innerHeight - toast.getBoundingClientRect().height - 32;
  const covers = box => {
    const { top, bottom, height } = box.getBoundingClientRect();
    return height > 0 && bottom > edge && top < innerHeight;
  };
  region.classList.toggle("toasts-top", [...document.querySelectorAll("main textarea, main input:not([type=hidden], [type=checkbox], [type=radio], [type=submit]), main select")].some(covers));
}

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
