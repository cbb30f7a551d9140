// One file in the tray: its picture, its title to change, where it stands, and what can be done.
import { fill } from "../texts.js";
import { isInBrowser, isOnServer, isProblem, needsAttention } from "./phases.js";
import { size } from "./size.js";
import { percentOf } from "./summary.js";

/** A copy of the template, for the row with this key. */
export function make(template, row, words) {
  const element = template.content.firstElementChild.cloneNode(true);
  element.dataset.key = row.key;
  const field = element.querySelector("input");
  field.id = `tray-title-${row.key}`;
  const label = element.querySelector("label");
  label.htmlFor = field.id;
  label.textContent = fill(label.textContent.trim(), [row.name || words.pastedInside]);
  return element;
}

export function draw(element, row, words) {
  const drawn = JSON.stringify([row.phase, row.reason, row.title, row.sent, row.page, row.picture, row.thumb]);
  if (element.drawn === drawn) return;
  element.drawn = drawn;
  element.classList.toggle("is-problem", isProblem(row.phase));
  drawTitle(element, row, words);
  drawPicture(element, row, words);
  drawState(element, row, words);
  drawMeter(element.querySelector("[role=progressbar]"), row);
  for (const button of element.querySelectorAll("[data-act]")) {
    button.hidden = !can[button.dataset.act](row.phase);
    if (button.title) {
      button.dataset.says ??= button.title;
      button.title = fill(button.dataset.says, [shownName(row, words)]);
      button.setAttribute("aria-label", button.title);
    }
  }
}

const can = {
  retry: phase => phase === "failed" || phase === "interrupted",
  restore: phase => phase === "trashed",
  resume: phase => phase === "paused",
  pause: phase => phase === "sending" || phase === "offline",
  cancel: phase => isInBrowser(phase) || phase === "lost",
  forget: phase => needsAttention(phase) && phase !== "lost",
};

export const shownName = (row, words) => row.title || row.name || words.pasted;

// What a refused or locked-away file would be called helps no one; which file it was does, so its name is whole.
const canRetitle = phase => !needsAttention(phase) || phase === "failed";

function drawTitle(element, row, words) {
  const field = element.querySelector("input");
  field.parentElement.hidden = !canRetitle(row.phase);
  if (field !== document.activeElement) field.value = row.title;
  const name = element.querySelector("[data-part=name]");
  name.hidden = canRetitle(row.phase);
  name.textContent = isProblem(row.phase) ? row.name || words.pasted : shownName(row, words);
}

function drawPicture(element, row, words) {
  const source = row.phase === "ready" ? row.picture : row.thumb;
  const picture = element.querySelector("img");
  if (source && picture.getAttribute("src") !== source) picture.src = source;
  picture.hidden = !source;
  element.querySelector("[data-part=no-picture]").hidden = Boolean(source);
  const link = element.querySelector("[data-part=open]");
  if (row.phase !== "ready" || !row.page) return link.removeAttribute("href");
  link.href = row.page;
  link.setAttribute("aria-label", fill(words.open, [shownName(row, words)]));
}

function drawState(element, row, words) {
  const said = state(row, words);
  const link = element.querySelector("[data-part=there]");
  link.hidden = row.phase !== "duplicate" || !row.page;
  if (!link.hidden) link.href = row.page;
  link.textContent = link.hidden ? "" : said;
  element.querySelector("[data-part=state]").textContent = link.hidden ? said : "";
}

function state(row, words) {
  const percent = percentOf(row);
  switch (row.phase) {
    case "sending": return fill(words.uploadingAt, [percent, size(row.bytes, words.sizes)]);
    case "paused": return row.sent > 0 ? fill(words.pausedAt, [percent]) : words.phases.paused;
    case "offline": return fill(words.offlineAt, [percent]);
    case "lost": return row.sent > 0 ? fill(words.interruptedAt, [percent]) : words.notSentYet;
    case "trashed": return words.inTrash;
    default: return row.reason ?? words.phases[row.phase];
  }
}

const steps = { received: 15, waiting_for_scanner: 25, scanning: 45, rendering: 75 };

function drawMeter(meter, row) {
  const isSent = ["sending", "offline", "paused", "lost"].includes(row.phase) || (row.phase === "blocked" && row.sent > 0);
  meter.hidden = !isSent && !isOnServer(row.phase);
  meter.classList.toggle("is-still", isSent && row.phase !== "sending");
  meter.classList.toggle("meter-steps", !isSent);
  fillMeter(meter, isSent ? percentOf(row) : steps[row.phase] ?? 0);
}

export function fillMeter(meter, percent) {
  meter.setAttribute("aria-valuenow", percent);
  meter.firstElementChild.style.width = `${percent}%`;
}
