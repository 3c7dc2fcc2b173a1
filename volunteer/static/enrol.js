/* The dense screen of the desk: long lists show what was chosen and what is being looked for, and while somebody types
   a name the desk hears whether there is perhaps a file already. Without this file every line is simply there. */
"use strict";

{
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const MOST = 8;

  const chosen = (row) =>
    [...row.querySelectorAll("input, select")].some((field) => (field.type === "checkbox" ? field.checked : field.value));

  for (const list of document.querySelectorAll("[data-list]")) {
    const filter = list.querySelector("[data-filter]");
    const rows = [...list.querySelectorAll("tbody tr")];
    const words = new Map(rows.map((row) => [row, plain(row.querySelector("th").textContent)]));
    const hits = () => rows.filter((row) => words.get(row).includes(plain(filter.value.trim())));

    const show = () => {
      const found = filter.value.trim() ? new Set(hits().slice(0, MOST)) : null;
      for (const row of rows) {
        row.hidden = found ? !found.has(row) : row.dataset.first !== "yes" && !chosen(row);
      }
    };

    filter.addEventListener("input", show);
    filter.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") {
        return;
      }
      event.preventDefault();
      const first = filter.value.trim() ? hits()[0] : null;
      if (!first) {
        return;
      }
      const wants = first.querySelector('input[name="tasks_want"]');
      filter.value = "";
      if (wants) {
        wants.checked = true;
      } else {
        first.dataset.first = "yes";
      }
      show();
      (wants ? filter : first.querySelector("select")).focus();
    });
    show();
  }

  const known = document.getElementById("known");
  for (const field of document.querySelectorAll("#first_name, #where, #postal_code, #channel, .dense-contact input")) {
    field.addEventListener("change", () => known?.dispatchEvent(new CustomEvent("known-changed")));
  }

  for (const item of document.querySelectorAll(".dense .with-script")) {
    item.hidden = false;
  }
}
