// Small comforts; the form is complete without them.
(() => {
  "use strict";
  const wrong = document.querySelector("[data-focus]");
  if (wrong) wrong.focus();

  // The cursor stands where somebody begins, but never at the cost of whom to call: that stays in sight above it.
  const begin = document.querySelector("[autofocus]");
  if (begin && !wrong) {
    const stay = () => window.requestAnimationFrame(() => window.scrollTo(0, 0));
    if (document.activeElement === begin) stay();
    else begin.addEventListener("focus", stay, { once: true });
    // From here on somebody goes there themselves.
    const leave = () => begin.removeEventListener("focus", stay);
    for (const act of ["pointerdown", "keydown"]) window.addEventListener(act, leave, { once: true, capture: true });
  }

  // A link of the error summary opens what its field is folded into.
  for (const link of document.querySelectorAll(".error-summary__list a")) {
    link.addEventListener("click", (event) => {
      const field = document.getElementById(link.hash.slice(1));
      if (!field) return;
      event.preventDefault();
      const folded = field.closest("details");
      if (folded) folded.open = true;
      field.focus();
    });
  }
})();
