// Words with marks: buttons that put the marks in, a look at how they will read, and saving a little
// after typing stops. The boxes and both buttons below them work without any of this.
const KEEP_MS = 4000;
const LOOK_MS = 500;
const STEPS = { ArrowRight: 1, ArrowLeft: -1 };

function put(box, text, from, to) {
  box.focus();
  box.setSelectionRange(from, to);
  // This way the browser can undo it; where it cannot, the words go in all the same.
  if (!document.execCommand("insertText", false, text)) {
    box.setRangeText(text, from, to, "end");
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function around(box, before, after, words) {
  const [from, to] = [box.selectionStart, box.selectionEnd];
  const inside = box.value.slice(from, to) || words;
  put(box, before + inside + after, from, to);
  box.setSelectionRange(from + before.length, from + before.length + inside.length);
}

function lines(box, mark) {
  const from = box.value.lastIndexOf("\n", box.selectionStart - 1) + 1;
  const end = box.value.indexOf("\n", box.selectionEnd);
  const to = end < 0 ? box.value.length : end;
  const made = box.value.slice(from, to).split("\n").map((line, at) => mark(at) + line);
  put(box, made.join("\n"), from, to);
}

function table(box, words, head) {
  const row = (text) => `| ${text} | ${text} |`;
  const made = [row(head), row("---"), row(words)].join("\n");
  const apart = box.value.slice(0, box.selectionStart).trim() ? "\n\n" : "";
  put(box, `${apart}${made}\n\n`, box.selectionStart, box.selectionStart);
}

const MARKS = {
  bold: (box, { words }) => around(box, "**", "**", words),
  italic: (box, { words }) => around(box, "*", "*", words),
  list: (box) => lines(box, () => "- "),
  numbers: (box) => lines(box, (at) => `${at + 1}. `),
  heading: (box) => lines(box, () => "## "),
  link: (box, { words }) => around(box, "[", "](https://)", words),
  table: (box, { words, head }) => table(box, words, head),
};

// One stop for Tab; from there the arrows go from button to button.
function toolbar(box, template) {
  const bar = template.content.querySelector("[role=toolbar]").cloneNode(true);
  const buttons = [...bar.querySelectorAll("button")];
  const said = document.querySelector(`label[for="${box.id}"]`).textContent.trim();
  bar.setAttribute("aria-label", `${template.dataset.label} ${said}`);
  bar.setAttribute("aria-controls", box.id);
  const rest = (here) => buttons.forEach((one) => (one.tabIndex = one === here ? 0 : -1));
  rest(buttons[0]);
  bar.addEventListener("click", (event) => {
    const pressed = event.target.closest("button");
    if (pressed) MARKS[pressed.dataset.mark](box, template.dataset);
  });
  bar.addEventListener("focusin", (event) => rest(event.target));
  bar.addEventListener("keydown", (event) => {
    const ends = { Home: 0, End: buttons.length - 1 };
    const next = buttons.indexOf(event.target) + (STEPS[event.key] ?? 0);
    if (!(event.key in STEPS) && !(event.key in ends)) return;
    event.preventDefault();
    buttons[ends[event.key] ?? (next + buttons.length) % buttons.length].focus();
  });
  box.before(bar);
}

function send(form, address, values) {
  const token = form.elements._csrf.value;
  return fetch(address, { method: "POST", body: new URLSearchParams({ _csrf: token, ...values }) });
}

async function look(form, home, box, shown) {
  const text = box.value;
  const reply = await send(form, `${home}/preview`, { text });
  if (!reply.ok || box.value !== text) return;
  const page = new DOMParser().parseFromString(await reply.text(), "text/html");
  shown.replaceChildren(...page.body.childNodes);
}

async function keep(form, home, box, began, item) {
  const sent = box.value;
  const reply = await send(form, `${home}/${item}`, { text: sent, version: began.value });
  if (reply.status === 409) return false;
  if (!reply.ok) throw new Error(reply.status);
  const { text, version, mine } = await reply.json();
  if (box.value === sent) {
    const at = box.selectionStart;
    if (text.trim() !== sent.trim()) {
      box.value = text;
      box.setSelectionRange(at, at);
    }
    began.value = version;
  } else {
    // Somebody who went on typing goes on from their own words, not from what was made of them.
    began.value = mine;
  }
  return true;
}

function write(room, part, template, waits) {
  const [form, home] = [room.querySelector("form"), room.dataset.writing];
  const item = part.dataset.writingItem;
  const [box, began] = [part.querySelector("textarea"), form.elements[`version-${item}`]];
  const [note, shown] = [part.querySelector("[data-writing-note]"), part.querySelector("[data-writing-shown]")];
  const words = template.dataset;
  let looking, keeping;
  let clashed = false; // that is put together by the person, with the button
  toolbar(box, template);
  part.querySelector("[data-writing-preview]").hidden = false;
  const save = async () => {
    note.textContent = words.saving;
    clashed = !(await keep(form, home, box, began, item));
    note.textContent = clashed ? words.clash : words.saved;
  };
  box.addEventListener("input", () => {
    clearTimeout(looking);
    looking = setTimeout(() => look(form, home, box, shown).catch(() => {}), LOOK_MS);
    clearTimeout(keeping);
    if (clashed || !("keeps" in room.dataset)) return;
    keeping = setTimeout(() => waits(save).catch(() => (note.textContent = words.failed)), KEEP_MS);
  });
  form.addEventListener("submit", () => clearTimeout(keeping));
}

for (const room of document.querySelectorAll("[data-writing]")) {
  const template = document.querySelector("[data-writing-tools]");
  let busy = null; // what is being saved, one after the other
  const waits = (save) => {
    const next = (busy ?? Promise.resolve()).catch(() => {}).then(save);
    const done = next.catch(() => {}).finally(() => (busy = busy === done ? null : busy));
    busy = done;
    return next;
  };
  for (const part of room.querySelectorAll("[data-writing-item]")) write(room, part, template, waits);
  const form = room.querySelector("form");
  form.addEventListener("submit", (event) => {
    if (!busy) return;
    event.preventDefault();
    busy.then(() => form.requestSubmit(event.submitter));
  });
}
