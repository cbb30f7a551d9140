// The frame of the page: dialogs, copy and share buttons. Everything here has a way without it.
import { text } from "./texts.js";

document.addEventListener("goimg:page", () => {
  document.querySelector("[data-autofocus]")?.focus();
  // The device's own way to pass something on, where there is one.
  document.querySelectorAll("[data-share]").forEach(button => { button.hidden = !navigator.share; });
});

document.addEventListener("click", event => {
  const target = event.target.closest?.("[data-copy], [data-share], [commandfor], [data-dialog]");
  if (!target) return;
  if (target.dataset.copy !== undefined) copy(target);
  else if (target.dataset.share !== undefined) navigator.share({ url: target.dataset.share, title: target.dataset.shareTitle }).catch(() => { /* put away */ });
  else if (target.dataset.dialog !== undefined) ask(target, event);
  else if (!("command" in HTMLButtonElement.prototype)) invoke(target);
});

// A link to a question whose dialog is on this page: the dialog asks, takes the focus and gives it back. Another tab gets the page.
function ask(link, event) {
  const dialog = document.getElementById(link.dataset.dialog);
  if (!dialog || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  dialog.showModal();
}

// Browsers before invoker commands.
function invoke(button) {
  const dialog = document.getElementById(button.getAttribute("commandfor"));
  if (button.getAttribute("command") === "show-modal") dialog?.showModal();
  else dialog?.close();
}

// data-copy holds the text, or names the field it is in by its id. Without HTTPS there is no clipboard: the text is selected instead.
async function copy(button) {
  const field = document.getElementById(button.dataset.copy);
  const copied = field ? field.value : button.dataset.copy;
  try {
    await navigator.clipboard.writeText(copied);
    toast(button.dataset.copied ?? text("Copied"));
  } catch {
    field?.select();
    toast(field ? text("CopyByKey") : copied);
  }
}

function toast(said) {
  document.dispatchEvent(new CustomEvent("goimg:toast", { detail: { text: said } }));
}
