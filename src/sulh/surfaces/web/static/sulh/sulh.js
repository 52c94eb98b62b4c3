// Small helps; every page works without them.
"use strict";

// A select or checkbox marked data-submit sends its form at once; the button that does it otherwise is hidden.
document.addEventListener("change", (event) => {
  if (event.target.closest("[data-submit]")) event.target.form.requestSubmit();
});

// After a part of the page is exchanged, the focus goes where the server says.
document.addEventListener("htmx:after:swap", () => {
  const next = document.querySelector("[data-focus]");
  if (next) next.focus({ preventScroll: false });
});
