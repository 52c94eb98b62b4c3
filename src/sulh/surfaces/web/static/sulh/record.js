// The rapporteur's page: every pause is saved, in the order of typing, and sent again until the server has
// acknowledged it. The page does the same without this file, one button press a point.
"use strict";

(() => {
  const record = document.getElementById("record");
  if (!record) return;
  const said = record.dataset;
  const list = document.getElementById("points");
  const state = document.getElementById("saved");
  const PAUSE = 600, SLOWEST = 30_000, LOOK = 10_000, SLOW = 3_000, PATIENCE = 15_000;
  const pristine = list.querySelector("#new").cloneNode(true);
  pristine.querySelector("textarea").textContent = "";
  pristine.querySelector("textarea").removeAttribute("autofocus");

  let keeps = said.keeps === "yes";
  let token = list.querySelector("[name=csrfmiddlewaretoken]").value;
  let busy = false, failures = 0, trouble = "", timer = 0, retry = 0, savedAt = "";
  const boxes = new Map();

  // One box a point. "acknowledged" is what the server is known to hold; "sent" is what was sent and not yet
  // acknowledged: it is sent again exactly so, until it is, and only then what was typed meanwhile.
  function adopt(item) {
    const form = item.querySelector("form");
    const box = {
      item, form, text: form.elements.text, kind: form.elements.kind, theme: form.elements.theme,
      key: item.dataset.key, version: Number(item.dataset.version), sent: null, refused: "", stored: false,
    };
    box.acknowledged = contents(box);
    if (box.version === 0) box.acknowledged.text = "";
    boxes.set(box.key, box);
    item.box = box;
    return box;
  }

  const contents = (box) => ({ text: box.text.value.trim(), kind: box.kind.value, theme: box.theme.value });
  const same = (a, b) => a.text === b.text && a.kind === b.kind && a.theme === b.theme;
  const isFresh = (box) => box.version === 0 && !box.sent;
  const isUnsaved = (box) => Boolean(box.sent) ||
    (isFresh(box) ? contents(box).text !== "" : !same(contents(box), box.acknowledged));
  const inOrder = () => [...list.children].map((item) => item.box);
  const unsaved = () => inOrder().filter(isUnsaved);

  function newKey() {
    if (crypto.randomUUID) return crypto.randomUUID();
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
  }

  function makeBox(key, told, before) {
    const item = pristine.cloneNode(true);
    item.removeAttribute("id");
    item.dataset.key = key;
    item.dataset.version = told.version;
    const form = item.querySelector("form");
    form.elements.text.value = told.text;
    form.elements.kind.value = told.kind;
    form.elements.theme.value = told.theme;
    list.insertBefore(item, before);
    const box = adopt(item);
    if (told.version) show(box, told);
    return box;
  }

  const fresh = () => list.lastElementChild.box;

  function addFresh(kind) {
    list.lastElementChild.removeAttribute("id");
    const box = makeBox(newKey(), { text: "", kind, theme: "", version: 0 }, null);
    box.item.id = "new";
    return box;
  }

  // What the page says

  function show(box, told) {
    box.item.querySelector("[data-other]").hidden = !told.other;
    box.item.querySelector("[data-held]").hidden = told.neutral !== false;
    const notes = box.item.querySelector("[data-notes]");
    notes.replaceChildren(...told.notes.map((note) => {
      const line = document.createElement("p");
      line.className = note.blocks ? "finding finding-blocks" : "finding";
      const words = document.createElement("strong");
      words.dir = "auto";
      words.textContent = `“${note.text}”`;
      line.append(words, " ", note.why);
      if (note.neutral) {
        const instead = document.createElement("em");
        instead.dir = "auto";
        instead.textContent = note.neutral;
        line.append(" ", said.saidInstead, " ", instead);
      }
      if (note.blocks) line.append(" ", `(${said.saidHolds})`);
      return line;
    }));
  }

  function tell(box, words) {
    const line = document.createElement("p");
    line.className = "finding";
    line.textContent = words;
    box.item.querySelector("[data-notes]").append(line);
  }

  function report() {
    const waiting = unsaved();
    for (const box of boxes.values()) box.item.classList.toggle("is-unsaved", isUnsaved(box));
    const refused = waiting.filter((box) => box.refused).length;
    let words = said.saidReady;
    if (waiting.length && trouble) words = said[trouble].replace("{n}", waiting.length);
    else if (waiting.length && refused === waiting.length) words = said.saidRefused.replace("{n}", refused);
    else if (waiting.length) words = said.saidSaving;
    else if (savedAt) words = said.saidSaved.replace("{time}", savedAt);
    if (state.textContent !== words) state.textContent = words;
    state.classList.toggle("is-waiting", waiting.length > 0 && (Boolean(trouble) || refused > 0));
    state.dataset.waiting = waiting.length;
  }

  // What is not saved yet is kept in the browser only while the line is down, and only below the level from which
  // nothing may stay on the device.

  const store = (() => {
    let opened = null;
    const open = () => opened ??= new Promise((done, fail) => {
      const asked = indexedDB.open("sulh-record", 1);
      asked.onupgradeneeded = () => asked.result.createObjectStore("unsaved");
      asked.onsuccess = () => done(asked.result);
      asked.onerror = () => fail(asked.error);
    });
    async function run(mode, work) {
      try {
        const database = await open();
        return await new Promise((done, fail) => {
          const change = database.transaction("unsaved", mode);
          const asked = work(change.objectStore("unsaved"));
          change.oncomplete = () => done(asked.result);
          change.onerror = change.onabort = () => fail(change.error);
        });
      } catch { return undefined; }  // no such store in this browser: the page alone keeps it
    }
    const place = (key) => `${said.session}/${key}`;
    return {
      put: (key, value) => run("readwrite", (rows) => rows.put(value, place(key))),
      drop: (key) => run("readwrite", (rows) => rows.delete(place(key))),
      all: () => run("readonly", (rows) => rows.getAll(IDBKeyRange.bound(place(""), place("\uffff")))),
      dropAll: () => run("readwrite", (rows) => rows.delete(IDBKeyRange.bound(place(""), place("\uffff")))),
    };
  })();

  function keepUnsaved() {
    if (!keeps || !trouble) return;
    for (const box of unsaved()) {
      box.stored = true;
      store.put(box.key, { key: box.key, version: box.version, sent: box.sent, ...contents(box) });
    }
  }

  function forget(box) {
    if (!box.stored) return;
    box.stored = false;
    store.drop(box.key);
  }

  async function takeUpUnsaved() {
    const rows = await store.all() ?? [];
    for (const row of rows) {
      let box = boxes.get(row.key);
      if (!box) box = makeBox(row.key, { ...row, version: 0 }, fresh().item);
      box.version = row.version;
      box.sent = row.sent;
      box.stored = keeps;
      box.text.value = row.text;
      box.kind.value = row.kind;
      box.theme.value = row.theme;
      if (!isUnsaved(box)) forget(box);
    }
    if (!keeps) await store.dropAll();
    report();
    if (rows.length) send();
  }

  // Saving

  function soon() {
    clearTimeout(timer);
    timer = setTimeout(() => { keepUnsaved(); send(); }, PAUSE);
    report();
  }

  async function send() {
    clearTimeout(timer);
    clearTimeout(retry);
    if (busy) return;
    const box = inOrder().find((one) => isUnsaved(one) && !one.refused);
    if (!box) return report();
    busy = true;
    box.sent ??= { ...contents(box), version: box.version };
    report();
    let again = 0;
    try {
      again = await post(box);
    } catch {
      again = failed("saidDown");
    }
    busy = false;
    keepUnsaved();
    report();
    if (again > 0) retry = setTimeout(send, again);
    else if (again === 0) send();
  }

  // Returns after how many milliseconds to send on: 0 for at once, -1 for not until something is typed.
  async function post(box) {
    const body = new URLSearchParams({ ...box.sent, key: box.key, csrfmiddlewaretoken: token });
    const patience = new AbortController();
    const giveUp = setTimeout(() => patience.abort(), PATIENCE);
    const slow = setTimeout(() => { trouble = "saidDown"; keepUnsaved(); report(); }, SLOW);
    let response;
    try {
      response = await fetch(said.save, {
        method: "POST", body, redirect: "manual", signal: patience.signal, keepalive: body.toString().length < 60_000,
        headers: { Accept: "application/json", "X-CSRFToken": token },
      });
    } finally {
      clearTimeout(giveUp);
      clearTimeout(slow);
    }
    if (response.type === "opaqueredirect") return failed("saidOut");
    if (response.status === 404) return failed("saidGone");
    if (response.status === 403) {
      await look();  // brings a fresh token, where only that was missing
      return failed("saidOut");
    }
    if (response.status === 422) {
      box.refused = (await response.json()).refused;
      box.sent = null;
      tell(box, box.refused);
      trouble = "";
      return 0;
    }
    if (!response.ok) return failed("saidDown");
    acknowledge(box, await response.json());
    return 0;
  }

  function failed(why) {
    trouble = why;
    failures += 1;
    return Math.min(SLOWEST, 1000 * 2 ** (failures - 1));
  }

  function acknowledge(box, answer) {
    failures = 0;
    trouble = "";
    savedAt = new Date().toLocaleTimeString(document.documentElement.lang, { hour12: false });
    const wasSent = box.sent;
    box.sent = null;
    levelIs(answer.level);
    if (answer.other) {
      // Somebody else was first: this box becomes the other wording, and theirs is put before it.
      const theirs = answer.point;
      forget(box);
      boxes.delete(box.key);
      box.key = answer.other.key;
      box.item.dataset.key = box.key;
      boxes.set(box.key, box);
      box.version = answer.other.version;
      box.acknowledged = { text: wasSent.text, kind: wasSent.kind, theme: wasSent.theme };
      makeBox(theirs.key, theirs, box.item);
      show(box, answer.other);
      tell(box, said.saidBoth);
      return;
    }
    box.version = answer.point.version;
    box.acknowledged = { text: answer.point.text, kind: answer.point.kind, theme: answer.point.theme };
    if (same(contents(box), wasSent) && !same(box.acknowledged, wasSent)) fill(box, answer.point);
    forget(box);
    show(box, answer.point);
    if (!contents(box).text && !box.acknowledged.text && box.text !== document.activeElement) return drop(box);
    if (box === fresh() && box.text !== document.activeElement) addFresh(box.kind.value);
  }

  function fill(box, told) {
    box.version = told.version;
    box.text.value = told.text;
    box.kind.value = told.kind;
    box.theme.value = told.theme;
    box.acknowledged = contents(box);
    show(box, told);
  }

  function levelIs(level) {
    said.level ??= level;
    if (Number(said.level) === level) return;
    said.level = level;
    if (level >= 5 && keeps) {
      keeps = false;
      store.dropAll();
    }
    tell(fresh(), said.saidLevel);
  }

  // What somebody else wrote meanwhile

  async function look() {
    const response = await fetch(said.save, { headers: { Accept: "application/json" }, redirect: "manual" });
    if (!response.ok) return;
    const now = await response.json();
    token = now.token;
    levelIs(now.level);
    const there = new Set(now.points.map((point) => point.key));
    for (const point of now.points) {
      const box = boxes.get(point.key);
      if (!box) makeBox(point.key, point, fresh().item);
      else if (point.version > box.version && !isUnsaved(box) && box.text !== document.activeElement) fill(box, point);
    }
    for (const box of inOrder()) {
      if (box.version && !there.has(box.key) && !isUnsaved(box) && box.text !== document.activeElement) drop(box);
    }
  }

  function drop(box) {
    if (box === fresh()) addFresh(box.kind.value);
    boxes.delete(box.key);
    box.item.remove();
  }

  setInterval(() => {
    if (!busy && !trouble && document.visibilityState === "visible") look().then(report, () => {});
  }, LOOK);

  // The keyboard

  function go(box, toEnd = true) {
    if (!box) return;
    box.text.focus();
    const at = toEnd ? box.text.value.length : 0;
    box.text.setSelectionRange(at, at);
    box.item.scrollIntoView({ block: "nearest" });
  }

  list.addEventListener("keydown", (event) => {
    const box = event.target.closest("[data-box]")?.box;
    if (!box || event.isComposing) return;
    const number = /^Digit([1-9])$/.exec(event.code)?.[1];
    if (event.altKey && !event.ctrlKey && !event.metaKey && number) {
      const option = box.kind.options[Number(number) - 1];
      if (!option) return;
      event.preventDefault();
      box.kind.value = option.value;
      box.refused = "";
      soon();
      return;
    }
    if (event.target !== box.text || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      if (box === fresh() && contents(box).text) addFresh(box.kind.value);
      go(fresh());
      send();
    } else if (event.key === "ArrowUp" || event.key === "ArrowDown") {
      const up = event.key === "ArrowUp", before = box.text.selectionStart;
      if (event.shiftKey || before !== box.text.selectionEnd) return;
      // The browser moves the caret first; where it could not, this was the edge of the point.
      requestAnimationFrame(() => {
        const next = up ? box.item.previousElementSibling : box.item.nextElementSibling;
        const style = getComputedStyle(box.text);
        const inside = box.text.clientHeight - parseFloat(style.paddingBlockStart) - parseFloat(style.paddingBlockEnd);
        const oneLine = !box.text.value.includes("\n") && inside < 2 * parseFloat(style.lineHeight);
        if (next && (oneLine || box.text.selectionStart === before)) go(next.box);
      });
    } else if (event.key === "Backspace" && !box.text.value && box !== fresh()) {
      event.preventDefault();
      go((box.item.previousElementSibling ?? box.item.nextElementSibling).box);
      send();
    }
  });

  list.addEventListener("input", (event) => {
    const box = event.target.closest("[data-box]")?.box;
    if (!box) return;
    box.refused = "";
    soon();
  });

  // A point that was emptied and left is no point any more.
  list.addEventListener("focusout", (event) => {
    const box = event.target.closest("[data-box]")?.box;
    if (!box || box.item.contains(event.relatedTarget)) return;
    if (box === fresh() && box.version) addFresh(box.kind.value);
    send();
    if (!contents(box).text && box !== fresh() && isFresh(box)) drop(box);
  });

  list.addEventListener("submit", (event) => {
    event.preventDefault();
    send();
  });

  addEventListener("online", () => { failures = 0; send(); });
  addEventListener("pagehide", send);
  document.addEventListener("visibilitychange", send);
  addEventListener("beforeunload", (event) => {
    if (unsaved().length) event.preventDefault();
  });

  document.documentElement.classList.add("scripted");
  for (const item of [...list.children]) adopt(item);
  report();
  takeUpUnsaved();
  go(fresh());
})();
