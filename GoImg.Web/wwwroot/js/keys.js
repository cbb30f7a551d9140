// Single keys. An element says which one is its own with data-key: a field gets the focus, anything else is clicked.
const remembered = "goimg.singleKeys";
const typing = "input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, select, [contenteditable]";

document.addEventListener("keydown", event => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.closest?.(typing)) {
    if (event.key === "Escape" && event.target.dataset.key) event.target.blur();
    return;
  }
  // A dialog or an open menu is the top layer and closes itself.
  if (document.querySelector("dialog[open], :popover-open")) return;
  if (event.key !== "Escape" && localStorage.getItem(remembered) === "off") return;

  if (event.key === "?") {
    event.preventDefault();
    document.getElementById("shortcuts")?.showModal();
    return;
  }
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const owner = [...document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)].find(one => one.checkVisibility());
  if (!owner || event.shiftKey) return;
  event.preventDefault();
  if (owner.matches(typing)) { owner.focus(); owner.select?.(); }
  else press(owner);
});

// Shows what the key did.
function press(owner) {
  owner.animate?.([{ boxShadow: "0 0 0 4px var(--accent-soft)" }, { boxShadow: "0 0 0 0 transparent" }], 400);
  owner.click();
}

document.addEventListener("goimg:page", () => {
  const box = document.querySelector("[data-single-keys]");
  if (box) box.checked = localStorage.getItem(remembered) !== "off";
});

document.addEventListener("change", event => {
  if (event.target.dataset?.singleKeys === undefined) return;
  if (event.target.checked) localStorage.removeItem(remembered);
  else localStorage.setItem(remembered, "off");
});
