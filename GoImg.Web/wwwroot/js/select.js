// Choosing many in a grid: the check boxes work alone; this adds ranges, Ctrl+click, click to toggle once one is chosen, Esc and the count.
import { text } from "./texts.js";

const most = 1000;
let last = null;
let kept = [];

const forms = () => document.querySelectorAll("[data-select]");
const boxes = form => [...form.querySelectorAll(".pick input")];
const chosen = form => boxes(form).filter(box => box.checked);

// The selection outlives what was done with it, so that a second thing can be done.
document.addEventListener("goimg:page", () => {
  last = null;
  forms().forEach(form => {
    boxes(form).filter(box => kept.includes(box.value)).forEach(box => box.checked = true);
    count(form);
  });
  kept = [];
});

// A link to the grid may name what is to be chosen there.
document.addEventListener("click", event => {
  const link = event.target.closest?.("a[data-choose]");
  if (link) kept = link.dataset.choose.split(",");
}, true);

// On the way down, before the tile's link gets the click.
document.addEventListener("click", event => {
  const form = event.target.closest?.("[data-select]");
  if (!form) return;
  if (event.target.closest("[data-select-none]")) return set(form, boxes(form), false);
  if (event.target.closest("[data-select-all]")) return set(form, boxes(form), true);

  const tile = event.target.closest(".tile");
  if (!tile || event.target.closest(".tile-reason")) return;
  const box = tile.querySelector(".pick input");
  const onCheck = event.target.closest(".pick");
  const wanted = onCheck || event.shiftKey || event.ctrlKey || event.metaKey || chosen(form).length > 0;
  if (!wanted) return;

  if (!onCheck) {
    event.preventDefault();
    event.stopPropagation();
    box.checked = !box.checked;
  }
  // A click on the label is followed by one on its box: that one counts.
  else if (event.target !== box) return;

  if (event.shiftKey && last?.form === form) range(form, last.box, box);
  last = { form, box };
  count(form);
}, true);

document.addEventListener("keydown", event => {
  const form = document.querySelector("[data-select]");
  if (!form || event.defaultPrevented || event.target.closest?.("input:not([type=checkbox]), textarea, select")) return;
  if (event.key === "Escape" && chosen(form).length > 0 && !document.querySelector("details.menu-local[open], dialog[open], :popover-open")) {
    event.preventDefault();
    set(form, boxes(form), false);
  } else if (event.key === "a" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    set(form, boxes(form), true);
  } else if (event.key === "x" && !event.ctrlKey && !event.metaKey && localStorage.getItem("goimg.singleKeys") !== "off") {
    const box = event.target.closest?.(".tile")?.querySelector(".pick input");
    if (box) {
      set(form, [box], !box.checked);
      last = { form, box };
    }
  }
});

// Enter in a field of the bar means its own button, not the form's first.
document.addEventListener("keydown", event => {
  if (event.key !== "Enter" || !event.target.dataset?.enter) return;
  event.preventDefault();
  document.getElementById(event.target.dataset.enter).click();
});

document.addEventListener("submit", event => {
  if (!event.target.matches?.("[data-select]")) return;
  kept = chosen(event.target).map(box => box.value);
  // Nothing chosen, nothing to send, but for a button that is one tile's own.
  if (kept.length === 0 && !event.submitter?.closest(".tile")) event.preventDefault();
}, true);

function range(form, from, to) {
  between(boxes(form), from, to).forEach(box => box.checked = to.checked);
}

/** From the one to the other, both included, in whatever order they were clicked. */
export function between(all, from, to) {
  const [a, b] = [all.indexOf(from), all.indexOf(to)].sort((x, y) => x - y);
  return all.slice(a, b + 1);
}

function set(form, some, checked) {
  some.forEach(box => box.checked = checked);
  count(form);
}

function count(form) {
  const n = chosen(form).length;
  const words = form.querySelector("[data-select-count]");
  if (words) words.textContent = n > most ? text("ChosenTooMany", n, most) : text("Chosen", n);
  form.querySelectorAll(".selection-acts button, .selection-acts input").forEach(act => act.disabled = n > most);
  form.classList.toggle("has-chosen", n > 0);
}
