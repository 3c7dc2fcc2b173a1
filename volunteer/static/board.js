/* The board in the hall asks every two seconds what changed, says so when nobody answers, and turns its pages. */
"use strict";

const ASK_MILLISECONDS = 2000;
const PATIENCE_MILLISECONDS = 5000;
const LOST_MILLISECONDS = 8000;
const TURN_MILLISECONDS = 12000;

const board = document.getElementById("board");
const lost = document.getElementById("board-lost");
const turn = document.getElementById("board-turn");
const button = turn.querySelector("button");
const hour = new Intl.DateTimeFormat("en-GB", {hour: "2-digit", minute: "2-digit", timeZone: board.dataset.zone});
const still = window.matchMedia("(prefers-reduced-motion: reduce)");

let etag = `"${board.dataset.etag}"`;
/* The clock of this screen may be wrong: time is what the server said, and what passed since then. */
let asOf = Date.parse(board.dataset.asOf);
let heardAt = performance.now();
let page = 0;
let all = still.matches;

const now = () => asOf + performance.now() - heardAt;

function showPages() {
  const pages = board.querySelectorAll(".board-zones");
  turn.hidden = pages.length < 2;
  button.setAttribute("aria-pressed", String(all));
  document.body.classList.toggle("turning", !all && pages.length > 1);
  pages.forEach((each, number) => {
    each.hidden = !all && number !== page % pages.length;
  });
}

function tick() {
  const clock = board.querySelector("[data-clock]");
  const words = hour.format(now());
  if (clock.textContent !== words) {
    clock.textContent = words;
  }
  const isLost = performance.now() - heardAt > LOST_MILLISECONDS;
  const said = isLost ? lost.dataset.words.replace("{time}", hour.format(asOf)) : "";
  if (lost.textContent !== said) {
    lost.textContent = said;
    document.body.classList.toggle("lost", isLost);
  }
}

async function ask() {
  try {
    const answer = await fetch(board.dataset.url, {
      headers: {"If-None-Match": etag},
      cache: "no-store",
      signal: AbortSignal.timeout(PATIENCE_MILLISECONDS),
    });
    if (answer.ok) {
      board.innerHTML = await answer.text();
      etag = answer.headers.get("ETag");
      showPages();
    }
    if (answer.ok || answer.status === 304) {
      asOf = Date.parse(answer.headers.get("As-Of"));
      heardAt = performance.now();
    }
  } catch {
    /* Nobody answers: tick() says so, and we ask again. */
  }
  tick();
  /* A little apart, so that hundreds of screens that came back together do not ask together. */
  window.setTimeout(ask, ASK_MILLISECONDS + Math.random() * 500);
}

button.addEventListener("click", () => {
  all = !all;
  showPages();
});
window.setInterval(() => {
  page += 1;
  showPages();
}, TURN_MILLISECONDS);
window.setInterval(tick, 500);
showPages();
ask();
