/* The inbox and the page of one melding by keyboard: each key presses a link or a button that is on the page. Without this script every row is a link
   and every act a form. Keys are of this browser alone and can be switched off. */
(function () {
  "use strict";
  const OFF = "meldingen-keys-off";
  const BY_KEY = "meldingen-by-key";
  const SEEN_FIRST = "meldingen-last-act";
  const ACTS = { c: "recategorise", t: "assign", p: "hand-to", a: "answer", s: "close", n: "note" };
  const dialog = document.getElementById("toetsen");
  const box = document.getElementById("toetsen-aan");
  const find = (what) => document.querySelector(what);
  const chosen = find(".row[aria-current]");
  if (chosen) {
    chosen.scrollIntoView({ block: "nearest" });
    followKey();
  }

  // After j or k the focus is on the row that opened: Tab goes on from there.
  function followKey() {
    try {
      if (window.sessionStorage.getItem(BY_KEY)) {
        window.sessionStorage.removeItem(BY_KEY);
        chosen.focus({ preventScroll: true });
      }
    } catch (error) {
      /* then it is where a new page has it */
    }
  }

  function go(link) {
    try {
      if (link) window.sessionStorage.setItem(BY_KEY, "1");
    } catch (error) {
      /* as above */
    }
    return press(link);
  }

  const refused = find("[data-refused]"); // above the form, which stays open far below it
  if (refused) {
    refused.focus();
    refused.scrollIntoView({ block: "nearest" });
  }

  const bar = find("form[data-undo]");
  if (bar) {
    keepWhereSeenFirst(bar);
  }

  function isOff() {
    try {
      return window.localStorage.getItem(OFF) === "1";
    } catch (error) {
      return false;
    }
  }

  function keep(off) {
    try {
      window.localStorage.setItem(OFF, off ? "1" : "0");
    } catch (error) {
      /* a browser that keeps nothing keeps the keys on */
    }
    show();
  }

  function show() {
    document.querySelectorAll("kbd[hidden], kbd[data-shown]").forEach((each) => {
      each.hidden = isOff();
      each.dataset.shown = "";
    });
  }

  function press(what) {
    if (what) {
      what.click();
    }
    return Boolean(what);
  }

  // Whether what was done last is of the melding in view, or was done just now and this is the page that came after it.
  function isOfThisPage(bar) {
    const row = chosen && chosen.parentElement.querySelector(".row-tick input");
    const isOwn = location.pathname === bar.dataset.page;
    if (isOwn || (row && row.value === bar.dataset.melding)) {
      return true;
    }
    try {
      const [act, page] = JSON.parse(window.sessionStorage.getItem(SEEN_FIRST) || "[]");
      return act === bar.dataset.undo && page === location.href;
    } catch (error) {
      return false;
    }
  }

  function keepWhereSeenFirst(bar) {
    try {
      const [act] = JSON.parse(window.sessionStorage.getItem(SEEN_FIRST) || "[]");
      if (act !== bar.dataset.undo) {
        window.sessionStorage.setItem(SEEN_FIRST, JSON.stringify([bar.dataset.undo, location.href]));
      }
    } catch (error) {
      /* then only the page of that melding undoes at once */
    }
  }

  function undo(button) {
    if (!button || document.activeElement === button || isOfThisPage(button.form)) {
      return press(button);
    }
    button.focus(); // it says of which melding it is; the key once more does it
    button.scrollIntoView({ block: "nearest" });
    return true;
  }

  function openAct(name) {
    const act = document.getElementById("actie-" + name);
    if (!act) {
      return false;
    }
    act.open = true;
    const field = act.querySelector("select:not([data-standard]), textarea, input:not([type=hidden])");
    (field || act.querySelector("button")).focus();
    act.scrollIntoView({ block: "nearest" });
    return true;
  }

  function act(key) {
    if (key === "j") {
      return go(find(".pane-steps a[rel=next]") || (chosen ? null : find(".row")));
    }
    if (key === "k") {
      return go(find(".pane-steps a[rel=prev]"));
    }
    if ("123".includes(key)) {
      return press(document.querySelectorAll(".guesses button")[Number(key) - 1]);
    }
    if (key === "Enter") {
      return press(find(".guesses button.sure"));
    }
    if (key === "u") {
      return undo(find("form[data-undo] button"));
    }
    if (key === "x") {
      return press(chosen && chosen.parentElement.querySelector(".row-tick input"));
    }
    if (key === "b") {
      const bar = find("#velen[data-chosen] .bulk-acts button");
      if (bar) bar.focus();
      return Boolean(bar);
    }
    return Boolean(ACTS[key]) && openAct(ACTS[key]);
  }

  function isTyping(target) {
    return target.closest("input, select, textarea, [contenteditable], dialog");
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat || isTyping(event.target)) {
      return;
    }
    if (event.key === "?") {
      event.preventDefault();
      dialog.showModal();
      return;
    }
    if (isOff() || (event.key === "Enter" && event.target !== document.body && event.target !== chosen)) {
      return;
    }
    if (act(event.key)) {
      event.preventDefault();
    }
  });

  document.querySelectorAll("details.action > summary").forEach((summary) => {
    summary.addEventListener("click", () => {
      // Open only after this click: then as much of the form as fits comes into sight.
      window.requestAnimationFrame(() => summary.parentElement.scrollIntoView({ block: "nearest" }));
    });
  });

  box.checked = !isOff();
  box.addEventListener("change", () => keep(!box.checked));
  find("[data-keys]").hidden = false;
  find("[data-keys] button").addEventListener("click", () => dialog.showModal());
  show();
})();
