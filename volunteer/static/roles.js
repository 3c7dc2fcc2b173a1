/* Writing a role: while somebody types, the advice beside the text follows. Without this file it follows on saving. */
"use strict";

{
  const PAUSE_MILLISECONDS = 700;
  const hint = document.getElementById("plain");
  let waiting = 0;

  const later = () => {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(() => hint.dispatchEvent(new CustomEvent("words-changed")), PAUSE_MILLISECONDS);
  };

  for (const name of ["title", "description"]) {
    document.getElementById(name).addEventListener("input", later);
  }
  document.getElementById("language").addEventListener("change", (event) => {
    for (const name of ["title", "description"]) {
      const field = document.getElementById(name);
      field.lang = event.target.value;
      field.dir = event.target.value === "ar" ? "rtl" : "ltr";
    }
    later();
  });

  /* A task that we think of stands in a folded group: it opens, so that one sees what was ticked. */
  hint.addEventListener("click", (event) => {
    const tick = event.target.closest("label")?.control;
    const group = tick?.closest("details");
    if (group) {
      group.open = true;
    }
  });
}
