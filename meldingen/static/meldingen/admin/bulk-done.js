/* What was ticked in lists (bulk.js) is done with from here: the next act begins with nothing. */
(function () {
  "use strict";
  const form = document.querySelector(".bulk-form");
  form.addEventListener("submit", (event) => {
    if (event.submitter && event.submitter.name === "check") {
      return;
    }
    try {
      Object.keys(window.sessionStorage)
        .filter((key) => key.startsWith("velen:"))
        .forEach((key) => window.sessionStorage.removeItem(key));
    } catch (error) {
      /* a browser that keeps nothing has nothing to forget */
    }
  });
})();
