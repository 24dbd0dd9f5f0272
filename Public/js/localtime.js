/*
  Shows times in the visitor's own zone when it differs from the desk's. The server's text stays as the title, and the zone is named,
  so nobody takes a time in New York for one in Berlin. In the desk's own zone nothing changes.

  <html data-timezone="Europe/Berlin"> … <time datetime="2026-11-25T15:00:00Z" data-local>Mittwoch, 25. November, 16:00 Uhr</time>
*/
const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
const desk = document.documentElement.dataset.timezone;
const language = document.documentElement.lang;

function text(instant, timeZone) {
    const format = { weekday: "long", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit", timeZone };
    return new Intl.DateTimeFormat(language, { ...format, timeZoneName: "short" }).format(instant);
}

/** The wall clock alone: Vienna and Berlin are different zones but show the same time. */
function clock(instant, timeZone) {
    return new Intl.DateTimeFormat("en", { dateStyle: "short", timeStyle: "short", timeZone }).format(instant);
}

for (const element of desk && own ? document.querySelectorAll("time[datetime][data-local]") : []) {
    const instant = new Date(element.dateTime);
    if (Number.isNaN(instant.getTime()) || clock(instant, own) === clock(instant, desk)) continue;
    element.title = element.textContent;
    element.textContent = text(instant, own);
}
