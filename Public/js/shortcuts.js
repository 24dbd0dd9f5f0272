/*
  Single keys for agents: j k rows, r reply, n note, / search, ? help. They can be switched off in the help dialog and never fire
  while somebody types (WCAG 2.1.4). Every one of them only does what a visible link or field does.

  <li><a data-row …>                              rows for j and k; Enter follows the focused link by itself
  <input id="compose-reply" …> <input id="compose-note" …>   the composer's two tabs
  <button data-shortcuts-help hidden>             opens <dialog id="shortcuts"> with <input type="checkbox" data-shortcuts-on>
*/
const setting = "shortcuts";
const dialog = document.getElementById("shortcuts");
const toggle = dialog?.querySelector("[data-shortcuts-on]");

function isOn() {
    try {
        return localStorage.getItem(setting) !== "off";
    } catch {
        return true;
    }
}

function move(step) {
    const rows = [...document.querySelectorAll("[data-row]")];
    const at = rows.indexOf(document.activeElement);
    const next = at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + step));
    rows[next]?.focus();
}

function write(kind) {
    const tab = document.getElementById(`compose-${kind}`);
    if (!tab) return;
    tab.click();
    document.querySelector(`.${kind}-form textarea`)?.focus();
}

function showHelp() {
    if (!dialog) return;
    if (toggle) toggle.checked = isOn();
    dialog.showModal();
}

function search() {
    const field = document.querySelector(".lookup input");
    field?.focus();
    field?.select();
}

const actions = {
    j: () => move(1),
    k: () => move(-1),
    r: () => write("reply"),
    n: () => write("note"),
    "/": search,
    "?": showHelp,
};

document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable], dialog");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
    const action = Object.hasOwn(actions, event.key) ? actions[event.key] : null;
    if (!action || !isOn()) return;
    event.preventDefault();
    action();
});

toggle?.addEventListener("change", () => {
    try {
        localStorage.setItem(setting, toggle.checked ? "on" : "off");
    } catch {
        toggle.checked = true;
    }
});

for (const button of document.querySelectorAll("[data-shortcuts-help]")) {
    button.hidden = false;
    button.addEventListener("click", showHelp);
}
