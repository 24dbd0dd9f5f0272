/*
  Says when the status page is old: because the tab has been open for long, or because nobody could write a newer page. The words stand in the page.

  <time datetime="2026-11-23T09:02:11Z" data-age>…</time> <p hidden data-old>…</p>
*/
const oldAfterMinutes = 5;
const written = document.querySelector("time[data-age]");

function look() {
    const minutes = (Date.now() - Date.parse(written.dateTime)) / 60_000;
    for (const warning of document.querySelectorAll("[data-old]")) warning.hidden = !(minutes > oldAfterMinutes);
}

if (written) {
    look();
    setInterval(look, 20_000);
}
