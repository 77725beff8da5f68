// A box drawn on a page fills in its four sides. They can be typed as well, and without this must be.
const place = document.querySelector("[data-boxes]");
const picture = place.querySelector("img");
const side = (name) => document.getElementById(name);
const drawn = document.createElement("div");
drawn.className = "redact__box";
drawn.hidden = true;
place.append(drawn);
let start = null;

function at(event) {
  const frame = picture.getBoundingClientRect();
  const part = (value, whole) => Math.min(100, Math.max(0, (100 * value) / whole));
  return { x: part(event.clientX - frame.left, frame.width), y: part(event.clientY - frame.top, frame.height) };
}

function show(box) {
  drawn.hidden = !(box.width && box.height);
  Object.assign(drawn.style, { left: `${box.x}%`, top: `${box.y}%`, width: `${box.width}%`, height: `${box.height}%` });
}

function between(one, other) {
  const x = Math.min(one.x, other.x);
  const y = Math.min(one.y, other.y);
  return { x, y, width: Math.abs(one.x - other.x), height: Math.abs(one.y - other.y) };
}

place.addEventListener("pointerdown", (event) => {
  event.preventDefault();
  start = at(event);
  place.setPointerCapture(event.pointerId);
});

place.addEventListener("pointermove", (event) => {
  if (start) show(between(start, at(event)));
});

place.addEventListener("pointerup", (event) => {
  if (!start) return;
  const box = between(start, at(event));
  start = null;
  show(box);
  for (const [name, value] of Object.entries(box)) side(name).value = value.toFixed(1);
});

place.addEventListener("pointercancel", () => { start = null; });

for (const name of ["x", "y", "width", "height"]) {
  side(name).addEventListener("input", () => {
    show(Object.fromEntries(["x", "y", "width", "height"].map((one) => [one, Number(side(one).value) || 0])));
  });
}
