// Enhancements only: every page does its work without this file.
import { initAll } from "../govuk/govuk-frontend.min.js";
import "./autosave.js";
import "./time_out.js";

initAll();

// A radio button may not carry aria-expanded; what it reveals comes next in reading order anyway.
const plainRadios = () =>
  document.querySelectorAll('input[type="radio"][aria-expanded]').forEach((radio) => radio.removeAttribute("aria-expanded"));
plainRadios();
document.addEventListener("click", plainRadios);
addEventListener("pageshow", plainRadios);

// What several answers ask for stands once after the question, and shows for any of them.
document.querySelectorAll("[data-shown-by]").forEach((block) => {
  const answers = block.dataset.answers.split(" ");
  const question = [...document.getElementsByName(block.dataset.shownBy)];
  const show = () => (block.hidden = !question.some((one) => one.checked && answers.includes(one.value)));
  question.forEach((one) => one.addEventListener("change", show));
  addEventListener("pageshow", show);
  show();
});

// Leaving with something typed and neither sent nor saved: the browser asks first.
document.querySelectorAll("form[data-sightline-form]").forEach((form) => {
  form.addEventListener("input", () => (form.dataset.unsaved = "true"));
  form.addEventListener("submit", () => delete form.dataset.unsaved);
  addEventListener("beforeunload", (event) => {
    if (form.dataset.unsaved) event.preventDefault();
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
