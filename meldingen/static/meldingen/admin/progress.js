/* Follows what is being done: asks for the page again until it is done. Without this script a link does. */
(function () {
  "use strict";
  const EVERY = 1500;

  function follow(text) {
    const fresh = new DOMParser().parseFromString(text, "text/html");
    document.querySelectorAll("[data-follows]").forEach((part) => {
      const other = fresh.querySelector('[data-follows="' + part.dataset.follows + '"]');
      if (other) {
        part.replaceWith(other);
      }
    });
    document.title = fresh.title;
    const whole = document.querySelector("[data-file]");
    if (whole) {
      document.querySelector("#content h1").textContent = whole.dataset.title;
      window.location.assign(whole.dataset.file);
    }
  }

  function ask() {
    if (!document.querySelector("[data-busy]")) {
      return;
    }
    fetch(window.location.href, { credentials: "same-origin" })
      .then((answer) => (answer.ok ? answer.text() : Promise.reject(new Error(answer.status))))
      .then(follow)
      .catch(() => { /* the link stays */ })
      .finally(() => window.setTimeout(ask, EVERY));
  }

  window.setTimeout(ask, 500);
})();
