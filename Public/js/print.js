/*
  Shows a button that prints the page; without this script the browser's own menu does.

  <button type="button" hidden data-print>
*/
for (const button of document.querySelectorAll("button[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => print());
}
