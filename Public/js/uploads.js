/*
  Sends large files in pieces before the form itself is sent: shows how far they are, and goes on where it was when a connection breaks.
  Without this script, or where the server wants no pieces, the form sends its files as forms do. The protocol is tus 1.0.

  <input type="file" name="files" multiple data-uploads="/uploads" data-uploads-from="1000000" data-uploads-ticket="kept"
         data-uploads-label="Dateien werden übertragen" data-uploads-at="{{name}}: {{percent}} %" data-uploads-waiting="Keine Verbindung …"
         data-uploads-sending="Wird abgeschickt …" data-uploads-stop="Anhalten" data-uploads-stopped="Angehalten …">
*/
const chunkBytes = 4 * 1024 * 1024;
const longestPauseSeconds = 15;
const tus = { "Tus-Resumable": "1.0.0" };

/** The server wants it otherwise: the form is to go the ordinary way. */
class Refused extends Error {}
class Stopped extends Error {}

const filled = (text, values) => text.replace(/\{\{(\w+)\}\}/g, (_, name) => values[name]);

/** A reload forgets no upload: the same file, chosen again, goes on. */
const memory = {
    key: (file) => `upload:${file.name}:${file.size}:${file.lastModified}`,
    get(file) { try { return sessionStorage.getItem(this.key(file)); } catch { return null; } },
    set(file, url) { try { sessionStorage.setItem(this.key(file), url); } catch { /* then it begins anew */ } },
};

/** One request; fetch cannot tell how much of a body has left. Rejects where there is no answer. */
function send(method, url, headers, { body = null, onSent = () => {}, signal }) {
    return new Promise((resolve, reject) => {
        const request = new XMLHttpRequest();
        request.open(method, url);
        for (const [name, value] of Object.entries({ ...tus, ...headers })) request.setRequestHeader(name, value);
        request.upload.addEventListener("progress", (event) => onSent(event.loaded));
        request.addEventListener("load", () => resolve(request));
        request.addEventListener("error", () => reject(new Error("no answer")));
        request.addEventListener("abort", () => reject(new Stopped()));
        signal.addEventListener("abort", () => request.abort());
        if (signal.aborted) return reject(new Stopped());
        request.send(body);
    });
}

function pause(seconds, signal) {
    return new Promise((resolve, reject) => {
        const timer = setTimeout(resolve, seconds * 1000);
        addEventListener("online", resolve, { once: true });
        signal.addEventListener("abort", () => { clearTimeout(timer); reject(new Stopped()); });
    });
}

const base64 = (text) => btoa(String.fromCodePoint(...new TextEncoder().encode(text)));

async function create(endpoint, file, signal) {
    const metadata = `filename ${base64(file.name)}` + (file.type ? `,filetype ${base64(file.type)}` : "");
    const answer = await send("POST", endpoint, { "Upload-Length": file.size, "Upload-Metadata": metadata }, { signal });
    if (answer.status >= 500) throw new Error("no answer");
    if (answer.status !== 201) throw new Refused();
    const url = answer.getResponseHeader("Location");
    memory.set(file, url);
    return url;
}

/** Where the server is; null where it knows nothing of this upload. */
async function offsetOf(url, signal) {
    const answer = await send("HEAD", url, {}, { signal });
    if (answer.status >= 500) throw new Error("no answer");
    return answer.status === 200 ? Number(answer.getResponseHeader("Upload-Offset")) : null;
}

/** The next piece; the ticket when it was the last. */
async function append(url, file, offset, onOffset, signal) {
    const headers = { "Content-Type": "application/offset+octet-stream", "Upload-Offset": offset };
    const body = file.slice(offset, offset + chunkBytes);
    const answer = await send("PATCH", url, headers, { body, signal, onSent: (bytes) => onOffset(Math.min(offset + bytes, file.size)) });
    if (answer.status >= 500) throw new Error("no answer");
    if (answer.status === 409 || answer.status === 404) return null;
    if (answer.status !== 204) throw new Refused();
    return answer.getResponseHeader("Upload-Ticket");
}

/** The whole way of one file, however often the connection breaks. */
async function upload(endpoint, file, { onOffset, onWaiting, signal }) {
    let url = memory.get(file), beginnings = 0, tries = 0;
    for (;;) {
        try {
            // asked before each piece: what the server has counts, not what was sent
            let offset = url ? await offsetOf(url, signal) : null;
            if (offset === null) {
                // a server that loses what it was given again and again is better off with an ordinary form
                if (beginnings++ > 3) throw new Refused();
                url = await create(endpoint, file, signal);
                offset = 0;
            }
            onOffset(offset);
            const ticket = await append(url, file, offset, onOffset, signal);
            tries = 0;
            if (ticket) return ticket;
        } catch (error) {
            if (error instanceof Refused || error instanceof Stopped) throw error;
            onWaiting();
            await pause(Math.min(longestPauseSeconds, 2 ** tries++), signal);
        }
    }
}

/** The bar and its words. What stands there changes with each percent; what is said aloud, with each quarter. */
function panel(input, stop) {
    const box = document.createElement("div");
    box.className = "uploads stack tight";
    const bar = document.createElement("progress");
    bar.max = 100;
    bar.setAttribute("aria-label", input.dataset.uploadsLabel);
    const seen = document.createElement("p");
    seen.className = "hint";
    seen.setAttribute("aria-hidden", "true");
    const said = document.createElement("p");
    said.className = "vh";
    said.setAttribute("role", "status");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn";
    button.textContent = input.dataset.uploadsStop;
    button.addEventListener("click", stop);
    box.append(bar, seen, said, button);
    input.form.querySelector(".form-end").before(box);
    const say = (text, aloud = text) => {
        seen.textContent = text;
        if (said.textContent !== aloud) said.textContent = aloud;
    };
    return {
        say,
        at(file, offset, share) {
            bar.value = Math.round(share * 100);
            const words = (percent) => filled(input.dataset.uploadsAt, { name: file.name, percent });
            say(words(Math.floor((offset / file.size) * 100)), words(Math.floor((offset / file.size) * 4) * 25));
        },
        remove: () => box.remove(),
    };
}

/** What is there needs no second sending: tickets go with the form instead of the files. */
function hand(input, tickets) {
    const left = new DataTransfer();
    [...input.files].filter((file) => !tickets.has(file)).forEach((file) => left.items.add(file));
    input.files = left.files;
    for (const ticket of tickets.values()) {
        const field = document.createElement("input");
        Object.assign(field, { type: "hidden", name: input.dataset.uploadsTicket, value: ticket });
        input.form.append(field);
    }
}

async function sendFiles(input, button) {
    const stopping = new AbortController();
    const shown = panel(input, () => stopping.abort());
    const files = [...input.files], total = files.reduce((bytes, file) => bytes + file.size, 0);
    const tickets = new Map();
    let done = 0;
    button.disabled = true;
    try {
        for (const file of files.filter((each) => each.size > 0)) {
            tickets.set(file, await upload(input.dataset.uploads, file, {
                onOffset: (offset) => shown.at(file, offset, (done + offset) / total),
                onWaiting: () => shown.say(input.dataset.uploadsWaiting),
                signal: stopping.signal,
            }));
            done += file.size;
        }
        hand(input, tickets);
        shown.say(input.dataset.uploadsSending);
    } catch (error) {
        if (error instanceof Stopped) {
            shown.remove();
            return false;
        }
        if (!(error instanceof Refused)) throw error;
    } finally {
        button.disabled = false;
    }
    return true;
}

for (const input of document.querySelectorAll("input[type=file][data-uploads]")) {
    const button = input.form.querySelector("button.primary");
    let isReady = false;
    input.form.addEventListener("submit", async (event) => {
        const total = [...input.files].reduce((bytes, file) => bytes + file.size, 0);
        if (isReady || total < Number(input.dataset.uploadsFrom)) return;
        event.preventDefault();
        if (button.disabled || !(await sendFiles(input, button))) return;
        isReady = true;
        input.form.requestSubmit();
    });
    // back from another page, the form may be sent anew
    addEventListener("pageshow", () => { isReady = false; });
}
