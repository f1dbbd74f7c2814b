// Saves what is typed into a step three seconds after typing stops, and on leaving a field. "Save draft" does the same.
document.querySelectorAll("form[data-autosave]").forEach((form) => {
  const line = form.querySelector(".app-save-line");
  let waiting, saved = "", changed = false;

  const say = (text) => {
    // The line is a live region: it speaks at the first save and when saving fails, and is otherwise quiet.
    if (line) line.textContent = text;
  };
  const save = async () => {
    clearTimeout(waiting);
    if (!changed) return;
    changed = false;
    try {
      const answer = await fetch(form.dataset.autosave, { method: "POST", body: new FormData(form), redirect: "error" });
      if (!answer.ok) throw new Error(answer.statusText);
      saved = (await answer.json()).saved;
      say(`Saved ${saved}`);
    } catch {
      changed = true;
      say(saved ? `You are offline. Saved up to ${saved}. Keep this page open.` : "Not saved. Keep this page open.");
    }
  };
  form.addEventListener("input", () => {
    changed = true;
    clearTimeout(waiting);
    waiting = setTimeout(save, 3000);
  });
  form.addEventListener("focusout", save);
});
