// Five minutes before the idle limit somebody is asked whether they are there. Typing counts as being there, and so
// does a page opened in another tab.
const dialog = document.getElementById("time-out");
const MINUTE = 60 * 1000;
const NOTICE = 5 * MINUTE;

const part = (name) => dialog.querySelector(`[data-${name}]`);
const forms = () => [...document.querySelectorAll("form[data-sightline-form]")];
const unsaved = () => forms().find((form) => form.dataset.unsaved);
const clock = (at) => {
  const hour = at.getHours();
  return `${hour % 12 || 12}:${String(at.getMinutes()).padStart(2, "0")}${hour < 12 ? "am" : "pm"}`;
};
const workWords = () => {
  if (unsaved()) return "What you have typed on this page is not saved.";
  return forms().some((form) => form.dataset.saved) ? "Your work is saved." : "";
};

const watch = () => {
  const idle = Number(dialog.dataset.idleSeconds) * 1000;
  const tabs = new BroadcastChannel("sightline-time-out");
  let ends = Date.now() + Number(dialog.dataset.idleLeft) * 1000;
  let typed = false;
  let over = false;

  const here = (until) => {
    ends = Math.max(ends, until);
    if (dialog.open && !over && ends - Date.now() > NOTICE) dialog.close();
  };
  tabs.addEventListener("message", (message) => here(message.data));
  tabs.postMessage(ends);

  const stay = async () => {
    typed = false;
    const asked = Date.now(); // a late answer, or a lid closed while it was on its way, buys no time
    const answer = await fetch(dialog.dataset.stillHere, { cache: "no-store" }).catch(() => null);
    if (!answer || answer.status !== 204) return;
    here(asked + idle);
    tabs.postMessage(ends);
  };
  const ask = () => {
    part("time-out-at").textContent = clock(new Date(ends));
    part("time-out-work").textContent = workWords();
    if (!dialog.open) dialog.showModal();
  };
  // Said by the minute, so that whoever listens to the page is not talked over.
  const count = () => {
    const minutes = Math.ceil((ends - Date.now()) / MINUTE);
    const words = `${minutes} ${minutes === 1 ? "minute" : "minutes"} left`;
    if (part("time-out-left").textContent !== words) part("time-out-left").textContent = words;
  };
  const end = () => {
    over = true;
    dialog.querySelector("h2").textContent = "You were signed out";
    part("time-out-asked").hidden = true;
    part("time-out-left").textContent = "";
    part("time-out-over").hidden = false;
    part("time-out-over-work").textContent = workWords();
    if (!dialog.open) dialog.showModal();
    part("sign-in").focus();
  };
  const look = () => {
    if (over) return;
    if (Date.now() >= ends) end();
    else if (typed && ends - Date.now() < idle - MINUTE) stay();
    else if (ends - Date.now() <= NOTICE) {
      ask();
      count();
    }
  };

  document.addEventListener("input", () => (typed = true));
  part("stay").addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => over || ends - Date.now() > NOTICE || stay());
  dialog.addEventListener("cancel", (event) => over && event.preventDefault());
  // What is sent now waits on the server and comes back after signing in. Were somebody signed in after all, a form that
  // keeps no drafts would be done without having been asked for: it is marked.
  part("sign-in").addEventListener("click", (event) => {
    const form = unsaved();
    const draft = form?.querySelector('button[name="draft"]');
    if (!form || (!draft && form.enctype === "multipart/form-data")) return;
    event.preventDefault();
    if (!draft) form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "held_only" }));
    form.requestSubmit(draft);
  });
  setInterval(look, 5000);
};

if (dialog) watch();
