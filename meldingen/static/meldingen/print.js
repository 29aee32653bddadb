// A button that prints the page: shown only where scripts run, for it can do nothing without them.
"use strict";
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
