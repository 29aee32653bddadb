/* What follows of a choice is shown as soon as something is chosen. Without this script the button "Look first" asks
   the same of the server, on a page of its own. */
(function () {
  "use strict";
  document.querySelectorAll("form[data-previews]").forEach((form) => {
    const button = form.querySelector("button[name=check]");
    let asked = 0;
    button.hidden = true;
    form.addEventListener("change", () => {
      const own = (asked += 1);
      const said = new FormData(form, button);
      fetch(form.action, { method: "POST", body: said, credentials: "same-origin" })
        .then((answer) => (answer.ok ? answer.text() : Promise.reject(new Error(answer.statusText))))
        .then((text) => {
          const page = new DOMParser().parseFromString(text, "text/html");
          const shown = page.querySelector("[data-foreseen]");
          if (own === asked && shown) {
            form.querySelector("[data-foreseen]").replaceChildren(...shown.children);
          }
        })
        .catch(() => {
          button.hidden = false;
        });
    });
  });
})();
/* A standard text that is chosen stands in the box at once, to be changed before it is sent, and how it ended goes with
   it. Without this script the
   button "Put it in" does the same. */
(function () {
  "use strict";
  document.querySelectorAll("select[data-standard]").forEach((select) => {
    const box = select.form.querySelector("textarea[name=text]");
    let last = "";
    select.form.querySelector("[data-fill]").hidden = true;
    select.addEventListener("change", () => {
      const text = select.selectedOptions[0].dataset.text || "";
      const typed = box.value.trim();
      box.value = typed && typed !== last.trim() ? box.value.replace(last, "").trimEnd() + "\n\n" + text : text;
      last = text;
      const ending = select.selectedOptions[0].dataset.ending;
      const outcome = select.form.querySelector("select[name=outcome]");
      if (outcome && ending && outcome.value.split("/")[0] !== ending) {
        outcome.value = ending;
      }
    });
  });
})();
