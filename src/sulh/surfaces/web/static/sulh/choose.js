// A search field marked data-chooses narrows the list of that id; without JavaScript the list is scrolled instead.
"use strict";

for (const search of document.querySelectorAll("[data-chooses]")) {
  const choices = [...document.getElementById(search.dataset.chooses).querySelectorAll(".choice")];
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  search.closest("[hidden]").hidden = false;
  search.addEventListener("input", () => {
    const words = plain(search.value).split(/\s+/).filter(Boolean);
    for (const choice of choices) {
      const text = plain(choice.textContent);
      const ticked = choice.querySelector("input").checked;
      choice.hidden = !ticked && !words.every((word) => text.includes(word));
    }
  });
  search.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
}
