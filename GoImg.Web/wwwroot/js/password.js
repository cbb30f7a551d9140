// A button under each password field that shows what was typed, for those who can't check it otherwise. Back to dots before it is sent,
// so that browsers keep it as a password and not as a word to suggest.
import { text } from "./texts.js";

const arm = input => {
  input.dataset.reveal = "";
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button-link small";
  const show = visible => {
    input.type = visible ? "text" : "password";
    button.textContent = visible ? text("HidePassword") : text("ShowPassword");
    button.setAttribute("aria-pressed", visible);
  };
  button.setAttribute("aria-controls", input.id);
  button.addEventListener("click", () => show(input.type === "password"));
  input.form?.addEventListener("submit", () => show(false));
  show(false);
  input.after(button);
};

document.addEventListener("goimg:page", () => document.querySelectorAll('input[type="password"]:not([data-reveal])').forEach(arm));
