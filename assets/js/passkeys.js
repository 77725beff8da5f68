// Passkeys: when such a form is sent, ask the browser for one first and send its answer along.
const bytes = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));

const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "");

const credentials = (list) => (list ?? []).map((one) => ({ ...one, id: bytes(one.id) }));

async function options(form) {
  const reply = await fetch(form.dataset.passkeyOptions, {
    method: "POST",
    headers: { "x-csrf": form.elements._csrf.value },
  });
  if (!reply.ok) throw new Error("no options");
  const asked = await reply.json();
  asked.challenge = bytes(asked.challenge);
  asked.excludeCredentials = credentials(asked.excludeCredentials);
  asked.allowCredentials = credentials(asked.allowCredentials);
  if (asked.user) asked.user.id = bytes(asked.user.id);
  return asked;
}

function answer(made) {
  const response = { clientDataJSON: text(made.response.clientDataJSON) };
  for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (made.response[part]) response[part] = text(made.response[part]);
  }
  return JSON.stringify({
    id: made.id,
    rawId: text(made.rawId),
    type: made.type,
    clientExtensionResults: {},
    response,
  });
}

// Without an answer the form goes all the same, and the page that comes back says what to do.
async function send(form) {
  try {
    const publicKey = await options(form);
    const made = await navigator.credentials[form.dataset.passkey]({ publicKey });
    form.elements.answer.value = answer(made);
  } catch {
    form.elements.answer.value = "";
  }
  form.submit();
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(form);
  });
}
