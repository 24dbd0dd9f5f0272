/*
  Shows which files are chosen, how large they are, and how much of the limit is left, before anything is sent.
  The server checks the same limit; without this script the browser's own file field does the work.

  <input type="file" multiple data-files data-limit-bytes="25000000" data-remove="Entfernen"
         data-uploads="/uploads" data-uploads-from="1000000" data-uploads-script="/js/uploads.js"
         data-sum="{{size}} von {{limit}}" data-too-large="Zusammen {{size}}; erlaubt sind {{limit}}.">
*/
const units = ["byte", "kilobyte", "megabyte", "gigabyte"];

function sizeText(bytes) {
    const step = bytes < 1000 ? 0 : Math.min(3, Math.floor(Math.log10(bytes) / 3));
    const format = { style: "unit", unit: units[step], maximumFractionDigits: step > 1 ? 1 : 0 };
    return new Intl.NumberFormat(document.documentElement.lang, format).format(bytes / 1000 ** step);
}

function filled(text, values) {
    return text.replace(/\{\{(\w+)\}\}/g, (_, name) => values[name]);
}

function row(input, file, index, redraw) {
    const item = document.createElement("li");
    item.className = "cluster spread";
    const name = document.createElement("span");
    name.className = "file-name";
    name.textContent = file.name;
    const remove = document.createElement("button");
    remove.type = "button";
    remove.className = "btn compact";
    remove.textContent = input.dataset.remove;
    remove.setAttribute("aria-label", `${input.dataset.remove}: ${file.name}`);
    remove.addEventListener("click", () => {
        const kept = new DataTransfer();
        [...input.files].forEach((each, at) => at !== index && kept.items.add(each));
        input.files = kept.files;
        redraw();
        input.focus();
    });
    item.append(name, sizeText(file.size), remove);
    return item;
}

for (const input of document.querySelectorAll("input[type=file][data-files]")) {
    const limit = Number(input.dataset.limitBytes);
    const list = document.createElement("ul");
    list.className = "rows small";
    const sum = document.createElement("p");
    sum.className = "hint";
    sum.setAttribute("role", "status");
    input.after(list, sum);

    const redraw = () => {
        const files = [...input.files];
        const total = files.reduce((bytes, file) => bytes + file.size, 0);
        const values = { size: sizeText(total), limit: sizeText(limit) };
        const tooLarge = total > limit;
        list.replaceChildren(...files.map((file, index) => row(input, file, index, redraw)));
        sum.textContent = files.length === 0 ? "" : filled(tooLarge ? input.dataset.tooLarge : input.dataset.sum, values);
        sum.className = tooLarge ? "error" : "hint";
        if (input.dataset.uploads && total >= Number(input.dataset.uploadsFrom)) {
            // sending in pieces is a script of its own, for which most visitors need not wait; without it the form goes as forms do
            import(input.dataset.uploadsScript).catch(() => {});
        }
        input.setCustomValidity(tooLarge ? sum.textContent : "");
    };
    input.addEventListener("change", redraw);
    redraw();
}
