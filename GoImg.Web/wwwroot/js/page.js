// Tells the other modules that a page is there: after the first load, and after each enhanced navigation, which swaps the page in place.
const announce = () => document.dispatchEvent(new CustomEvent("goimg:page"));

document.addEventListener("DOMContentLoaded", announce);
window.Blazor?.addEventListener("enhancedload", announce);

// Enhanced navigation keeps the old focus, which may be on something that is gone. A new address starts at its content.
let path = location.pathname;
let goingBack = false;
addEventListener("popstate", () => { goingBack = true; });
window.Blazor?.addEventListener("enhancedload", () => {
  const back = goingBack;
  goingBack = false;
  if (location.pathname === path) return;
  path = location.pathname;
  if (!back && !location.hash) scrollTo(0, 0);
  document.querySelectorAll(":popover-open").forEach(open => open.hidePopover());
  if (!document.querySelector("[data-autofocus]")) document.getElementById("main")?.focus({ preventScroll: true });
});
