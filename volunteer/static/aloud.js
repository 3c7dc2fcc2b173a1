/* Reading a page aloud, by a voice that lives on this device: no text goes anywhere. The buttons stay hidden where
   there is no such voice for the language of the page, and without this file. */
"use strict";

{
  const speech = window.speechSynthesis;
  const root = document.documentElement;
  const UNREAD = "button:not(.choice-press), .button, .button-quiet, .actions, script, style, template, noscript, svg, input, textarea, select, dialog, [aria-hidden=true], [hidden], [data-unread]";
  const short = (tag) => tag.toLowerCase().replace("_", "-").split("-")[0];
  let voices = [];
  let reading = null;

  /* The voice for a language: only one on this device, of the same country where there is one. */
  const voiceFor = (language) => {
    const known = voices.filter((voice) => voice.localService === true && short(voice.lang) === short(language));
    const from = known.find((voice) => voice.lang.replace("_", "-").toLowerCase().endsWith("-be"));
    return from ?? known.find((voice) => voice.default) ?? known[0];
  };

  const languageOf = (element) => element.closest("[lang]")?.lang || root.lang;

  const isShown = (element) => (element.checkVisibility ? element.checkVisibility() : element.offsetParent !== null);

  /* What is folded away is left out, unless the button names it. */
  const isRead = (element, part) => !element.closest(UNREAD) && (isShown(element) || !isShown(part));

  /* Answers that stand under every picture are read once. */
  const isRepeated = (element, heard) => {
    const options = element.closest(".pick-options");
    if (!options) {
      return false;
    }
    const words = options.textContent.replace(/\s+/g, " ");
    const first = heard.get(words);
    heard.set(words, first ?? options);
    return first !== undefined && first !== options;
  };

  /* What stands on lines of its own is said by itself. */
  const blockOf = (element, part) => {
    let block = element;
    while (block !== part && getComputedStyle(block).display.startsWith("inline")) {
      block = block.parentElement;
    }
    return block;
  };

  /* What a button reads: its parts by id, in their order; of an answer, its label. */
  const partsOf = (button) =>
    button.dataset.aloud.split(" ").flatMap((id) => {
      const part = document.getElementById(id);
      return part?.labels?.length ? [...part.labels] : part ? [part] : [];
    });

  /* Pieces of text in the order of the page: each of one block, in one language. */
  const piecesOf = (button) => {
    const pieces = [];
    const heard = new Map();
    for (const part of partsOf(button)) {
      const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        const text = walker.currentNode.data.replace(/\s+/g, " ");
        const element = walker.currentNode.parentElement;
        if (!text.trim() || !isRead(element, part) || isRepeated(element, heard)) {
          continue;
        }
        const block = blockOf(element, part);
        const language = languageOf(element);
        const last = pieces.at(-1);
        if (last && last.block === block && last.language === language) {
          last.text += text;
        } else {
          pieces.push({ text, block, language });
        }
      }
    }
    return pieces;
  };

  const mark = (block) => {
    document.querySelector(".aloud-now")?.classList.remove("aloud-now");
    block?.classList.add("aloud-now");
  };

  const stop = () => {
    reading?.button.setAttribute("aria-pressed", "false");
    reading = null;
    mark(null);
    speech.cancel();
  };

  /* One piece after the other, so that what is read can be marked. A language without a voice is left out. */
  const readOn = (mine) => {
    if (reading !== mine) {
      return;
    }
    const piece = mine.pieces.shift();
    if (!piece) {
      stop();
      return;
    }
    const voice = voiceFor(piece.language);
    if (!voice) {
      readOn(mine);
      return;
    }
    const words = new SpeechSynthesisUtterance(piece.text.trim());
    words.voice = voice;
    words.lang = voice.lang;
    words.rate = 0.95;
    words.addEventListener("end", () => readOn(mine));
    words.addEventListener("error", () => reading === mine && stop());
    mine.words = words;
    mark(piece.block);
    speech.speak(words);
  };

  const start = (button) => {
    stop();
    reading = { button, pieces: piecesOf(button) };
    button.setAttribute("aria-pressed", "true");
    readOn(reading);
  };

  const look = () => {
    voices = speech.getVoices();
    root.classList.toggle("can-listen", voiceFor(root.lang) !== undefined);
    if (reading && !voiceFor(root.lang)) {
      stop();
    }
  };

  if (speech && window.SpeechSynthesisUtterance) {
    /* Whatever the page before left unsaid. */
    speech.cancel();
    look();
    speech.addEventListener?.("voiceschanged", look);
    document.addEventListener("click", (event) => {
      const button = event.target.closest("[data-aloud]");
      if (button) {
        reading?.button === button ? stop() : start(button);
      }
    });
    window.addEventListener("pagehide", stop);
  }
}
