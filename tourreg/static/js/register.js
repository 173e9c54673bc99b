// The registration form without leaving the page: the bill follows, participants come and go, the payer's fields show
// when they are needed. The server does every sum and draws every field; where it does not answer, the buttons still work.
const form = document.getElementById("registration");
let underWay;

async function ask(what) {
  underWay?.abort();
  underWay = new AbortController();
  const filled = new FormData(form);
  filled.delete("order");  // a file goes with the form as a whole only
  const typed = new URLSearchParams(filled);
  typed.set("do", what);
  const answer = await fetch(form.getAttribute("action"), { method: "POST", body: typed, signal: underWay.signal });
  if (!answer.ok) throw new Error(`answered ${answer.status}`);
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

function show(page, ...ids) {
  for (const id of ids) document.getElementById(id)?.replaceWith(page.getElementById(id) ?? "");
  tidy();
}

function tidy() {
  document.getElementById("update").hidden = true;
  const payer = document.getElementById("bill-to");
  const chosen = form.elements.pays_by?.value;
  if (payer) payer.hidden = chosen !== "invoice";
}

async function updateBill() {
  try {
    const page = await ask("total");
    document.querySelector("#bill .sum").innerHTML = page.querySelector("#bill .sum").innerHTML;
  } catch (fault) {
    if (fault.name !== "AbortError") document.getElementById("update").hidden = false;
  }
}

async function applyCode() {
  try {
    show(await ask("code"), "code-box", "bill");
    form.elements.code.focus();
  } catch (fault) {
    if (fault.name !== "AbortError") document.getElementById("update").hidden = false;
  }
}

async function showPrices() {
  try {
    show(await ask("currency"), "people", "code-box", "plans", "bill");
  } catch (fault) {
    if (fault.name !== "AbortError") document.getElementById("update").hidden = false;
  }
}

async function changePeople(button) {
  form.inert = true;
  try {
    show(await ask(button.value), "people", "code-box", "bill");
    form.inert = false;
    const surnames = form.querySelectorAll("[name$='-surname']");
    const next = button.value === "add" ? surnames[surnames.length - 1] : form.querySelector("[value='add']");
    next?.focus();
  } catch {
    form.inert = false;
    button.dataset.plain = "yes";
    form.requestSubmit(button);
  }
}

form.addEventListener("change", (event) => {
  tidy();
  if (event.target.matches("[name$='-fee'], [name$='-add_ons']")) updateBill();
  if (event.target.name === "code") applyCode();
  if (event.target.name === "currency") showPrices();
});

form.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (!button || button.dataset.plain || button.value === "register") return;
  event.preventDefault();
  if (button.value === "total") updateBill();
  else if (button.value === "code") applyCode();
  else if (button.value === "currency") showPrices();
  else changePeople(button);
});

tidy();
