// Says beside its button that a passkey was not used, whatever the reason: browsers tell pages little, on purpose.
const button = document.querySelector("[data-passkey]");
const said = document.createElement("p");
said.className = "govuk-error-message";
said.setAttribute("role", "alert");
button?.after(said);
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  said.textContent = "The passkey was not used. Try again, or go another way.";
});
button?.addEventListener("click", () => (said.textContent = ""));
