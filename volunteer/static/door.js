/* The door of a market: the camera reads one card after the other. Where the browser reads codes itself it does; where
   not, a small picture goes to our own server, which reads it and keeps nothing. While there is no network, what was
   scanned stays on this phone (the code of the card alone, no name) and is sent later.
   Without this script the page reads a photo, a number or a name. */
"use strict";

{
  const KEPT = `schakel-door-${window.location.pathname}`;
  const LOOK_MS = 250;
  const SAME_MS = 4000;
  const AGAIN_MS = 5000;
  const PATIENCE_MS = 6000;
  const WIDTH = 720;
  const form = document.getElementById("door-scan");
  const camera = document.getElementById("camera");
  const picture = document.getElementById("camera-picture");
  const on = document.getElementById("camera-on");
  const off = document.getElementById("camera-off");
  const refused = document.getElementById("camera-refused");
  const offline = document.getElementById("door-offline");
  const canvas = document.createElement("canvas");
  let detector = null;
  let stream = null;
  let last = { code: "", at: 0 };
  let isSending = false;

  const kept = () => {
    try {
      return JSON.parse(window.localStorage.getItem(KEPT) ?? "[]");
    } catch {
      return [];
    }
  };

  const warn = (words) => {
    offline.querySelector("span").textContent = words;
    offline.hidden = words === "";
  };

  const keep = (codes) => {
    try {
      window.localStorage.setItem(KEPT, JSON.stringify(codes));
    } catch {
      /* A browser that keeps nothing says so by the line that stays hidden. */
    }
    warn(codes.length ? `${offline.dataset.kept} (${codes.length})` : "");
  };

  /* The new result in the place of the old; the camera goes on. */
  const put = (text) => {
    const fresh = new DOMParser().parseFromString(text, "text/html");
    for (const id of ["door-result", "door-count"]) {
      const found = fresh.getElementById(id);
      if (found) {
        document.getElementById(id).replaceChildren(...found.childNodes);
      }
    }
    document.getElementById("door-result").scrollIntoView({ block: "nearest" });
    navigator.vibrate?.(80);
  };

  const body = (said) => {
    const data = new FormData();
    data.set("csrf_token", form.elements.csrf_token.value);
    data.set("do", "scan");
    for (const [name, value] of Object.entries(said)) {
      data.set(name, value);
    }
    return data;
  };

  /* Whether the server answered; throws where nobody did. A picture without a code is answered with nothing. */
  const send = async (said) => {
    const answer = await fetch(form.action, {
      method: "POST",
      body: body(said),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    if (answer.status >= 500 || answer.status === 429) {
      throw new Error("away");
    }
    if (answer.status === 204) {
      return false;
    }
    put(await answer.text());
    return true;
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
      keep([...kept(), code]);
    }
  };

  const sendKept = async () => {
    for (let left = kept(); left.length > 0; left = left.slice(1)) {
      await send({ code: left[0] });
      keep(left.slice(1));
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
      if (await send({ quiet: "yes", picture: taken })) {
        last = { code: "", at: Date.now() };
      }
      keep(kept());
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

  if (navigator.mediaDevices?.getUserMedia) {
    on.hidden = false;
    on.addEventListener("click", start);
    off.addEventListener("click", stop);
  }
  document.getElementById("door-error")?.focus();
  keep(kept());
  window.setInterval(() => {
    if (kept().length > 0 && !isSending) {
      isSending = true;
      sendKept()
        .catch(() => undefined)
        .finally(() => {
          isSending = false;
        });
    }
  }, AGAIN_MS);
}
