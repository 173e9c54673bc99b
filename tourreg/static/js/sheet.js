// A sheet of fields behaves like one: Enter goes to the cell below, Ctrl+D repeats the cell above.
"use strict";

(function () {
  const table = document.querySelector("table.sheet");
  if (!table) return;

  table.addEventListener("keydown", function (event) {
    const field = event.target;
    if (!field.matches("input:not([type=checkbox], [type=hidden]), select, textarea")) return;
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      go(field, 1);
    } else if (event.key.toLowerCase() === "d" && (event.ctrlKey || event.metaKey) && !event.altKey) {
      event.preventDefault();
      repeat(field);
    }
  });

  function go(field, step) {
    const next = neighbour(field, step);
    if (!next) return;
    next.focus();
    if (next.select) next.select();
  }

  function repeat(field) {
    const above = neighbour(field, -1);
    if (!above || !above.value || above.tagName !== field.tagName) return;
    field.value = above.value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  // The field of the same column in the row above or below: names end alike.
  function neighbour(field, step) {
    const column = field.name.replace(/^d\d+(r\d+)?/, "");
    const inRow = /r\d+-/.test(field.name);
    const fields = [...table.querySelectorAll(`[name$="${column}"]`)].filter(
      (other) => /r\d+-/.test(other.name) === inRow && other.name.replace(/^d\d+(r\d+)?/, "") === column,
    );
    return fields[fields.indexOf(field) + step];
  }
})();
