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

  // What is mended is wrong no more: its words go, and the summary with the last of them.
  const mend = (id) => {
    const field = document.getElementById(id);
    const box = field && field.closest(".utrecht-form-field--invalid, .utrecht-form-fieldset--invalid");
    if (box) {
      box.classList.remove("utrecht-form-field--invalid", "utrecht-form-fieldset--invalid");
      for (const words of box.querySelectorAll(".utrecht-form-field-error-message")) words.remove();
    }
    if (field && field.hasAttribute("aria-invalid")) {
      field.removeAttribute("aria-invalid");
      const told = (field.getAttribute("aria-describedby") || "").split(" ").filter((each) => each && each !== `${id}_error`);
      if (told.length) field.setAttribute("aria-describedby", told.join(" "));
      else field.removeAttribute("aria-describedby");
    }
    for (const link of document.querySelectorAll(".error-summary__list a")) {
      if (link.hash === `#${id}`) link.closest("li").remove();
    }
    const summary = document.getElementById("fouten");
    if (summary && !summary.querySelector("li")) summary.remove();
  };
  for (const field of document.querySelectorAll("[aria-invalid=true]")) {
    const before = field.value;
    const look = () => {
      if (field.value !== before && field.checkValidity()) mend(field.id);
    };
    field.addEventListener("input", look);
    field.addEventListener("change", look);
  }
  // Of a group each choice is another answer.
  for (const group of document.querySelectorAll(".utrecht-form-fieldset--invalid")) {
    group.addEventListener("change", () => mend(group.id));
  }
  // Where one field mends another (a pin says the neighbourhood too), its script tells the id of the field that is right now:
  // document.dispatchEvent(new CustomEvent("mended", { detail: "id_buurt" }))
  document.addEventListener("mended", (event) => mend(event.detail));
})();
