/*
  Says while somebody types how a value is read, or what is wrong with it, by the rules that count when the form is sent. Where it cannot ask, it
  says nothing: the server judges again anyway.

  <form data-check-at="/request/lost-parcel/check?lang=de">     where to ask: field and value, answered by {"ok": true, "said": "…"}
  <input name="f-tracking" data-check="f-tracking-read">        the id of what is announced
*/
const pauseMilliseconds = 700;

for (const form of document.querySelectorAll("form[data-check-at]")) {
    for (const field of form.querySelectorAll("[data-check]")) watch(field, form.dataset.checkAt);
}

function watch(field, address) {
    const said = document.getElementById(field.dataset.check);
    let timer;
    let asked = "";

    const say = (verdict) => {
        if (said.textContent !== verdict.said) said.textContent = verdict.said;
        said.classList.toggle("is-wrong", !verdict.ok);
        field.setAttribute("aria-invalid", String(!verdict.ok));
        // what the server said of the value before holds no more
        const problem = field.closest(".field.invalid");
        if (problem) {
            document.getElementById(`${field.id}-error`)?.remove();
            problem.classList.remove("invalid");
        }
    };

    const ask = async () => {
        clearTimeout(timer);
        const value = field.value.trim();
        if (value === asked) return;
        asked = value;
        if (value === "") return say({ ok: true, said: "" });
        try {
            const body = new URLSearchParams({ field: field.name.replace(/^f-/, ""), value });
            const response = await fetch(address, { method: "POST", body });
            if (!response.ok) return;
            const verdict = await response.json();
            // an answer that was overtaken by further typing is about another value
            if (field.value.trim() === value) say(verdict);
        } catch {
            asked = "";
        }
    };

    field.setAttribute("aria-describedby", `${field.getAttribute("aria-describedby") ?? ""} ${said.id}`.trim());
    field.addEventListener("input", () => {
        clearTimeout(timer);
        timer = setTimeout(ask, pauseMilliseconds);
    });
    field.addEventListener("change", ask);
    // a draft was put back
    if (field.value && !field.closest(".invalid")) ask();
}
