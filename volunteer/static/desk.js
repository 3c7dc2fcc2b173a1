/* Keys for the pages of the desk. Every one of them does what a link or a button does too; they do nothing while
   somebody types, and the switch at the foot turns them off (for voice control and for cats). */
"use strict";

{
  const STORE = "schakel-keys";
  const keySwitch = document.getElementById("keys-switch");
  const columns = [...document.querySelectorAll(".columns > *")];
  const rowsOf = (column) => [...column.querySelectorAll(".row-head > a")];
  let on = true;

  const remember = (value) => {
    try {
      window.localStorage.setItem(STORE, value);
    } catch {
      /* A browser that keeps nothing keeps the keys on. */
    }
  };

  const recall = () => {
    try {
      return window.localStorage.getItem(STORE);
    } catch {
      return null;
    }
  };

  const show = () => {
    keySwitch.setAttribute("aria-pressed", String(on));
    for (const hint of document.querySelectorAll(".keys kbd, .column-head kbd, .desk-head kbd, .site-head kbd, .button kbd, summary kbd")) {
      hint.classList.toggle("keys-off", !on);
    }
  };

  const goTo = (rows, index) => rows[Math.max(0, Math.min(index, rows.length - 1))]?.focus();

  /* Elsewhere the arrows scroll, as people expect. */
  const inColumns = () => document.activeElement.closest(".columns") !== null;

  const step = (amount) => {
    const here = columns.find((column) => column.contains(document.activeElement)) ?? columns[0];
    const rows = rowsOf(here);
    const row = document.activeElement.closest("li");
    goTo(rows, rows.findIndex((link) => row?.contains(link)) + amount);
  };

  /* A link or a button is clicked; what folds open shows what is in it, ready to type. */
  const pressed = (target) => {
    target?.click();
    if (target?.tagName === "SUMMARY") {
      const inside = target.parentElement.querySelector("input:not([type=hidden]), select, textarea");
      (target.parentElement.open && inside ? inside : target).focus();
    }
    return target !== null;
  };

  const press = (key) => {
    if (columns.length && key >= "1" && key <= String(columns.length)) {
      const column = columns[Number(key) - 1];
      const target = rowsOf(column)[0] ?? column.querySelector("h2");
      if (target.tagName === "H2") {
        target.tabIndex = -1;
      }
      target.focus();
    } else if (key === "ArrowDown" && inColumns()) {
      step(1);
    } else if (key === "ArrowUp" && inColumns()) {
      step(-1);
    } else if (key === "n") {
      document.getElementById("new-person")?.click();
    } else if (key === "/") {
      document.getElementById("search")?.focus();
    } else {
      return pressed(document.querySelector(`[data-key="${CSS.escape(key)}"]`));
    }
    return true;
  };

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, select, textarea, [contenteditable]");
    if (!on || typing || event.ctrlKey || event.altKey || event.metaKey) {
      return;
    }
    if (press(event.key)) {
      event.preventDefault();
    }
  });

  keySwitch.addEventListener("click", () => {
    on = !on;
    remember(on ? "on" : "off");
    show();
  });

  on = recall() !== "off";
  for (const item of document.querySelectorAll(".with-script")) {
    item.hidden = false;
  }
  show();
}
