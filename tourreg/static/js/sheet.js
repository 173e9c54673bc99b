// A sheet of fields behaves like one: Enter goes to the cell below, and keys press the buttons of a row.
"use strict";

(function () {
  const table = document.querySelector("table.sheet");
  if (!table) return;

  table.addEventListener("keydown", function (event) {
    const field = event.target;
    if (event.isComposing) return;
    const step = stepOf(event);
    if (step && /^d\d+r\d+-/.test(field.name || "")) {
      event.preventDefault();
      press(field, step);
    } else if (field.matches("input:not([type=checkbox], [type=hidden]), select, textarea")) {
      if (event.key === "Enter" && !event.shiftKey && !command(event)) {
        event.preventDefault();
        go(field, 1);
      } else if (event.key.toLowerCase() === "d" && command(event) && !event.altKey) {
        event.preventDefault();
        repeat(field);
      }
    }
  });

  document.addEventListener("keydown", function (event) {
    if (event.key.toLowerCase() !== "s" || !command(event) || event.altKey || event.shiftKey) return;
    event.preventDefault();
    table.closest("form").requestSubmit();
  });

  function command(event) {
    return event.ctrlKey || event.metaKey;
  }

  // Which step of one row the keys stand for.
  function stepOf(event) {
    if (event.key === "Enter" && command(event)) return event.shiftKey ? "double" : "below";
    if (event.altKey && event.key === "PageDown") return "later";
    if (event.altKey && event.key === "PageUp") return "earlier";
    return "";
  }

  function press(field, step) {
    const row = field.name.match(/^(d\d+)r\d+/);
    const button = document.createElement("button");
    button.name = "do";
    button.value = `${step}-${row[0]}`;
    // A page that was sent to one of its parts does not look for the field that is to have the focus.
    button.formAction = step === "below" ? location.pathname : `#${row[1]}`;
    button.hidden = true;
    field.form.append(button);
    field.form.requestSubmit(button);
  }

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
