/* The door of a market: the camera reads one card after the other. Where the browser reads codes itself it does; where
   not, a small picture goes to our own server, which reads it and keeps nothing. While there is no network, who was let
   in stays on this phone (codes and ids of cards, no name) and is sent later; everything else, links too, is refused in
   words, and the page stays as it is. Without this script the page reads a photo, a number or a name. */
"use strict";

{
  const offline = document.getElementById("door-offline");
  const DOOR = offline.dataset.door;
  const KEPT = `schakel-door-${DOOR}`;
  const REFUSED = `${KEPT}-refused`;
  const LOOK_MS = 250;
  const SAME_MS = 4000;
  const AGAIN_MS = 5000;
  const PATIENCE_MS = 6000;
  const ANSWER_MS = 4000;
  const WIDTH = 720;
  class Closed extends Error {}
  const turned = document.getElementById("door-turned");
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
  let said = "";
  let isLooking = false;
  let isPressed = false;
  let isClosed = false;
  let sending = null;
  /* Where the browser keeps nothing, what waits is there as long as the page is open. */
  const open = {};

  const read = (name) => {
    try {
      return open[name] ?? JSON.parse(window.localStorage.getItem(name) ?? "[]");
    } catch {
      return [];
    }
  };

  const write = (name, list) => {
    try {
      window.localStorage.setItem(name, JSON.stringify(list));
      delete open[name];
    } catch {
      open[name] = list;
    }
  };

  const kept = () => read(KEPT);

  /* Two lines: what is so now, or else how many wait; and who was refused, until somebody has seen it. */
  const say = (words) => {
    said = words;
    const waits = kept().length;
    const line = said || (waits ? `${offline.dataset.kept} (${waits})` : "");
    offline.querySelector("span").textContent = line;
    offline.hidden = line === "";
    const turnedAway = read(REFUSED);
    turned.querySelector("span").textContent = `${turned.dataset.words} ${turnedAway.join(" ")}`;
    turned.hidden = turnedAway.length === 0;
  };

  const keep = (marks) => {
    write(KEPT, marks);
    say("");
  };

  /* Somebody answers again: what was said of this moment alone is over. */
  const calm = () => {
    if ([offline.dataset.unread, offline.dataset.undone].includes(said)) {
      say("");
    }
  };

  /* Each mark once: a card that is scanned twice waits once. */
  const add = (marks) => {
    const waiting = kept();
    const known = new Set(waiting.map((each) => JSON.stringify(each)));
    keep([...waiting, ...marks.filter((each) => !known.has(JSON.stringify(each)))]);
  };

  /* The new result in the place of the old; the camera goes on. Returns what was refused. */
  const put = (fresh) => {
    const refused = fresh.getElementById("door-why")?.textContent.trim() ?? "";
    if (form) {
      for (const id of ["door-result", "door-count"]) {
        const found = fresh.getElementById(id);
        if (found) {
          document.getElementById(id).replaceChildren(...found.childNodes);
        }
      }
      document.getElementById("door-result").scrollIntoView({ block: "nearest" });
      navigator.vibrate?.(80);
    }
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

  const page = async (answer) => new DOMParser().parseFromString(await answer.text(), "text/html");

  /* A session that began again has another proof of its forms. */
  const renew = async () => {
    const fresh = await page(await fetch(DOOR, { cache: "no-store", signal: AbortSignal.timeout(PATIENCE_MS) }));
    const proof = fresh.getElementById("door-result") && fresh.querySelector("main [name=csrf_token]")?.value;
    if (!proof) {
      throw new Closed();
    }
    document.querySelectorAll("main [name=csrf_token]").forEach((each) => {
      each.value = proof;
    });
  };

  /* Whether there was anything to see, and what was refused. A picture without a code is answered with nothing. Throws
     where nobody answers, and Closed where the answer is no door: the link has ended, or somebody must log in again. */
  const send = async (mark, { isSecond = false } = {}) => {
    const answer = await fetch(DOOR, {
      method: "POST",
      body: body(mark),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    if (answer.status >= 500 || answer.status === 429) {
      throw new Error("away");
    }
    if (answer.status === 204) {
      return { isCard: false, refused: "" };
    }
    if (answer.status === 400 && !isSecond) {
      await renew();
      return send(mark, { isSecond: true });
    }
    const fresh = await page(answer);
    if (!fresh.getElementById("door-result")) {
      throw new Closed();
    }
    return { isCard: true, refused: put(fresh) };
  };

  /* What is on the screen may be of somebody else: it goes. */
  const close = () => {
    isClosed = true;
    stop();
    document.getElementById("door-result")?.replaceChildren();
    say(offline.dataset.closed);
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
    } catch (error) {
      add([{ code }]);
      if (error instanceof Closed) {
        close();
      }
    }
  };

  /* In the order in which they were kept. A mark goes once the door answered it: another page may send them, too. */
  const sendEach = async () => {
    for (let mark = kept()[0]; mark; mark = kept()[0]) {
      const { refused } = await send({ ...mark, kept: "yes" });
      if (refused) {
        write(REFUSED, [...new Set([...read(REFUSED), refused])]);
      }
      const sent = JSON.stringify(mark);
      keep(kept().filter((each) => JSON.stringify(each) !== sent));
    }
  };

  /* Whoever asks for it waits for the same sending. */
  const sendKept = () => {
    sending ??= sendEach()
      .catch((error) => {
        if (error instanceof Closed) {
          close();
        }
      })
      .finally(() => {
        sending = null;
      });
    return sending;
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
    } catch (error) {
      /* Nobody read this picture, so there is no code to keep: who holds the phone must know. */
      if (error instanceof Closed) {
        close();
      } else {
        say(offline.dataset.unread);
      }
    }
  };

  const look = async () => {
    if (stream === null) {
      return;
    }
    if (!isLooking && picture.videoWidth > 0) {
      isLooking = true;
      try {
        await (detector ? readHere() : readThere());
      } catch {
        /* Nobody answers, or this picture cannot be read: the next one. */
      }
      isLooking = false;
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
    isClosed = false;
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

  /* Nothing leaves this page but while somebody answers: a browser's own page of errors would be all that is left.
     Returns whether the form was sent. */
  const press = async (pressed, submitter) => {
    const pressedFor = new FormData(pressed, submitter);
    if (await answers()) {
      await sendKept();
      if (submitter?.name) {
        const hidden = Object.assign(document.createElement("input"), { type: "hidden", name: submitter.name, value: submitter.value });
        hidden.dataset.pressed = "";
        pressed.append(hidden);
      }
      pressed.submit();
      return true;
    }
    const cards = pressedFor.get("do") === "here" ? [pressedFor.get("card")] : pressedFor.getAll("here");
    if (cards.length > 0) {
      add(cards.map((card) => ({ do: "here", card })));
    } else {
      say(offline.dataset.undone);
    }
    offline.scrollIntoView({ block: "nearest" });
    return false;
  };

  /* Once a form is sent nothing else is pressed here, however long the next page takes. */
  document.addEventListener("submit", async (event) => {
    if (!event.target.matches("main form")) {
      return;
    }
    event.preventDefault();
    if (!isPressed) {
      isPressed = true;
      isPressed = await press(event.target, event.submitter);
    }
  });

  document.addEventListener("click", async (event) => {
    const link = event.target.closest("a[href]");
    const isOther = event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
    if (!link || isOther || link.target || link.origin !== window.location.origin || link.getAttribute("href").startsWith("#")) {
      return;
    }
    event.preventDefault();
    if (await answers()) {
      window.location.assign(link.href);
    } else {
      say(offline.dataset.undone);
    }
  });

  document.getElementById("door-seen").addEventListener("click", () => {
    write(REFUSED, []);
    say(said);
  });

  if (form && navigator.mediaDevices?.getUserMedia) {
    on.hidden = false;
    on.addEventListener("click", start);
    off.addEventListener("click", stop);
  }
  document.getElementById("door-error")?.focus();
  say("");
  const sendLater = () => {
    if (kept().length > 0 && !isLooking && !isClosed && document.querySelector("main [name=csrf_token]")) {
      sendKept();
    }
  };
  window.setInterval(sendLater, AGAIN_MS);
  window.addEventListener("online", () => {
    calm();
    sendLater();
  });
  /* Back from the browser's memory, the buttons work again, and each form is as it was. */
  window.addEventListener("pageshow", () => {
    isPressed = false;
    document.querySelectorAll("[data-pressed]").forEach((each) => each.remove());
  });
}
