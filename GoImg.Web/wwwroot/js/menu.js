// Menus open without script (details.menu-local). With it Esc, a click elsewhere and a choice close them, and the arrows go through what is in them.
const items = ".menu a[href], .menu button:not(:disabled)";

document.addEventListener("click", event => {
  document.querySelectorAll("details.menu-local[open]").forEach(menu => {
    const isOutside = !menu.contains(event.target);
    if (!isOutside && !event.target.closest(items)) return;
    menu.open = false;
    // What had the focus is hidden now.
    if (!isOutside) menu.querySelector("summary").focus();
  });
});

document.addEventListener("keydown", event => {
  if (event.key === "Escape") return close(event);
  const menu = event.target.closest?.("details.menu-local");
  if (!menu || event.target.matches("input, textarea, select")) return;
  const choices = [...menu.querySelectorAll(items)];
  const now = choices.indexOf(event.target);
  const next = { ArrowDown: now + 1, ArrowUp: now < 0 ? -1 : now - 1, Home: 0, End: -1 }[event.key];
  if (next === undefined || choices.length === 0) return;
  // Closed, it answers to the arrows alone.
  if (!menu.open && !event.key.startsWith("Arrow")) return;
  menu.open = true;
  choices.at(next % choices.length).focus();
  event.preventDefault();
});

// Opening is no event that bubbles.
document.addEventListener("toggle", event => {
  const menu = event.target;
  if (!menu.open || !menu.matches?.("details.menu-local")) return;
  const { left, right } = menu.querySelector(".menu").getBoundingClientRect();
  if (left < 0) menu.classList.add("menu-start");
  else if (right > document.documentElement.clientWidth) menu.classList.remove("menu-start");
}, true);

function close(event) {
  const menu = document.querySelector("details.menu-local[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
  event.preventDefault();
}
