// What Swagger UI leaves out, and draws again as it likes: a name for its list of servers, and a way for the keyboard into what scrolls.
function mend() {
  document.querySelectorAll("#servers:not([aria-label])").forEach(list => list.setAttribute("aria-label", "Server"));
  document.querySelectorAll(".swagger-ui pre.microlight:not([tabindex])").forEach(sample => { sample.tabIndex = 0; });
}

new MutationObserver(mend).observe(document.documentElement, { childList: true, subtree: true });
mend();
