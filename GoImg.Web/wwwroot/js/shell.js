// The frame of the page: theme, dialogs, copy buttons, times in the reader's zone. Everything here has a way without it.
document.addEventListener("goimg:page", () => {
  document.querySelector("[data-autofocus]")?.focus();
  document.querySelectorAll("time[data-time]").forEach(localise);
});

document.addEventListener("click", event => {
  const target = event.target.closest?.("[data-theme-switch] button, [data-copy], [commandfor]");
  if (!target) return;
  if (target.dataset.copy !== undefined) copy(target);
  else if (target.name === "theme") { event.preventDefault(); chooseTheme(target); }
  else if (!("command" in HTMLButtonElement.prototype)) invoke(target);
});

// Browsers before invoker commands.
function invoke(button) {
  const dialog = document.getElementById(button.getAttribute("commandfor"));
  if (button.getAttribute("command") === "show-modal") dialog?.showModal();
  else dialog?.close();
}

function chooseTheme(button) {
  const theme = button.value;
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  document.cookie = `theme=${theme}; path=/; max-age=${theme === "system" ? 0 : 31536000}; samesite=lax`;
  button.form.querySelectorAll("button").forEach(b => b.setAttribute("aria-pressed", String(b === button)));
}

// data-copy holds the text, or names the field it is in by its id. Without HTTPS there is no clipboard: the text is selected instead.
async function copy(button) {
  const field = document.getElementById(button.dataset.copy);
  const text = field ? field.value : button.dataset.copy;
  try {
    await navigator.clipboard.writeText(text);
    toast(button.dataset.copied ?? "Copied.");
  } catch {
    field?.select();
    toast(field ? "Press Ctrl+C to copy." : text);
  }
}

function toast(text) {
  document.dispatchEvent(new CustomEvent("goimg:toast", { detail: { text } }));
}

const full = new Intl.DateTimeFormat(undefined, { dateStyle: "long", timeStyle: "short" });
const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric" });

function localise(time) {
  const at = new Date(time.dateTime);
  time.title = full.format(at);
  time.textContent = say(at, Date.now() - at);
}

/** How long ago it was, in words; the day, when that says more. */
export function say(at, age) {
  const minutes = Math.floor(age / 60000);
  if (age < -60000) return day.format(at);
  if (minutes < 1) return "just now";
  if (minutes < 60) return count(minutes, "minute");
  if (minutes < 1440) return count(Math.floor(minutes / 60), "hour");
  return minutes < 10080 ? count(Math.floor(minutes / 1440), "day") : day.format(at);
}

const count = (n, unit) => `${n} ${unit}${n === 1 ? "" : "s"} ago`;

setInterval(() => { if (!document.hidden) document.querySelectorAll("time[data-time]").forEach(localise); }, 60000);
