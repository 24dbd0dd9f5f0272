/*
  Copies the private link or the number. The button appears only where copying works; the text beside it can always be selected.

  <button type="button" hidden data-copy="private-link" data-copied="Kopiert">   data-copy names the element holding the text
  <button … data-copy-text="DE89370400440532013000">                             what is copied, where it is written differently there
*/
for (const button of document.querySelectorAll("button[data-copy]")) {
    const source = document.getElementById(button.dataset.copy);
    if (!source || !navigator.clipboard) continue;
    const said = document.createElement("span");
    said.className = "hint";
    said.setAttribute("role", "status");
    button.after(said);
    button.hidden = false;
    button.addEventListener("click", async () => {
        try {
            await navigator.clipboard.writeText(button.dataset.copyText ?? source.textContent.trim());
            said.textContent = button.dataset.copied;
        } catch {
            getSelection().selectAllChildren(source);
        }
    });
}
