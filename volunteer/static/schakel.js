/* The few things a page cannot do by itself. Every page works without this file. */
"use strict";

/* After a form came back with errors, the summary is the next thing to read. */
document.getElementById("error-summary")?.focus();

/* A personal page must not come back from the browser's memory for the next person at this screen. */
window.addEventListener("pageshow", (event) => {
  if (event.persisted && document.body.hasAttribute("data-personal")) {
    window.location.reload();
  }
});

/* The list of languages closes with Escape, and when the focus or a click goes elsewhere. */
for (const menu of document.querySelectorAll("details.language-menu")) {
  menu.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && menu.open) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
  document.addEventListener("click", (event) => {
    if (!menu.contains(event.target)) {
      menu.open = false;
    }
  });
}

/* A list in groups offers only the group of what was chosen before it; all of them until something is. */
for (const list of document.querySelectorAll("select[data-follows]")) {
  const before = document.getElementById(list.dataset.follows);
  const groups = [...list.querySelectorAll("optgroup")];
  const follow = () => {
    const wanted = groups.filter((group) => group.dataset.of === before.value);
    const kept = wanted.some((group) => [...group.children].some((option) => option.selected)) || !before.value;
    const chosen = kept ? list.value : "";
    groups.forEach((group) => group.remove());
    list.append(...(before.value ? wanted : groups));
    list.value = chosen;
  };
  before.addEventListener("change", follow);
  follow();
}

/* A link marked so opens the print window; without script the link leads to the printable page. */
for (const link of document.querySelectorAll("[data-print]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    window.print();
  });
}
