// The room's page as it is now: fetched again every few seconds, unless somebody is in the middle
// of pressing or choosing something. Without this it is as it was when it was opened.
const EVERY_MS = 15_000;

async function look(room) {
  if (document.hidden || room.contains(document.activeElement)) return;
  const reply = await fetch(location.href, { headers: { accept: "text/html" } });
  if (!reply.ok || reply.redirected) return;
  const page = new DOMParser().parseFromString(await reply.text(), "text/html");
  const now = page.querySelector(".room");
  if (now && !room.contains(document.activeElement) && now.innerHTML !== room.innerHTML) {
    room.innerHTML = now.innerHTML;
  }
}

for (const room of document.querySelectorAll("[data-room]")) {
  setInterval(() => look(room).catch(() => {}), EVERY_MS);
}
