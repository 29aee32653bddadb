/* The key / goes to the search box of the page, and to that of the inbox where the page has none: not from what somebody
   typed, and not where they turned shortcut keys off (inbox.js). */
(function () {
  "use strict";
  const inbox = document.currentScript.dataset.inbox;
  const box = document.querySelector("#zoek, #searchbar");
  if (box && window.location.hash === "#zoek") box.focus();

  function isOff() {
    try {
      return window.localStorage.getItem("meldingen-keys-off") === "1";
    } catch (error) {
      return false;
    }
  }

  function isTyped() {
    const fields = document.querySelectorAll("textarea, input:not([type=hidden], [type=checkbox], [type=radio], [type=file])");
    return [...fields].some((each) => each.value !== each.defaultValue);
  }

  document.addEventListener("keydown", (event) => {
    const isOther = event.key !== "/" || event.ctrlKey || event.altKey || event.metaKey || event.repeat;
    if (isOther || event.target.closest("input, select, textarea, [contenteditable], dialog") || isOff()) {
      return;
    }
    if (box) {
      event.preventDefault();
      box.focus();
    } else if (inbox && !isTyped()) {
      event.preventDefault();
      window.location.assign(`${inbox}#zoek`);
    }
  });
})();
