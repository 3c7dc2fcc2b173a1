/* The page of a stand in a hall whose wifi comes and goes. It is fetched again every few seconds; what is pressed is
   sent at once, or kept on this phone (numbers of meetings alone, no name) and sent in the same order later.
   Without this script every button is a form and "Look again" a link. */
"use strict";

{
  const EVERY_MS = 10_000;
  const PATIENCE_MS = 6_000;
  const SLOW_MS = 2_500;
  const WRONG = "#stand .error-message:not(#stand-refused)";
  const key = () => `schakel-stand-${document.getElementById("stand").dataset.stand}`;
  let tag = "";
  let busy = false;
  let again = false;
  /* What was refused, in words: it stays until the next press, however often the page is fetched meanwhile. */
  let refused = [];

  const stored = () => {
    try {
      return JSON.parse(window.localStorage.getItem(key()) ?? "[]");
    } catch {
      return [];
    }
  };
  let marks = stored();
  let isAway = marks.length > 0;

  const keep = (left) => {
    marks = left;
    try {
      window.localStorage.setItem(key(), JSON.stringify(marks));
    } catch {
      /* A browser that keeps nothing: what waits is there as long as the page is open. */
    }
  };

  /* What waits is said above the list, and at each button that was pressed. */
  const show = (away) => {
    isAway = away;
    const line = document.getElementById("stand-offline");
    line.querySelector("span").textContent = marks.length > 0 ? `${line.dataset.kept} (${marks.length})` : line.dataset.kept;
    line.hidden = !away;
    const wrong = document.getElementById("stand-refused");
    wrong.querySelector("span").textContent = refused.join(" ");
    wrong.hidden = refused.length === 0 || document.querySelector(WRONG) !== null;
    for (const form of document.querySelectorAll("form[data-mark]")) {
      const visits = new FormData(form).getAll("visit").join();
      for (const press of form.querySelectorAll("button")) {
        const waits = visits !== "" && marks.some((each) => each.visits.join() === visits && each.said[press.name] === press.value);
        press.classList.toggle("is-kept", waits);
      }
    }
    for (const words of document.querySelectorAll("#stand .with-script")) {
      words.hidden = false;
    }
  };

  const isTyping = () => document.activeElement?.matches("#stand input") && document.activeElement.value !== "";

  /* The new page in the place of the old: what is folded open stays so, and so does the place of the focus. */
  const put = (text) => {
    const fresh = new DOMParser().parseFromString(text, "text/html");
    const main = fresh.getElementById("stand")?.closest("main");
    if (!main) {
      window.location.reload();
      return;
    }
    const wrong = fresh.querySelector(WRONG);
    if (wrong && !refused.includes(wrong.textContent.trim())) {
      refused.push(wrong.textContent.trim());
    }
    const open = [...document.querySelectorAll("#stand details")].map((each) => each.open);
    const at = document.activeElement?.closest("#stand") ? [...document.querySelectorAll("#stand button, #stand a, #stand input")].indexOf(document.activeElement) : -1;
    document.getElementById("main").replaceChildren(...main.childNodes);
    document.getElementById("stand-line").textContent = fresh.getElementById("stand-line").textContent;
    document.querySelectorAll("#stand details").forEach((each, index) => {
      each.open = open[index] ?? each.open;
    });
    if (wrong) {
      const shown = document.querySelector(WRONG);
      shown.setAttribute("tabindex", "-1");
      shown.focus();
    } else if (at >= 0) {
      [...document.querySelectorAll("#stand button, #stand a, #stand input")].at(at)?.focus();
    }
  };

  const body = (mark) => {
    const data = new URLSearchParams(mark.said);
    data.set("csrf_token", document.querySelector("#stand [name=csrf_token]")?.value ?? "");
    mark.visits.forEach((visit) => data.append("visit", visit));
    return data;
  };

  const fetched = () => fetch(window.location.pathname, { cache: "no-store", signal: AbortSignal.timeout(PATIENCE_MS), headers: tag ? { "If-None-Match": tag } : {} });

  /* A page that was open for long may hold an old proof of its form: once, with a new one. */
  const send = async (mark, { isSecond = false } = {}) => {
    const answer = await fetch(window.location.pathname, { method: "POST", signal: AbortSignal.timeout(PATIENCE_MS), body: body(mark) });
    if (answer.status >= 500 || answer.status === 429) {
      throw new Error("away");
    }
    if (answer.status !== 400 || isSecond) {
      return answer.text();
    }
    tag = "";
    put(await (await fetched()).text());
    return send(mark, { isSecond: true });
  };

  /* Throws when nobody answers: then everything that is left stays kept. */
  const sendKept = async () => {
    while (marks.length > 0) {
      const text = await send(marks[0]);
      keep(marks.slice(1));
      tag = "";
      put(text);
    }
  };

  const refresh = async () => {
    const answer = await fetched();
    if (answer.ok) {
      tag = answer.headers.get("ETag") ?? "";
      put(await answer.text());
    } else if (answer.status >= 500) {
      throw new Error("away");
    } else if (answer.status >= 400 && answer.status !== 429) {
      window.location.reload();
    }
  };

  const look = async () => {
    if (busy) {
      again = true;
      return;
    }
    busy = true;
    again = false;
    const slow = marks.length > 0 ? window.setTimeout(() => show(true), SLOW_MS) : 0;
    try {
      const sent = marks.length > 0;
      await sendKept();
      if (!sent && !isTyping() && !document.hidden) {
        await refresh();
      }
      show(false);
    } catch {
      show(true);
    }
    window.clearTimeout(slow);
    busy = false;
    if (again) {
      look();
    }
  };

  document.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-mark]");
    if (!form) {
      return;
    }
    event.preventDefault();
    refused = [];
    const data = new FormData(form, event.submitter);
    const visits = data.getAll("visit");
    data.delete("visit");
    data.delete("csrf_token");
    keep([...marks, { visits, said: Object.fromEntries(data) }]);
    form.querySelectorAll("input:not([type=hidden])").forEach((each) => each.blur());
    show(isAway);
    look();
  });

  window.addEventListener("online", look);
  document.addEventListener("visibilitychange", look);
  window.setInterval(look, EVERY_MS);
  show(isAway);
}
