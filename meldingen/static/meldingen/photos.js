// Sends photos one after another while the page stays, and shows them when they are ready. The form is complete without.
(() => {
  "use strict";
  const form = document.getElementById("melding");
  const field = () => document.getElementById("id_photos");
  if (!form || !field()) return;

  const UNDER_WAY = "meldingen.photos"; // names of what is on its way, for who loads the page anew meanwhile
  const queue = []; // what was chosen, also while others are on their way
  let busy = false;
  let pressed = null;

  const say = (words) => { field().querySelector(".photo-field__status").textContent = words; };
  const fill = (words, values) => words.replace(/\{(\w+)\}/g, (_all, name) => values[name]);

  const remember = (names) => {
    try {
      if (names.length) sessionStorage.setItem(UNDER_WAY, JSON.stringify(names));
      else sessionStorage.removeItem(UNDER_WAY);
    } catch {
      return; // nothing may be kept
    }
  };
  const remind = () => {
    try {
      const names = JSON.parse(sessionStorage.getItem(UNDER_WAY) || "[]").join(", ");
      const line = field().querySelector("#id_photos_again");
      if (!names || busy) return;
      line.textContent = line.dataset.again.replace("[names]", names);
      line.hidden = false;
    } catch {
      return;
    }
  };

  // The same form with one file, to the same address: what comes back is the page with that photo in it.
  const send = (file, onProgress) => new Promise((resolve, reject) => {
    const data = new FormData(form);
    data.delete(field().dataset.field);
    data.append(field().dataset.field, file, file.name);
    data.append("go", "photos");
    const request = new XMLHttpRequest();
    request.upload.addEventListener("progress", (event) => { if (event.lengthComputable) onProgress(event.loaded / event.total); });
    request.addEventListener("load", () => (request.status === 200 ? resolve(request.responseText) : reject(new Error(String(request.status)))));
    request.addEventListener("error", () => reject(new Error("lost")));
    request.addEventListener("abort", () => reject(new Error("lost")));
    request.open("POST", form.action);
    request.send(data);
  });

  const show = (page) => {
    const fresh = new DOMParser().parseFromString(page, "text/html").getElementById("id_photos");
    if (!fresh) throw new Error("another page");
    const focused = field().contains(document.activeElement) && document.activeElement.id;
    field().replaceWith(fresh);
    begin();
    if (focused && document.getElementById(focused)) document.getElementById(focused).focus({ preventScroll: true });
    form.dispatchEvent(new Event("change")); // draft.js keeps what is here now
    return [...fresh.querySelectorAll("#id_photos_error p")];
  };

  const sendAll = async () => {
    busy = true;
    const wrong = [];
    const missing = []; // what did not arrive; leaving the page breaks off what is on its way, too
    const { busy: words, lost, done } = field().dataset;
    for (let index = 0; index < queue.length; index += 1) {
      const file = queue[index];
      const progress = (share) => {
        const percent = Math.round(100 * share);
        field().querySelector(".photo-field__progress").hidden = false;
        field().querySelector("progress").value = percent;
        say(fill(words, { number: index + 1, total: queue.length, percent: `${percent} %` }));
      };
      progress(0);
      remember([...missing, ...queue.slice(index)].map((each) => each.name));
      try {
        wrong.push(...show(await send(file, progress)));
      } catch {
        const line = document.createElement("p");
        line.textContent = fill(lost, { name: file.name });
        wrong.push(line);
        missing.push(file);
      }
    }
    queue.length = 0;
    busy = false;
    remember(missing.map((each) => each.name));
    finish(wrong, done);
  };

  const finish = (wrong, done) => {
    field().querySelector(".photo-field__progress").hidden = true;
    let box = document.getElementById("id_photos_error");
    if (wrong.length && !box) {
      box = document.createElement("div");
      box.id = "id_photos_error";
      box.className = "utrecht-form-field-error-message";
      field().prepend(box);
    }
    if (box) box.replaceChildren(...wrong);
    const above = document.querySelector("#fouten a[href^='#id_photo']");
    if (above && wrong.length) above.textContent = wrong[0].textContent; // what was wrong before may be no more
    say(wrong.length ? wrong.map((line) => line.textContent).join(" ") : done);
    field().querySelector(".photo-field__status").classList.toggle("visually-hidden", wrong.length > 0);
    // What was added, and what is said of it, stands above the bar of buttons: the page has a scroll padding for that.
    const added = field().querySelector(".photos__one:last-child");
    for (const each of [field().querySelector(".photo-field__status"), added, box]) if (each) each.scrollIntoView({ block: "nearest" });
    if (!wrong.length) document.dispatchEvent(new CustomEvent("mended", { detail: "id_photos" }));
    if (pressed && !wrong.length) form.requestSubmit(pressed);
    pressed = null;
  };

  // Who goes on while photos are on their way goes on when they are there.
  form.addEventListener("submit", (event) => {
    if (!busy) return remember([]);
    event.preventDefault();
    pressed = event.submitter;
  });

  const take = (input) => {
    const files = [...input.files];
    input.value = "";
    if (!files.length) return;
    document.dispatchEvent(new CustomEvent("photos-chosen", { detail: files }));
    queue.push(...files);
    if (!busy) sendAll();
  };

  const inputs = () => field().querySelectorAll("input[type=file]");

  const begin = () => {
    field().classList.add("photo-field--live");
    for (const input of inputs()) input.addEventListener("change", () => take(input));
    document.dispatchEvent(new CustomEvent("photos-shown")); // photo-ready.js shows those that are not ready yet
    remind();
  };

  begin();
  // Who was faster than the scripts of the page.
  document.addEventListener("DOMContentLoaded", () => inputs().forEach(take));

  // A page that the browser brings back is as it came: photos that were sent since are in the form, and shown again.
  const again = () => {
    const data = new FormData(form);
    data.delete(field().dataset.field);
    data.append("go", "photos");
    fetch(form.action, { method: "POST", body: data, credentials: "same-origin" })
      .then((answer) => (answer.ok ? answer.text() : Promise.reject(new Error(String(answer.status)))))
      .then((page) => busy || show(page))
      .catch(() => {}); // the next page has them all the same
  };
  const [how] = performance.getEntriesByType("navigation");
  if (how && how.type === "back_forward") again();
})();
