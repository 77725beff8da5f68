// During a flood the browser works a little before a concern is sent, so that machines must too.
// Whoever cannot run this sends the same form: it is kept, and looked over by a person first.
const LONGEST_MS = 45_000;
const AT_ONCE = 4;

const bytes = (hex) => Uint8Array.from(hex.match(/../g), (pair) => Number.parseInt(pair, 16));
const hex = (found) => Array.from(found, (one) => one.toString(16).padStart(2, "0")).join("");

async function derived(asked, counter) {
  const password = new Uint8Array([...bytes(asked.nonce), 0, 0, 0, 0]);
  new DataView(password.buffer).setUint32(password.length - 4, counter);
  const key = await crypto.subtle.importKey("raw", password, "PBKDF2", false, ["deriveBits"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt: bytes(asked.salt), iterations: asked.cost };
  return hex(new Uint8Array(await crypto.subtle.deriveBits(how, key, 8 * asked.keyLength)));
}

async function solved(challenge) {
  const ends = Date.now() + LONGEST_MS;
  for (let first = 0; Date.now() < ends; first += AT_ONCE) {
    const tries = Array.from({ length: AT_ONCE }, (_, at) => derived(challenge.parameters, first + at));
    const keys = await Promise.all(tries);
    const at = keys.findIndex((key) => key.startsWith(challenge.parameters.keyPrefix));
    if (at >= 0) {
      return btoa(JSON.stringify({ challenge, solution: { counter: first + at, derivedKey: keys[at] } }));
    }
  }
  return "";
}

for (const note of document.querySelectorAll("[data-proof]")) {
  const form = note.closest("form");
  let working = true;
  let waiting = null; // the button that was pressed meanwhile
  form.addEventListener("submit", (event) => {
    if (!working || event.submitter?.value) return; // to change an answer nothing is worked out
    event.preventDefault();
    waiting = event.submitter ?? form.querySelector("[type=submit]");
  });
  note.textContent = note.dataset.checking;
  solved(JSON.parse(note.dataset.proof)).catch(() => "").then((proof) => {
    form.elements.worked.value = proof;
    working = false;
    note.textContent = waiting ? note.dataset.checking : note.dataset.done;
    if (waiting) form.requestSubmit(waiting);
  });
}
