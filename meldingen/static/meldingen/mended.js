// What is wrong in a form, for residents and for colleagues; without this script it stands until the form is sent again.
(() => {
  "use strict";
  const FIELD = ".utrecht-form-field--invalid, div.field.wrong";
  const GROUP = ".utrecht-form-fieldset--invalid, fieldset.field.wrong";
  // What is mended is wrong no more: its words go, and the summary with the last of them.
  const mend = (id) => {
    const field = document.getElementById(id);
    const box = field && field.closest(`${FIELD}, ${GROUP}`);
    if (box) {
      box.classList.remove("utrecht-form-field--invalid", "utrecht-form-fieldset--invalid", "wrong");
      for (const words of box.querySelectorAll(".utrecht-form-field-error-message, .errors")) words.remove();
    }
    if (field && field.hasAttribute("aria-invalid")) {
      field.removeAttribute("aria-invalid");
      const told = (field.getAttribute("aria-describedby") || "").split(" ").filter((each) => each && each !== `${id}_error`);
      if (told.length) field.setAttribute("aria-describedby", told.join(" "));
      else field.removeAttribute("aria-describedby");
    }
    const summary = document.querySelector("#fouten, .errornote");
    for (const link of summary ? summary.querySelectorAll("a") : []) {
      if (link.hash === `#${id}`) link.closest("li, p").remove();
    }
    if (summary && !summary.querySelector("a")) summary.remove();
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
  for (const group of document.querySelectorAll(GROUP)) {
    group.addEventListener("change", () => mend(group.id));
  }
  // Where one field mends another (a pin says the neighbourhood too), its script tells the id of the field that is right now:
  // document.dispatchEvent(new CustomEvent("mended", { detail: "id_buurt" }))
  document.addEventListener("mended", (event) => mend(event.detail));
})();
