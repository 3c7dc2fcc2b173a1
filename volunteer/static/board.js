/* The board in the hall asks every two seconds what changed, says so when nobody answers, turns its pages, and writes
   smaller what would not fit on the wall. */
"use strict";

const ASK_MILLISECONDS = 2000;
const PATIENCE_MILLISECONDS = 5000;
const LOST_MILLISECONDS = 8000;
const TURN_MILLISECONDS = 12000;
const AWAY_MILLISECONDS = 3000;
const SMALLEST = 0.6;

const board = document.getElementById("board");
const lost = document.getElementById("board-lost");
const turn = document.getElementById("board-turn");
const button = turn.querySelector("button");
const hour = new Intl.DateTimeFormat("en-GB", {hour: "2-digit", minute: "2-digit", timeZone: board.dataset.zone});
/* Where there is room for one language alone, nothing of the others takes a turn: schakel.css has the same bounds. */
const wall = window.matchMedia("(min-width: 60rem) and (min-height: 33rem)");
const still = window.matchMedia("(prefers-reduced-motion: reduce)");

let etag = `"${board.dataset.etag}"`;
/* The clock of this screen may be wrong: time is what the server said, and what passed since then. */
let asOf = Date.parse(board.dataset.asOf);
let heardAt = performance.now();
let page = 0;
let all = still.matches;

const now = () => asOf + performance.now() - heardAt;

/* One of these at a time, or all of them; returns whether there is more than one. */
function showOne(pages, isTurning) {
  pages.forEach((each, number) => {
    each.hidden = isTurning && number !== page % pages.length;
  });
  return pages.length > 1;
}

/* A wall cannot be scrolled: its letters become smaller until all of them are on it. */
function fit() {
  const root = document.documentElement;
  let size = Number(document.body.style.getPropertyValue("--fit") || 1);
  while (wall.matches && !all && size > SMALLEST && root.scrollHeight > window.innerHeight) {
    size -= 0.04;
    document.body.style.setProperty("--fit", size.toFixed(2));
  }
}

function fitAnew() {
  document.body.style.removeProperty("--fit");
  fit();
}

/* The button stands over the board: a mouse that lies still must not keep it there. */
let leaving = 0;
function showButton() {
  document.body.classList.add("moved");
  window.clearTimeout(leaving);
  leaving = window.setTimeout(() => document.body.classList.remove("moved"), AWAY_MILLISECONDS);
}

function showPages() {
  const zones = showOne(board.querySelectorAll(".board-zones"), !all);
  const news = showOne(board.querySelectorAll(".board-news"), !all && wall.matches) && wall.matches;
  turn.hidden = !zones && !news;
  button.setAttribute("aria-pressed", String(all));
  fit();
}

function tick() {
  const clock = board.querySelector("[data-clock]");
  const words = hour.format(now());
  if (clock !== null && clock.textContent !== words) {
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
      fitAnew();
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

wall.addEventListener("change", showPages);
window.addEventListener("resize", fitAnew);
window.addEventListener("pointermove", showButton);
document.fonts.ready.then(fitAnew);
button.addEventListener("click", () => {
  all = !all;
  showPages();
  fitAnew();
});
window.setInterval(() => {
  page += 1;
  showPages();
}, TURN_MILLISECONDS);
window.setInterval(tick, 500);
showPages();
ask();
