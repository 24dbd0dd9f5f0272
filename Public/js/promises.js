/*
  While somebody writes an answer, asks what it promises, and shows that beside the text before it is sent.
  What was decided or changed already is sent along and comes back as it was. Without this script the same happens when the answer is sent.

  <form id="reply-form"><textarea name="text">…</textarea>
    <div data-promises="/desk/tickets/100014/promises/find" aria-live="polite">rows</div></form>
*/
const pauseMilliseconds = 600;
/** The fields that may promise something, and the one that says which of them is sent. */
const words = ["text", "action", "compose"];

for (const place of document.querySelectorAll("[data-promises]")) {
    const form = place.closest("form");
    let timer;
    let asked = 0;

    async function look() {
        const fields = new URLSearchParams();
        for (const [name, value] of new FormData(form)) {
            if (typeof value === "string" && (words.includes(name) || name.startsWith("promise"))) fields.append(name, value);
        }
        const turn = ++asked;
        try {
            const answer = await fetch(place.dataset.promises, { method: "POST", body: fields });
            // Somebody who is choosing a time is not interrupted, and an older answer never replaces a newer one.
            if (!answer.ok || turn !== asked || place.contains(document.activeElement)) return;
            const rows = await answer.text();
            if (rows.trim() !== place.innerHTML.trim()) place.innerHTML = rows;
        } catch {
            // Offline: the server asks when the answer is sent.
        }
    }

    form.addEventListener("input", (event) => {
        if (!words.includes(event.target.name)) return;
        clearTimeout(timer);
        timer = setTimeout(look, pauseMilliseconds);
    });
    // what kind of answer it is stands outside of the form, and decides which words count
    for (const kind of document.querySelectorAll(`input[name=compose][form=${form.id}]`)) kind.addEventListener("change", look);
}
