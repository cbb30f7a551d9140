// Forms whose changes would be lost on leaving (data-unsaved): the browser asks before another page, we ask before one of this site.
import { text } from "./texts.js";

const forms = () => [...document.querySelectorAll("form[data-unsaved]")];
let isSent = false;

document.addEventListener("goimg:page", () => { isSent = false; });
document.addEventListener("submit", event => { if (event.target.matches?.("form[data-unsaved]")) isSent = true; }, true);

/** Whether a form holds anything other than the page came with. */
export const isChanged = form => [...form.elements].some(field =>
  field.type === "checkbox" || field.type === "radio" ? field.checked !== field.defaultChecked
    : field.tagName === "SELECT" ? [...field.options].some(option => option.selected !== option.defaultSelected)
    : field.type !== "hidden" && field.defaultValue !== undefined && field.value !== field.defaultValue);

const wouldLose = () => !isSent && forms().some(isChanged);

addEventListener("beforeunload", event => { if (wouldLose()) event.preventDefault(); });

// On the way down, before enhanced navigation takes the click.
document.addEventListener("click", event => {
  const link = event.target.closest?.("a[href]");
  if (!link || link.target || link.hasAttribute("download") || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (link.origin === location.origin && link.pathname === location.pathname && link.hash) return;
  if (!wouldLose()) return;
  if (confirm(text("LeaveUnsaved"))) isSent = true;
  else { event.preventDefault(); event.stopPropagation(); }
}, true);
