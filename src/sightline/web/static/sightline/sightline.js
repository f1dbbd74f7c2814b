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

// Five minutes before the idle limit somebody is asked; typing and reading on count as being there.
const timeOut = document.getElementById("time-out");
if (timeOut) {
  const idle = Number(timeOut.dataset.idleSeconds) * 1000;
  const warned = 5 * 60 * 1000;
  let seen = Date.now();
  let typed = false;
  const clock = (at) => {
    const hour = at.getHours();
    return `${hour % 12 || 12}:${String(at.getMinutes()).padStart(2, "0")}${hour < 12 ? "am" : "pm"}`;
  };
  const stay = async () => {
    typed = false;
    const answer = await fetch(timeOut.dataset.stillHere, { cache: "no-store" }).catch(() => null);
    if (answer && answer.status === 204) seen = Date.now();
  };
  const look = () => {
    const gone = Date.now() - seen;
    if (typed && gone > 60000) stay();
    else if (gone >= idle - warned && !timeOut.open) {
      timeOut.querySelector("[data-time-out-at]").textContent = clock(new Date(seen + idle));
      timeOut.showModal();
    }
  };
  document.addEventListener("input", () => (typed = true));
  timeOut.querySelector("[data-stay]").addEventListener("click", () => timeOut.close());
  timeOut.addEventListener("close", stay);
  setInterval(look, 5000);
}
