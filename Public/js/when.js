/*
  Shows a field only where the choice is made that it depends on. Without this script all fields are there, each says when it is wanted, and the
  server reads only those that apply.

  <div data-when="f-direction=from-customer">     shown while the field named f-direction says from-customer; several conditions: a space between
  <p data-without-script>                         what this script makes needless
  <input data-required>                           has to be filled in where it is shown
*/
for (const form of document.querySelectorAll("form:has([data-when])")) {
    const parts = [...form.querySelectorAll("[data-when]")].map((part) => ({
        part,
        conditions: part.dataset.when.split(" ").map((condition) => condition.split("=")),
    }));
    for (const hint of form.querySelectorAll("[data-without-script]")) hint.remove();

    const show = () => {
        // in the order of the page: a field that is hidden makes no choice for those behind it
        for (const { part, conditions } of parts) {
            part.hidden = !conditions.every(([name, value]) => {
                const field = form.elements[name];
                return field?.value === value && !field.closest("[data-when][hidden]");
            });
            for (const field of part.querySelectorAll("[data-required]")) field.required = !part.hidden;
        }
    };
    form.addEventListener("input", show);
    show();
}
