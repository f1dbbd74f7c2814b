// Saves what is typed three seconds after typing stops and on leaving a field, to the form's own address for drafts.
// Nothing is kept in the browser. "Save draft" does the same without this file.
document.querySelectorAll("form[data-autosave]").forEach((form) => {
  const line = form.querySelector(".app-save-line");
  let waiting, saving = Promise.resolve(), underWay = false, typed = 0;
  form.dataset.saved = line.dataset.saved ?? "";

  // The line speaks at the first save and when saving fails or works again, and is otherwise quiet.
  const say = (text, aloud) => {
    line.setAttribute("aria-live", aloud ? "polite" : "off");
    line.textContent = text;
  };
  const failed = (text) => say(text, true);
  const send = async () => {
    const aloud = !form.dataset.saved || !line.textContent.startsWith("Saved ");
    const sent = typed;
    underWay = true;
    try {
      // "manual": an answer that leads elsewhere leads to the sign-in page.
      const answer = await fetch(form.dataset.autosave, {
        method: "POST", body: new FormData(form), redirect: "manual", signal: AbortSignal.timeout(10000),
      });
      if (answer.type === "opaqueredirect")
        return failed("You were signed out. Keep this page open and press “Save draft”: you sign in, and what you wrote comes back.");
      if (!answer.ok) return failed("Not saved. Keep this page open; we will try again when you type.");
      form.dataset.saved = (await answer.json()).saved;
      if (typed === sent) delete form.dataset.unsaved;
      say(`Saved ${form.dataset.saved}`, aloud);
    } catch {
      const upTo = form.dataset.saved ? `Saved up to ${form.dataset.saved}` : "Nothing is saved yet";
      failed(`You are offline. ${upTo}. Keep this page open; we will save when you are back.`);
    } finally {
      underWay = false;
    }
  };
  const save = () => {
    clearTimeout(waiting);
    saving = saving.then(() => form.dataset.unsaved && send());
  };
  form.addEventListener("input", () => {
    form.dataset.unsaved = "true";
    typed += 1;
    clearTimeout(waiting);
    waiting = setTimeout(save, 3000);
  });
  // The form's own buttons send everything anyway; a save beside them could arrive after it and put less in its place.
  form.addEventListener("focusout", (event) => event.relatedTarget?.type === "submit" || save());
  form.addEventListener("submit", (event) => {
    clearTimeout(waiting);
    delete form.dataset.unsaved;
    if (!underWay) return;
    event.preventDefault();
    saving.then(() => form.requestSubmit(event.submitter));
  });
  addEventListener("online", save);
});
