// Single keys. An element says which one is its own with data-key: a field gets the focus, anything else is clicked. With data-in-view (a selector) the key
// is for what one looks at: out of view it only brings that there, and a key that is held down does not do it again.
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
  if (owner.dataset.inView) {
    if (event.repeat) return;
    const subject = document.querySelector(owner.dataset.inView);
    if (subject && !isInView(subject)) return subject.scrollIntoView({ block: "nearest" });
  }
  if (owner.matches(typing)) { owner.focus(); owner.select?.(); }
  else press(owner);
});

// At least half of it, or of the window, is to be seen.
function isInView(subject) {
  const { top, bottom, height } = subject.getBoundingClientRect();
  return Math.min(bottom, innerHeight) - Math.max(top, 0) >= Math.min(height, innerHeight) / 2;
}

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
