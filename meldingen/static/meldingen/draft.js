// A report that was begun stays in the visitor's own browser for a day: words, place and subject, never who they are.
// Who comes back goes on where they were, or begins anew; what was sent is forgotten.
(() => {
  "use strict";
  const KEY = "meldingen.draft";
  const DAY = 24 * 60 * 60 * 1000;
  const FIELDS = ["text", "category", "main_subject", "place_text", "choice", "asset", "buurt", "latitude", "longitude", "precision", "answers", "submission_key", "photos", "photo_names", "second_text", "two_answer", "two_text", "is_changing"];
  // Fields of the questions of a subject, whose names a town chooses.
  const QUESTIONS = "vraag-";

  const read = () => {
    try {
      const draft = JSON.parse(localStorage.getItem(KEY) || "null");
      if (draft && Date.now() - draft.at < DAY && typeof draft.fields.text === "string") return draft;
    } catch {
      return null; // another page wrote something else there, or nothing may be kept
    }
    forget();
    return null;
  };
  const forget = () => {
    try {
      localStorage.removeItem(KEY);
    } catch {
      return;
    }
  };

  if (document.querySelector("[data-draft-sent]")) forget();
  const form = document.querySelector("form[data-draft]");
  if (!form) return;
  const value = (name) => {
    const field = form.elements.namedItem(name);
    return field && typeof field.value === "string" ? field.value : "";
  };

  // What was begun before is offered where somebody begins, and kept until they choose.
  const offer = document.getElementById("begonnen");
  const before = offer && !value("text") ? read() : null;
  let waits = Boolean(before);
  if (before) {
    const way = offer.querySelector("form");
    const add = (name, text) => {
      const field = document.createElement("input");
      field.type = "hidden";
      field.name = name;
      field.value = text;
      way.append(field);
    };
    const names = Object.keys(before.fields).filter((name) => FIELDS.includes(name) || name.startsWith(QUESTIONS));
    for (const name of names) if (typeof before.fields[name] === "string" && before.fields[name]) add(name, before.fields[name]);
    // The last page shows what was checked, so it is reached from the one before it.
    const isLast = before.step === offer.dataset.last;
    add("step", isLast ? offer.dataset.before : offer.dataset.last);
    add("go", isLast ? "next" : String(before.step));
    add("resumed", "1");
    offer.querySelector("[data-words]").textContent = before.fields.text.length > 90 ? `${before.fields.text.slice(0, 90)}…` : before.fields.text;
    offer.querySelector("[data-anew]").addEventListener("click", () => {
      forget();
      waits = false;
      begun = null;
      offer.hidden = true;
      const text = form.elements.namedItem("text");
      if (text) text.focus();
    });
    offer.hidden = false;
  }

  // The first page has no mark of its own: it is the same for everybody. Here it gets one, and who comes back to it with
  // the words that are kept goes on with that report and its photos.
  let begun = read();
  let mark = null;
  let isReturn = false;
  if (!value("submission_key") && window.isSecureContext && crypto.randomUUID) {
    mark = document.createElement("input");
    mark.type = "hidden";
    mark.name = "submission_key";
    mark.value = crypto.randomUUID();
    form.append(mark);
  }
  const stamp = () => {
    const isSame = begun && value("text") && (isReturn || value("text") === begun.fields.text);
    if (mark && isSame && begun.fields.submission_key) mark.value = begun.fields.submission_key;
  };
  // A browser fills in what was typed only after this runs.
  window.addEventListener("pageshow", () => {
    if (!mark || !begun || value("text") !== begun.fields.text) return;
    isReturn = true;
    waits = false;
    if (offer) offer.hidden = true;
    stamp();
  });
  form.addEventListener("submit", stamp);

  const keep = () => {
    if (!value("text").trim()) return;
    waits = false;
    stamp();
    const fields = {};
    for (const name of FIELDS) fields[name] = value(name);
    for (const [name, text] of new FormData(form)) if (name.startsWith(QUESTIONS)) fields[name] = String(text);
    try {
      localStorage.setItem(KEY, JSON.stringify({ at: Date.now(), step: value("step"), fields }));
    } catch {
      return; // full, or not allowed: the page itself still holds everything
    }
  };
  if (!waits) keep();
  form.addEventListener("input", keep);
  form.addEventListener("change", keep);
  window.addEventListener("pagehide", () => waits || keep());

  // Without a connection a browser would show a page of its own, and what was typed about oneself would be gone. It
  // thinks that it has one wherever there is wifi, so the server is asked first for the least that it can say: before
  // the last page is sent always, before another one where it was open for a while.
  const lost = document.getElementById("geen-verbinding");
  if (!lost) return;
  const FRESH = 20000;
  const words = lost.querySelector("p");
  let patience = 8000; // twice as long after each time in vain: a slow connection is one
  let isAsking = false;
  let isSure = false;
  const say = (text) => {
    words.textContent = text;
    lost.hidden = false;
  };
  const refuse = () => {
    keep();
    say(lost.dataset.lost);
    lost.focus();
  };
  const ask = (submitter) => {
    const control = new AbortController();
    const end = window.setTimeout(() => control.abort(), patience);
    const tell = window.setTimeout(() => say(lost.dataset.asking), 1500);
    isAsking = true;
    return fetch(lost.dataset.health, { method: "HEAD", cache: "no-store", redirect: "error", signal: control.signal })
      .then((answer) => answer.status < 500, () => false)
      .then((isThere) => {
        isAsking = false;
        window.clearTimeout(end);
        window.clearTimeout(tell);
        if (!isThere) {
          patience *= 2;
          return refuse();
        }
        lost.hidden = true;
        isSure = true;
        form.requestSubmit(submitter);
        isSure = false;
      });
  };
  form.addEventListener("submit", (event) => {
    if (isSure) return;
    if (navigator.onLine && !lost.hasAttribute("data-last") && performance.now() < FRESH) return;
    event.preventDefault();
    if (!navigator.onLine) refuse();
    else if (!isAsking) ask(event.submitter);
  });
  window.addEventListener("online", () => {
    if (!lost.hidden) words.textContent = lost.dataset.back;
  });
})();
