// The order of an agenda by dragging. The buttons do the same for who has no mouse, and without this.
const list = document.querySelector("[data-order]");
const form = document.querySelector("[data-whole-order]");

const rows = () => [...list.querySelectorAll("[data-item]")];
const above = (row) => row.dataset.number.split(".").slice(0, -1).join(".");
const isBelow = (row, other) => row.dataset.number.startsWith(`${other.dataset.number}.`);
const isBeside = (row, other) => above(row) === above(other) && row.dataset.part === other.dataset.part;
const withAllBelow = (row) => rows().filter((one) => one === row || isBelow(one, row));

let dragged = null;

function begin(event) {
  dragged = event.target.closest("[data-item]");
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", "");
  for (const row of withAllBelow(dragged)) row.classList.add("is-dragged");
}

// An item changes places only with those that stand under the same, in the same part.
function over(event) {
  const row = event.target.closest("[data-item]");
  if (!dragged || !row) return;
  const beside = rows().find((one) => isBeside(one, dragged) && (one === row || isBelow(row, one)));
  if (!beside) return;
  event.preventDefault();
  if (beside === dragged) return;
  const moving = withAllBelow(dragged);
  const order = rows();
  if (order.indexOf(beside) < order.indexOf(dragged)) beside.before(...moving);
  else withAllBelow(beside).at(-1).after(...moving);
}

function end() {
  for (const row of rows()) row.classList.remove("is-dragged");
  const order = rows().map((row) => row.dataset.item).join(",");
  const moved = dragged && order !== before;
  dragged = null;
  if (!moved) return;
  form.elements.order.value = order;
  form.requestSubmit();
}

const before = list ? rows().map((row) => row.dataset.item).join(",") : "";

if (list && form) {
  for (const row of rows()) row.draggable = true;
  list.addEventListener("dragstart", begin);
  list.addEventListener("dragover", over);
  list.addEventListener("drop", (event) => event.preventDefault());
  list.addEventListener("dragend", end);
  const mouse = globalThis.matchMedia("(hover: hover) and (pointer: fine)").matches;
  document.querySelector("[data-may-drag]").hidden = !mouse;
}
