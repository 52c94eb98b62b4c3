// The review of a document by keyboard and mouse. Every key presses a button or follows a link that is on the page,
// so the page does the same without this file.
"use strict";

(() => {
  const SWITCH = "sulh-review-keys";
  const typing = (element) => element.closest("textarea, select, [contenteditable]") ||
    (element.matches("input") && !["radio", "checkbox", "submit", "button"].includes(element.type));

  function keysAreOn() {
    try { return localStorage.getItem(SWITCH) !== "off"; } catch { return true; }
  }

  // On an Urdu or Pashto keyboard the key that bears A sends another letter: then its place on the keyboard counts.
  function keyOf(event) {
    const place = /^(?:Key([A-Z])|Digit([0-9]))$/.exec(event.code);
    const foreign = event.key.length === 1 && event.key > "~";
    return (foreign && place ? place[1] ?? place[2] : event.key).toLowerCase();
  }

  function arrowsAmongWords(event) {
    const words = [...event.target.closest("[data-split]").querySelectorAll("button[name=at]")];
    const at = words.indexOf(event.target);
    const rightToLeft = getComputedStyle(event.target.parentElement).direction === "rtl";
    const step = { ArrowRight: rightToLeft ? -1 : 1, ArrowLeft: rightToLeft ? 1 : -1, ArrowDown: 1, ArrowUp: -1 }[event.key];
    const next = event.key === "Home" ? words[0] : event.key === "End" ? words.at(-1) : step && words[at + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
  }

  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) return void event.target.closest?.("[data-sent-by-keys]")?.querySelector("button").click();
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat && event.key.length === 1) return;
    if (event.target.matches?.("[data-split] button[name=at]") && /^(Arrow|Home|End)/.test(event.key)) return arrowsAmongWords(event);
    if (event.target.id === "lineage-search" && event.key === "ArrowDown") {
      const first = document.querySelector("#found-lineages input");
      if (first) { event.preventDefault(); first.checked = true; first.focus(); }
      return;
    }
    const review = document.getElementById("review");
    if (!review) return;
    const key = keyOf(event);
    if (event.target.closest && typing(event.target) && key !== "escape") return;
    if (key !== "escape" && !keysAreOn()) return;
    if (key === "?") {
      const keys = document.getElementById("keys");
      keys.open = !keys.open;
      if (keys.open) keys.querySelector("summary").focus();
      return;
    }
    if (key === "escape" && document.getElementById("keys").open) {
      document.getElementById("keys").open = false;
      return;
    }
    const pressed = review.querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (!pressed) return;
    event.preventDefault();
    if (pressed.matches("input")) {
      pressed.focus();
      if (pressed.type === "radio") pressed.checked = true; else pressed.select();
    } else if (pressed.matches("summary")) {
      pressed.parentElement.open = true;
      pressed.parentElement.querySelector("textarea").focus();
    } else {
      pressed.click();
    }
  });

  // Marked words: where they stand is counted in characters (code points) of the text, from the beginning of their
  // line. A word that is marked in part is taken whole.
  const letter = /[\p{L}\p{M}\p{N}]/u;

  function place(node, offset, step) {
    const line = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest?.("[data-at]");
    if (!line) return null;
    const before = document.createRange();
    before.setStart(line, 0);
    before.setEnd(node, offset);
    const characters = [...line.textContent];
    let at = [...before.toString()].length;
    const inside = () => at > 0 && at < characters.length && letter.test(characters[at - 1]) && letter.test(characters[at]);
    while (inside()) at += step;
    return Number(line.dataset.at) + at;
  }

  function wordsBetween(start, end) {
    const words = [];
    for (const line of document.querySelectorAll("[data-document] [data-at]")) {
      const at = Number(line.dataset.at), characters = [...line.textContent];
      if (at < end && at + characters.length > start) words.push(characters.slice(Math.max(0, start - at), end - at).join(""));
    }
    return words.join("\n").trim();
  }

  function marked() {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    const text = document.querySelector("[data-document]");
    if (!text?.contains(range.commonAncestorContainer) || !selection.toString().trim()) return null;
    const start = place(range.startContainer, range.startOffset, -1);
    const end = place(range.endContainer, range.endOffset, 1);
    if (start === null || end === null) return { words: selection.toString().trim(), start: "", end: "" };
    return { words: wordsBetween(start, end), start, end };
  }

  document.addEventListener("selectionchange", () => {
    const bar = document.querySelector("[data-marked]");
    if (!bar) return;
    const found = marked();
    bar.hidden = !found;
    if (!found) return;
    for (const name of ["words", "start", "end"]) bar.elements[name].value = found[name];
    bar.querySelector("[data-marked-words]").textContent = found.words;
  });

  document.addEventListener("click", (event) => {
    const use = event.target.closest("[data-use-marked]");
    if (use) {
      const form = document.querySelector("[data-correct]");
      for (const name of ["words", "start", "end"]) form.elements[name].value = use.form.elements[name].value;
      getSelection().removeAllRanges();
      form.elements.words.focus();
    } else if (event.target.closest(".found a") && marked()) {
      event.preventDefault();
      event.stopPropagation();
    }
  }, true);

  // Words that were typed over no longer stand where they were marked.
  document.addEventListener("input", (event) => {
    const form = event.target.closest("[data-correct]");
    if (form && event.target.name === "words") form.elements.start.value = form.elements.end.value = "";
  });

  // The focus is taken once, when a card appears: not again when only the found lineages change.
  function arrive() {
    const asked = document.querySelector("#review [data-focus]");
    if (asked) {
      asked.focus({ preventScroll: true });
      asked.removeAttribute("data-focus");
    }
    const toggle = document.querySelector("[data-keys-switch]");
    if (toggle) {
      toggle.hidden = false;
      toggle.querySelector("input").checked = keysAreOn();
    }
    const current = document.querySelector(".found-current");
    if (current) {
      const box = current.getBoundingClientRect();
      const foot = matchMedia("(max-width: 59.99rem)").matches ? innerHeight * 0.5 : innerHeight - 80;
      if (box.top < 70 || box.bottom > foot) current.scrollIntoView({ block: "start" });
    }
  }

  document.addEventListener("change", (event) => {
    if (event.target.id !== "keys-on") return;
    try { localStorage.setItem(SWITCH, event.target.checked ? "on" : "off"); } catch { /* private window: for this page only */ }
  });
  document.addEventListener("htmx:after:swap", arrive);
  document.documentElement.classList.add("scripted");
  arrive();
})();
