// Who does nothing for a while is asked whether they are there, and then logged out; what they typed stays in this tab.
(() => {
  "use strict";
  const dialog = document.querySelector("dialog.still-there");
  const WARNING = 120; // seconds before the end
  const EVERY = 60; // seconds between two words to the server that somebody types

  // What was typed, of this colleague in this tab: given back when the same field is there again and empty.
  const script = document.querySelector("script[data-colleague]");
  const user = script ? script.dataset.colleague : "";
  const PREFIX = "meldingen.typed.";
  const SENT = "meldingen.sent."; // and not yet known to have come over
  // An act on a melding has an address of its own, the same from each list and from the melding's own page.
  const keyOf = (field) => {
    const form = field.form ? field.form.getAttribute("action") || "" : "";
    const melding = new URLSearchParams(location.search).get("melding") || "";
    return `${PREFIX}${user} ${form || `${location.pathname} ${melding}`} ${field.name}`;
  };
  const store = (act) => {
    try {
      return act(window.sessionStorage);
    } catch {
      return null; // not allowed here, or full: the page itself still holds everything
    }
  };
  const keys = () => store((typed) => Object.keys(typed).filter((key) => key.startsWith(PREFIX))) || [];
  const forget = (key) => store((typed) => typed.removeItem(key));
  const move = (key, to) =>
    store((typed) => {
      const text = typed.getItem(key);
      typed.removeItem(key);
      if (text && to) typed.setItem(to, text);
    });
  for (const key of store((typed) => Object.keys(typed).filter((each) => each.startsWith(SENT))) || []) {
    move(key, user ? "" : PREFIX + key.slice(SENT.length)); // who is not logged in was not heard
  }
  if (!user) return;
  for (const key of keys()) if (!key.startsWith(`${PREFIX}${user} `)) forget(key);
  for (const field of document.querySelectorAll("form textarea[name]")) {
    const typed = store((kept) => kept.getItem(keyOf(field)));
    if (!typed) continue;
    // A text that a rule has ready is not what somebody typed.
    const isPrepared = field.form && field.form.querySelector("[data-prepared]");
    if (field.value && !isPrepared) forget(keyOf(field));
    else {
      field.value = typed;
      const folded = field.closest("details");
      if (folded) folded.open = true;
    }
  }
  document.addEventListener("input", (event) => {
    const field = event.target;
    if (!(field instanceof HTMLTextAreaElement) || !field.name || !field.form) return;
    if (field.value.trim()) store((typed) => typed.setItem(keyOf(field), field.value));
    else forget(keyOf(field));
  });
  document.addEventListener("submit", (event) => {
    if (event.target.id === "logout-form") for (const key of keys()) forget(key);
    // What was sent is no draft any more; what came to a page for who is logged out is given back after logging in.
    for (const field of event.target.querySelectorAll("textarea[name]")) {
      move(keyOf(field), SENT + keyOf(field).slice(PREFIX.length));
    }
  });

  if (!dialog) return; // a session that does not end by itself
  const total = Number(dialog.dataset.seconds);
  let end = Date.now() + total * 1000;
  let told = Date.now();
  let timer = 0;

  const ask = async (method) => {
    const headers = { "X-CSRFToken": dialog.querySelector("[name=csrfmiddlewaretoken]").value };
    try {
      const answer = await fetch(dialog.dataset.address, { method, headers, credentials: "same-origin" });
      const { seconds } = await answer.json();
      return typeof seconds === "number" ? seconds : total;
    } catch {
      return null; // without a connection nobody is logged out by this page
    }
  };
  const wait = (seconds) => {
    end = Date.now() + seconds * 1000;
    window.clearTimeout(timer);
    timer = window.setTimeout(look, Math.max(0, seconds - WARNING) * 1000);
  };
  const over = () => {
    document.dispatchEvent(new Event("over"));
    const back = encodeURIComponent(location.pathname + location.search);
    location.assign(`${dialog.dataset.login}?next=${back}`);
  };
  // Another tab may have been busy: the server knows.
  const look = async () => {
    const seconds = await ask("GET");
    if (seconds === null) return wait(WARNING + 30);
    if (seconds > WARNING + 1) {
      if (dialog.open) dialog.close("here");
      return wait(seconds);
    }
    if (seconds === 0) return over();
    if (!dialog.open) dialog.showModal();
    end = Date.now() + seconds * 1000;
    window.clearTimeout(timer);
    timer = window.setTimeout(look, Math.min(10, seconds + 1) * 1000);
    return undefined;
  };
  const stay = async () => {
    told = Date.now();
    const seconds = await ask("POST");
    if (seconds === 0) over();
    else if (seconds !== null) wait(seconds);
  };
  dialog.addEventListener("close", stay);
  // Typing is being there, though nothing is sent.
  document.addEventListener("keydown", () => {
    if (!dialog.open && Date.now() - told > EVERY * 1000) stay();
  });
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && Date.now() > end - WARNING * 1000) look();
  });
  wait(total);
})();
