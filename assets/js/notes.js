// Notes save themselves a little after typing stops, by sending the same form as the button does.
// What others typed meanwhile comes back with the answer; the button works without any of this.
const PAUSE_MS = 4000;

async function save(form, box, note, words) {
  const sent = box.value;
  const body = new FormData(form);
  body.set("stay", "yes");
  note.textContent = words.saving;
  const reply = await fetch(form.action, { method: "POST", body: new URLSearchParams(body) });
  if (reply.status === 409) {
    note.textContent = words.clash;
    return false;
  }
  if (!reply.ok) throw new Error(reply.status);
  const page = new DOMParser().parseFromString(await reply.text(), "text/html");
  const version = Number(page.querySelector("[name=version]").value);
  const text = page.querySelector("[name=notes]").value;
  if (box.value === sent) {
    const at = box.selectionStart;
    if (text.trim() !== sent.trim()) box.value = text;
    box.setSelectionRange(at, at);
    form.elements.version.value = version;
  } else {
    // Somebody who went on typing began with their own words: one version before the newest, where
    // those of others were put together with them.
    form.elements.version.value = text.trim() === sent.trim() ? version : version - 1;
  }
  note.textContent = words.saved;
  return true;
}

for (const room of document.querySelectorAll("[data-notes]")) {
  const form = room.querySelector("form");
  const box = form.elements.notes;
  const note = room.querySelector("[data-notes-note]");
  let timer;
  let asking = false; // a clash is put together by the person, with the button
  let busy = Promise.resolve();
  box.addEventListener("input", () => {
    clearTimeout(timer);
    if (asking) return;
    timer = setTimeout(() => {
      busy = busy
        .then(() => save(form, box, note, room.dataset))
        .then((saved) => (asking = !saved))
        .catch(() => (note.textContent = room.dataset.failed));
    }, PAUSE_MS);
  });
  form.addEventListener("submit", () => clearTimeout(timer));
}
