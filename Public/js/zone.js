/*
  Puts the visitor's own zone into the field for it, as long as nobody has chosen another one there: letters then say times in it.

  <input name="zone" value="Europe/Berlin" data-zone="Europe/Berlin">
*/
const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
const desk = document.documentElement.dataset.timezone;

for (const field of own ? document.querySelectorAll("input[data-zone]") : []) {
    if (field.value === desk && field.dataset.zone === desk) field.value = own;
}
