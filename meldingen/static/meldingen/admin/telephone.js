/* While a colleague types, the page asks what fits: danger, likely categories, what is likely the same. It sends the
   form itself and takes parts of the page that comes back; without this script the buttons do the same. */
(function () {
  "use strict";
  const form = document.getElementById("telefoon");
  const look = form.querySelector("button[name=check]");
  const who = form.querySelector("button[name=who]");
  const store = form.querySelector("button[name=save]");
  const category = form.elements.category;
  const ALL = ["danger", "likely", "place", "same", "questions"];
  const PAUSE = 500;
  const asked = {};
  let waiting = 0;
  look.closest("[data-look]").hidden = true;

  // What the questions are: while the same are asked, what was typed in them since stays.
  function marks(part) {
    const mark = part.querySelector("input[type=hidden]");
    return mark && mark.value;
  }

  function put(page, name) {
    const here = form.querySelector(`[data-part=${name}]`);
    const there = page.querySelector(`[data-part=${name}]`);
    if (!here || !there || here.contains(document.activeElement) || here.innerHTML === there.innerHTML) {
      return;
    }
    if (name === "questions" && marks(here) === marks(there)) {
      return;
    }
    here.replaceChildren(...there.childNodes);
    const empty = form.querySelector("[data-empty]");
    if (empty && !page.querySelector("[data-empty]")) {
      empty.remove();
    }
  }

  function ask(button, parts) {
    const own = (asked[button.name] = (asked[button.name] || 0) + 1);
    fetch(form.action, { method: "POST", body: new FormData(form, button), credentials: "same-origin" })
      .then((answer) => (answer.ok ? answer.text() : Promise.reject(new Error(answer.statusText))))
      .then((text) => {
        if (own === asked[button.name]) {
          const page = new DOMParser().parseFromString(text, "text/html");
          parts.forEach((name) => put(page, name));
        }
      })
      .catch(() => {
        look.closest("[data-look]").hidden = false;
      });
  }

  function soon() {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(() => ask(look, ALL), PAUSE);
  }

  form.addEventListener("input", (event) => {
    if (["text", "place_text", "asset"].includes(event.target.name)) {
      soon();
    }
  });
  form.addEventListener("change", (event) => {
    if (["buurt", "category", "asset"].includes(event.target.name)) {
      ask(look, ALL);
    } else if (who && ["phone", "email"].includes(event.target.name) && event.target.value.trim()) {
      ask(who, ["earlier"]);
    }
  });
  document.addEventListener("address", () => ask(look, ALL));

  // One way to say where it is mends what was wrong of the others; so does a category that is chosen by its button.
  const mended = (...ids) => ids.forEach((id) => document.dispatchEvent(new CustomEvent("mended", { detail: id })));
  const PLACE = ["id_place_text", "id_buurt", "id_asset"];
  document.addEventListener("address", () => mended(...PLACE));
  form.addEventListener("change", (event) => {
    if (["buurt", "asset"].includes(event.target.name) && event.target.value) mended(...PLACE);
    else if (event.target.name === "danger_answer") mended("gevaar");
  });

  form.addEventListener("click", (event) => {
    const choice = event.target.closest("button[name=choose]");
    if (choice) {
      event.preventDefault();
      category.value = choice.value;
      mended("id_category");
      form.querySelectorAll("button[name=choose]").forEach((each) => {
        each.setAttribute("aria-pressed", String(each === choice));
      });
      ask(look, ALL);
    } else if (event.target.closest("button[name=who]")) {
      event.preventDefault();
      ask(who, ["earlier"]);
    }
  });
  // Enter in a field looks, and never stores half a call.
  form.addEventListener("submit", (event) => {
    if (event.submitter === look) {
      event.preventDefault();
      ask(look, ALL);
    }
  });
  // Who the caller is stands on this page alone, so the browser asks before a call that is not stored is left.
  let isUnsent = Boolean(form.elements.text.value.trim());
  if (isUnsent) {
    soon(); // typed before this script came
  }
  form.addEventListener("input", () => { isUnsent = true; });
  form.addEventListener("submit", (event) => { isUnsent = event.defaultPrevented && isUnsent; });
  document.addEventListener("over", () => { isUnsent = false; }); // who is logged out may not be kept here
  window.addEventListener("beforeunload", (event) => {
    if (isUnsent) {
      event.preventDefault();
    }
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      store.click();
    }
  });
})();
