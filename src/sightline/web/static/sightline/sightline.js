// Enhancements only: every page does its work without this file.
import { initAll } from "../govuk/govuk-frontend.min.js";

initAll();

// A radio button may not carry aria-expanded; what it reveals comes next in reading order anyway.
const plainRadios = () =>
  document.querySelectorAll('input[type="radio"][aria-expanded]').forEach((radio) => radio.removeAttribute("aria-expanded"));
plainRadios();
document.addEventListener("click", plainRadios);
addEventListener("pageshow", plainRadios);

// Leaving with something typed and not sent: the browser asks first.
document.querySelectorAll("form[data-sightline-form]").forEach((form) => {
  let typed = false;
  form.addEventListener("input", () => (typed = true));
  form.addEventListener("submit", () => (typed = false));
  addEventListener("beforeunload", (event) => {
    if (typed) event.preventDefault();
  });
});

// Printing shows what "Why?" hides, and puts it back afterwards.
let opened = [];
addEventListener("beforeprint", () => {
  opened = [...document.querySelectorAll("details:not([open])")];
  opened.forEach((details) => (details.open = true));
});
addEventListener("afterprint", () => opened.forEach((details) => (details.open = false)));

document.querySelectorAll("[data-sightline-print]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => print());
});
