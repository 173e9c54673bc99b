// Buttons that copy a reference or an account number; without this script the text is there to be marked by hand.
for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const text = document.getElementById(button.dataset.copy);
    try {
      await navigator.clipboard.writeText(text.textContent.trim());
      button.dataset.done = "yes";
    } catch {
      getSelection().selectAllChildren(text);
    }
  });
}
