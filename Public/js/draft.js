/*
  Keeps what somebody types until it has really arrived: a reload, a lost session or a failed connection costs no words.
  The draft stays in this tab (sessionStorage) and is forgotten when the server says so, not when "send" was pressed.

  <form data-draft="reply-100014">            its named text fields are kept
  <p data-draft-sent="reply-100014">          on the page that confirms the sending: forget it ("*" forgets all, at sign-out)
*/
const prefix = "draft:";
const kept = "textarea[name], select[name], input[type=text][name], input[type=email][name]";

/** Storage can be forbidden by the browser; then the form simply works as it does without this script. */
function stored(action) {
    try {
        return action(sessionStorage);
    } catch {
        return null;
    }
}

for (const mark of document.querySelectorAll("[data-draft-sent]")) {
    const sent = mark.dataset.draftSent;
    stored((store) => {
        const keys = Object.keys(store).filter((key) => key.startsWith(prefix));
        keys.filter((key) => sent === "*" || key === prefix + sent).forEach((key) => store.removeItem(key));
    });
}

for (const form of document.querySelectorAll("form[data-draft]")) {
    const key = prefix + form.dataset.draft;
    const fields = [...form.querySelectorAll(kept)].filter((field) => !field.closest(".trap"));
    const draft = JSON.parse(stored((store) => store.getItem(key)) ?? "{}");
    for (const field of fields) {
        // What the server wrote into the field is newer than any draft.
        if (field.value === "" && draft[field.name]) field.value = draft[field.name];
    }
    form.addEventListener("input", () => {
        // what belongs to fields of another page of the same draft stays in it
        for (const field of fields) draft[field.name] = field.value || undefined;
        stored((store) => store.setItem(key, JSON.stringify(draft)));
    });
}
