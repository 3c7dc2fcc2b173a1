/* The door of a market: the camera reads one card after the other. Where the browser reads codes itself it does; where
   not, a small picture goes to our own server, which reads it and keeps nothing. While there is no network, who was let
   in stays on this phone (codes and ids of cards, no name) and is sent later; everything else is refused in words, and
   the page stays as it is. Without this script the page reads a photo, a number or a name. */
"use strict";

{
  const offline = document.getElementById("door-offline");
  const DOOR = offline.dataset.door;
  const KEPT = `schakel-door-${DOOR}`;
  const LOOK_MS = 250;
  const SAME_MS = 4000;
  const AGAIN_MS = 5000;
  const PATIENCE_MS = 6000;
  const ANSWER_MS = 4000;
  const WIDTH = 720;
  const form = document.getElementById("door-scan");
  const camera = document.getElementById("camera");
  const picture = document.getElementById("camera-picture");
  const on = document.getElementById("camera-on");
  const off = document.getElementById("camera-off");
  const refused = document.getElementById("camera-refused");
  const canvas = document.createElement("canvas");
  let detector = null;
  let stream = null;
  let last = { code: "", at: 0 };
  let isSending = false;
  let isPressed = false;
  /* Where the browser keeps nothing, what waits is there as long as the page is open. */
  let open = [];

  const kept = () => {
    try {
      return JSON.parse(window.localStorage.getItem(KEPT) ?? "[]");
    } catch {
      return open;
    }
  };

  const warn = (words) => {
    offline.querySelector("span").textContent = words;
    offline.hidden = words === "";
  };

  const keep = (marks) => {
    open = marks;
    try {
      window.localStorage.setItem(KEPT, JSON.stringify(marks));
    } catch {
      /* See above. */
    }
    warn(marks.length ? `${offline.dataset.kept} (${marks.length})` : "");
  };

  /* Somebody answers again: what was said of this moment alone is over. */
  const calm = () => {
    if ([offline.dataset.unread, offline.dataset.undone].includes(offline.textContent.trim())) {
      keep(kept());
    }
  };

  /* Each mark once: a card that is scanned twice waits once. */
  const add = (marks) => {
    const waiting = kept();
    const known = new Set(waiting.map((each) => JSON.stringify(each)));
    keep([...waiting, ...marks.filter((each) => !known.has(JSON.stringify(each)))]);
  };

  /* The new result in the place of the old; the camera goes on. */
  const put = (text) => {
    const fresh = new DOMParser().parseFromString(text, "text/html");
    const refused = fresh.querySelector("#door-error p")?.textContent.trim() ?? "";
    if (!form) {
      return refused;
    }
    for (const id of ["door-result", "door-count"]) {
      const found = fresh.getElementById(id);
      if (found) {
        document.getElementById(id).replaceChildren(...found.childNodes);
      }
    }
    document.getElementById("door-result").scrollIntoView({ block: "nearest" });
    navigator.vibrate?.(80);
    return refused;
  };

  const body = (said) => {
    const data = new FormData();
    data.set("csrf_token", document.querySelector("main [name=csrf_token]").value);
    data.set("do", "scan");
    for (const [name, value] of Object.entries(said)) {
      data.set(name, value);
    }
    return data;
  };

  /* Whether there was anything to see; throws where nobody answers. A picture without a code is answered with nothing. */
  const send = async (said) => {
    const answer = await fetch(DOOR, {
      method: "POST",
      body: body(said),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    if (answer.status >= 500 || answer.status === 429) {
      throw new Error("away");
    }
    if (answer.status === 204) {
      return { isCard: false, refused: "" };
    }
    return { isCard: true, refused: put(await answer.text()) };
  };

  const take = async (code) => {
    const now = Date.now();
    if (code === last.code && now - last.at < SAME_MS) {
      last.at = now;
      return;
    }
    last = { code, at: now };
    try {
      await send({ code });
    } catch {
      add([{ code }]);
    }
  };

  /* In the order in which they were kept. What is refused is said in the line that stays: the next result covers it. */
  const sendKept = async () => {
    const refused = [];
    while (kept().length > 0) {
      const said = await send(kept()[0]);
      keep(kept().slice(1));
      if (said.refused) {
        refused.push(said.refused);
      }
    }
    if (refused.length > 0) {
      warn(`${offline.dataset.refused} ${refused.join(" ")}`);
    }
  };

  const shot = () =>
    new Promise((resolve) => {
      canvas.width = Math.min(WIDTH, picture.videoWidth);
      canvas.height = Math.round((canvas.width * picture.videoHeight) / picture.videoWidth);
      canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
      canvas.toBlob(resolve, "image/jpeg", 0.8);
    });

  const readHere = async () => {
    const found = await detector.detect(picture);
    if (found.length === 1) {
      await take(found[0].rawValue);
    }
  };

  const readThere = async () => {
    const taken = await shot();
    if (!taken || Date.now() - last.at <= SAME_MS) {
      return;
    }
    try {
      if ((await send({ quiet: "yes", picture: taken })).isCard) {
        last = { code: "", at: Date.now() };
      }
      calm();
    } catch {
      /* Nobody read this picture, so there is no code to keep: who holds the phone must know. */
      warn(offline.dataset.unread);
    }
  };

  const look = async () => {
    if (stream === null) {
      return;
    }
    if (!isSending && picture.videoWidth > 0) {
      isSending = true;
      try {
        await (detector ? readHere() : readThere());
      } catch {
        /* Nobody answers, or this picture cannot be read: the next one. */
      }
      isSending = false;
    }
    window.setTimeout(look, LOOK_MS);
  };

  const stop = () => {
    stream?.getTracks().forEach((track) => track.stop());
    stream = null;
    camera.hidden = true;
    off.hidden = true;
    on.hidden = false;
  };

  const start = async () => {
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" }, audio: false });
      const kinds = (await window.BarcodeDetector?.getSupportedFormats?.()) ?? [];
      detector = kinds.includes("qr_code") ? new window.BarcodeDetector({ formats: ["qr_code"] }) : null;
      picture.srcObject = stream;
      camera.hidden = false;
      off.hidden = false;
      on.hidden = true;
      refused.hidden = true;
      await picture.play();
      look();
    } catch {
      stop();
      refused.hidden = false;
    }
  };

  const answers = async () => {
    try {
      return (await fetch(offline.dataset.ping, { cache: "no-store", signal: AbortSignal.timeout(ANSWER_MS) })).ok;
    } catch {
      return false;
    }
  };

  /* A form leaves this page only while somebody answers: a browser's own page of errors would be all that is left. */
  const press = async (pressed, submitter) => {
    const said = new FormData(pressed, submitter);
    if (await answers()) {
      await sendKept().catch(() => undefined);
      if (submitter?.name) {
        const hidden = Object.assign(document.createElement("input"), { type: "hidden", name: submitter.name, value: submitter.value });
        pressed.append(hidden);
      }
      pressed.submit();
      return;
    }
    const cards = said.get("do") === "here" ? [said.get("card")] : said.getAll("here");
    if (cards.length > 0) {
      add(cards.map((card) => ({ do: "here", card })));
    } else {
      warn(offline.dataset.undone);
    }
    offline.scrollIntoView({ block: "nearest" });
  };

  document.addEventListener("submit", (event) => {
    if (!event.target.matches("main form")) {
      return;
    }
    event.preventDefault();
    if (!isPressed) {
      isPressed = true;
      press(event.target, event.submitter).finally(() => {
        isPressed = false;
      });
    }
  });

  if (form && navigator.mediaDevices?.getUserMedia) {
    on.hidden = false;
    on.addEventListener("click", start);
    off.addEventListener("click", stop);
  }
  document.getElementById("door-error")?.focus();
  keep(kept());
  const sendLater = () => {
    if (kept().length > 0 && !isSending && document.querySelector("main [name=csrf_token]")) {
      isSending = true;
      sendKept()
        .catch(() => undefined)
        .finally(() => {
          isSending = false;
        });
    }
  };
  window.setInterval(sendLater, AGAIN_MS);
  window.addEventListener("online", () => {
    calm();
    sendLater();
  });
  /* Back from the browser's memory, the buttons work again. */
  window.addEventListener("pageshow", () => {
    isPressed = false;
  });
}
