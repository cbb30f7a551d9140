// Light, dark or as the device: chosen at once and remembered. Without script the button's form does it (Theme.cs).
document.addEventListener("click", event => {
  const button = event.target.closest?.("[data-theme-switch] button");
  if (!button) return;
  event.preventDefault();
  choose(button);
});

function choose(button) {
  const theme = button.value;
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  document.cookie = `theme=${theme}; path=/; max-age=${theme === "system" ? 0 : 31536000}; samesite=lax`;
  button.form.querySelectorAll("button").forEach(b => b.setAttribute("aria-pressed", String(b === button)));
}
