// Small comforts; the form is complete without them.
(() => {
  "use strict";
  const wrong = document.querySelector("[data-focus]");
  if (wrong) wrong.focus();

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
