/* A tablet that many people use after each other. When nobody touches the screen, it asks whether somebody is still
   there; when nobody answers, everything is wiped. Without this file the page ends by itself a minute sooner. */
"use strict";

{
  const SECOND = 1000;
  const TELL_SERVER = 60 * SECOND;
  const SPOKEN = [10, 30];
  const dialog = document.getElementById("kiosk-idle");
  const wipe = document.getElementById("idle-wipe");
  const count = document.getElementById("idle-seconds");
  const said = document.getElementById("idle-said");
  const { visit, here, over, warns, waits } = dialog.dataset;
  const warnAfter = Number(warns) * SECOND;
  const wipeAfter = warnAfter + Number(waits) * SECOND;
  const rests = "rests" in dialog.dataset;
  const others = new BroadcastChannel("schakel-kiosk");
  let touched = Date.now();
  let told = Date.now();
  let isOver = false;

  /* Leave without a way back to this very page. */
  const goHome = () => {
    isOver = true;
    window.location.replace("/");
  };

  const end = () => {
    if (isOver) {
      return;
    }
    isOver = true;
    if (rests) {
      window.location.replace(over);
    } else {
      wipe.requestSubmit();
    }
  };

  /* The server ends a visit by itself after some quiet minutes: it has to hear of who reads or writes for long. */
  const tellServer = () => {
    told = Date.now();
    fetch(here, { method: "POST", body: new URLSearchParams({ visit }) }).then(
      (answer) => {
        if (answer.status === 409) {
          goHome();
        }
      },
      () => {
        /* Away for a moment: the next page or the next minute tells it. */
      },
    );
  };

  const busy = (event) => {
    /* The question is closed by Escape: that counts at once, its close is told a moment later. */
    if (isOver || (dialog.open && event.key !== "Escape")) {
      return;
    }
    const now = Date.now();
    if (now - touched > SECOND) {
      others.postMessage({ visit, touched: now });
    }
    touched = now;
    if (now - told >= TELL_SERVER && !rests) {
      tellServer();
    }
  };

  const stay = () => {
    touched = Date.now();
    others.postMessage({ visit, touched });
    tellServer();
  };

  const look = () => {
    const quiet = Date.now() - touched;
    if (quiet >= wipeAfter && !("fresh" in dialog.dataset)) {
      end();
    } else if (quiet >= warnAfter && !rests) {
      const left = Math.ceil((wipeAfter - quiet) / SECOND);
      if (!dialog.open) {
        dialog.showModal();
        document.getElementById("idle-stay").focus();
      }
      count.textContent = String(left);
      const due = SPOKEN.find((second) => left <= second);
      if (due && said.dataset.due !== String(due)) {
        said.dataset.due = String(due);
        said.textContent = said.dataset.text.replace("#", String(left));
      }
    } else if (dialog.open) {
      dialog.close();
    }
  };

  for (const kind of ["pointerdown", "pointermove", "keydown", "input", "scroll", "wheel", "touchstart"]) {
    window.addEventListener(kind, busy, { passive: true, capture: true });
  }
  /* However it closes, by its button or with Escape: somebody did that. */
  document.getElementById("idle-stay").addEventListener("click", () => {
    touched = Date.now();
    dialog.close();
  });
  dialog.addEventListener("close", stay);

  /* Other windows of this tablet: who is busy in one is busy in all, and none keeps showing a visit that is over. */
  others.addEventListener("message", ({ data }) => {
    if (data.visit !== visit) {
      goHome();
    } else if (data.touched > touched) {
      touched = data.touched;
      look();
    }
  });
  others.postMessage({ visit, touched });

  /* Nothing comes back from the browser's memory here: the server decides what there is to see. */
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) {
      window.location.reload();
    }
  });

  /* A tablet that slept counts the time it slept. */
  document.addEventListener("visibilitychange", look);
  setInterval(look, SECOND);
}
