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
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat && event.key.length === 1) return;
    if (event.target.matches?.("[data-split] button[name=at]") && /^(Arrow|Home|End)/.test(event.key)) return arrowsAmongWords(event);
    const review = document.getElementById("review");
    if (!review) return;
    const key = event.key.toLowerCase();
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
    } else {
      pressed.click();
    }
  });

  // Marked words: where they stand is counted in characters (code points) from the beginning of their line.
  function place(node, offset) {
    const line = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest?.("[data-at]");
    if (!line) return null;
    const before = document.createRange();
    before.setStart(line, 0);
    before.setEnd(node, offset);
    return Number(line.dataset.at) + [...before.toString()].length;
  }

  function marked() {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    const text = document.querySelector("[data-document]");
    if (!text?.contains(range.commonAncestorContainer)) return null;
    const words = selection.toString().trim();
    const start = place(range.startContainer, range.startOffset);
    const end = place(range.endContainer, range.endOffset);
    return words && { words, start: start ?? "", end: end ?? "" };
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

  function arrive() {
    const toggle = document.querySelector("[data-keys-switch]");
    if (toggle) {
      toggle.hidden = false;
      toggle.querySelector("input").checked = keysAreOn();
    }
    const current = document.querySelector(".found-current");
    if (current) {
      const box = current.getBoundingClientRect();
      const foot = matchMedia("(max-width: 59.99rem)").matches ? innerHeight * 0.35 : innerHeight - 80;
      if (box.top < 70 || box.bottom > foot) current.scrollIntoView({ block: "start" });
    }
  }

  document.addEventListener("change", (event) => {
    if (event.target.id !== "keys-on") return;
    try { localStorage.setItem(SWITCH, event.target.checked ? "on" : "off"); } catch { /* private window: for this page only */ }
  });
  document.addEventListener("htmx:after:swap", arrive);
  arrive();
  document.querySelector("[data-focus]")?.focus({ preventScroll: true });
})();
