import { initAll } from "./govuk-frontend.js";

initAll();

// Draft keeping: a form posts itself to its draft address a little after typing stops.
// Nothing is kept in the browser, because the device may be shared.
const PAUSE_MS = 900;

async function keep(form, note) {
  try {
    const reply = await fetch(form.dataset.draftUrl, { method: "POST", body: new FormData(form) });
    note.textContent = reply.ok ? note.dataset.saved : note.dataset.failed;
  } catch {
    note.textContent = note.dataset.failed;
  }
}

for (const form of document.querySelectorAll("form[data-draft-url]")) {
  const note = form.querySelector("[data-draft-note]");
  let timer;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => keep(form, note), PAUSE_MS);
  });
}
