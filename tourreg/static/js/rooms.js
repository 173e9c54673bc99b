// People are dragged from room to room; what that writes are the same fields that are typed into.
"use strict";

(function () {
  const table = document.querySelector("table.rooms");
  if (!table || table.closest("fieldset").disabled) return;

  const unsaved = document.getElementById("unsaved");
  let dragged = null;

  for (const part of document.querySelectorAll(".by-hand")) part.hidden = false;
  for (const row of table.querySelectorAll("tr[data-who]")) {
    const grip = row.querySelector(".grip");
    grip.addEventListener("pointerdown", () => (row.draggable = true));
    row.addEventListener("dragstart", (event) => take(event, row));
    row.addEventListener("dragend", letGo);
  }
  for (const room of table.querySelectorAll("tbody[data-room]")) {
    room.addEventListener("dragover", (event) => mayLand(event, room));
    room.addEventListener("dragleave", () => room.classList.remove("over"));
    room.addEventListener("drop", (event) => land(event, room));
  }
  table.addEventListener("input", (event) => event.target.closest("td").classList.add("changed"));

  function take(event, row) {
    dragged = row;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", row.dataset.who);
  }

  function letGo() {
    if (dragged) dragged.draggable = false;
    dragged = null;
    for (const room of table.querySelectorAll(".over")) room.classList.remove("over");
  }

  function mayLand(event, room) {
    if (!dragged) return;
    event.preventDefault();
    room.classList.add("over");
  }

  function land(event, room) {
    event.preventDefault();
    if (!dragged || dragged.parentElement === room) return;
    const field = dragged.querySelector("input[name$='-room']");
    field.value = room.dataset.room;
    field.closest("td").classList.add("changed");
    room.append(dragged);
    room.classList.remove("vacant");
    const words = room.dataset.room ? table.dataset.said : table.dataset.out;
    unsaved.textContent = words.replace("{who}", dragged.dataset.who).replace("{room}", room.dataset.room);
  }
})();
