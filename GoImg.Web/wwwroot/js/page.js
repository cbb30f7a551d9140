// Tells the other modules that a page is there: after the first load, and after each enhanced navigation, which swaps the page in place.
const announce = () => document.dispatchEvent(new CustomEvent("goimg:page"));

document.addEventListener("DOMContentLoaded", announce);
window.Blazor?.addEventListener("enhancedload", announce);

// Enhanced navigation keeps the old focus, which may be on something that is gone. A new address starts at its content.
let path = location.pathname;
window.Blazor?.addEventListener("enhancedload", () => {
  if (location.pathname === path) return;
  path = location.pathname;
  document.querySelectorAll(":popover-open").forEach(open => open.hidePopover());
  if (!document.querySelector("[data-autofocus]")) document.getElementById("main")?.focus({ preventScroll: true });
});
