// The box of the address as a combobox: asks for addresses while somebody types, and shows the chosen one on the map.
(() => {
  "use strict";
  const box = document.getElementById("adres");
  const input = document.getElementById("id_place_text");
  if (!box || !input) return;
  const words = box.dataset;
  const sheet = document.getElementById("plek");
  const kinds = sheet ? (sheet.dataset.kinds || "").trim().split(" ").filter(Boolean) : []; // of objects with a number
  const token = document.querySelector("[name=csrfmiddlewaretoken]");
  const away = document.getElementById("adres-weg");
  const list = document.createElement("ul");
  const status = document.createElement("p");
  list.id = "adres-lijst";
  list.className = "address__list";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", words.found);
  list.hidden = true;
  status.className = "visually-hidden address__none";
  status.setAttribute("role", "status");
  const field = input.parentElement;
  field.classList.add("address__field");
  field.append(list);
  field.after(status);
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", list.id]]) input.setAttribute(name, value);
  input.autocomplete = "off";

  let found = [];
  let at = -1;
  let waiting = 0;
  let telling = 0;
  let asked = 0;
  const close = () => {
    list.hidden = true;
    at = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const mark = (to) => {
    at = (to + found.length) % found.length;
    [...list.children].forEach((option, n) => option.setAttribute("aria-selected", String(n === at)));
    input.setAttribute("aria-activedescendant", list.children[at].id);
    list.children[at].scrollIntoView({ block: "nearest" });
  };
  const choose = (one) => {
    close();
    if (one.is_object) {
      input.value = "";
      document.dispatchEvent(new CustomEvent("object", { detail: one }));
    } else if (one.box) {
      // A place of some size: the map opens on it, and a page without a map knows its buurt at least.
      input.value = one.text;
      if (sheet) return document.dispatchEvent(new CustomEvent("landmark", { detail: one }));
      const buurt = document.getElementById("id_buurt");
      buurt.value = one.code;
      buurt.dispatchEvent(new Event("change", { bubbles: true }));
    } else if (one.code) {
      const buurt = document.getElementById("id_buurt");
      input.value = one.text;
      buurt.value = one.code;
      buurt.dispatchEvent(new Event("change", { bubbles: true }));
    } else if (one.whole) {
      input.value = one.text;
      document.dispatchEvent(new CustomEvent("address", { detail: one }));
    } else {
      document.dispatchEvent(new CustomEvent("street", { detail: one }));
      // A street: the number comes behind its name, before the place.
      const [street, ...place] = one.text.split(", ");
      input.value = `${street} , ${place.join(", ")}`;
      input.focus();
      input.setSelectionRange(street.length + 1, street.length + 1);
    }
  };
  const part = (content, look) => {
    const piece = document.createElement("span");
    piece.className = look;
    piece.textContent = content;
    return piece;
  };
  // How far it is from where somebody is, when they said that.
  let here = null;
  document.addEventListener("here", ({ detail }) => (here = detail));
  const distance = (one) => {
    if (!here) return "";
    const [high, wide] = [111320, 111320 * Math.cos((one.latitude * Math.PI) / 180)];
    const metres = Math.hypot((one.latitude - here.latitude) * high, (one.longitude - here.longitude) * wide);
    return metres < 950 ? `${Math.max(10, Math.round(metres / 10) * 10)} m` : `${(metres / 1000).toFixed(1).replace(".", ",")} km`;
  };
  // In a low window the list would lie below the sheet that stays at the bottom: the field goes up then.
  const inSight = () => {
    const sheet = document.querySelector(".has-map .sheet");
    const floor = sheet && getComputedStyle(sheet).position === "sticky" ? sheet.getBoundingClientRect().top : window.innerHeight;
    if (list.getBoundingClientRect().bottom > floor) (input.labels[0] || input).scrollIntoView({ block: "start" });
  };
  const show = (answer) => {
    const places = (answer.landmarks || []).map((one) => ({ ...one, longitude: (one.box[0] + one.box[2]) / 2, latitude: (one.box[1] + one.box[3]) / 2 }));
    const isTyped = ({ text }) => text.toLowerCase() === input.value.trim().toLowerCase();
    found = [...places.filter(isTyped), ...answer.found, ...places.filter((one) => !isTyped(one)), ...(answer.buurten || []).map(({ code, name }) => ({ code, text: name, whole: true }))];
    if (away) {
      away.hidden = !answer.away;
      away.textContent = answer.away ? words.away : "";
    }
    list.replaceChildren(
      ...found.map((one, n) => {
        const option = document.createElement("li");
        option.id = `adres-${n}`;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.append(part(one.text, "address__text"), " ", part([one.label && (one.box || one.is_object) ? one.label : one.code ? words.buurt : one.whole || one.is_object ? "" : words.street, one.buurt, one.latitude ? distance(one) : ""].filter(Boolean).join(" · "), "address__what"));
        option.addEventListener("mousedown", (event) => {
          event.preventDefault();
          choose(one);
        });
        return option;
      }),
    );
    list.hidden = !found.length;
    inSight();
    at = -1;
    input.setAttribute("aria-expanded", String(found.length > 0));
    const missing = answer.number ? words.number.replace("[number]", answer.number) : found.length || answer.away ? "" : words.none;
    status.textContent = missing || (found.length ? `${words.found} ${found.length}` : "");
    // Who still types is not told that half a name is unknown.
    window.clearTimeout(telling);
    status.classList.add("visually-hidden");
    if (missing) telling = window.setTimeout(() => status.classList.remove("visually-hidden"), 700);
  };
  const fetched = (typed, isWhole = false) => {
    const body = new URLSearchParams({ q: typed, csrfmiddlewaretoken: token ? token.value : "" });
    if (isWhole) body.append("whole", "1");
    for (const each of kinds) body.append("kind", each);
    return fetch(words.url, { method: "POST", body, credentials: "same-origin" }).then((answer) => (answer.ok ? answer.json() : { found: [] }));
  };
  const ask = () => {
    const typed = input.value.trim();
    const mine = ++asked;
    if (typed.length < 3) {
      window.clearTimeout(telling);
      status.classList.add("visually-hidden");
      return close();
    }
    fetched(typed)
      .then((answer) => {
        if (mine === asked && document.activeElement === input) show(answer);
      })
      .catch(close); // the box stays a box
  };
  input.addEventListener("input", () => {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(ask, 180);
  });
  // What stands in the box although nobody chose it of the list, by coming back to the page or by typing all of it: the
  // server says whether it is one address, as it will when the form is sent.
  document.addEventListener("typed", () => {
    const typed = input.value;
    fetched(typed.trim(), true)
      .then((answer) => {
        const text = typed.trim().replace(" ,", ",");
        const same = answer.found.find((one) => !one.is_object && (one.text === text || (one.whole && one.text === answer.exact)));
        if (same && input.value === typed) document.dispatchEvent(new CustomEvent(same.whole ? "address" : "street", { detail: same }));
      })
      .catch(() => {});
  });
  document.addEventListener("number", ({ detail }) => {
    fetched(detail)
      .then((answer) => {
        const objects = answer.found.filter((one) => one.is_object);
        if (objects.length === 1) document.dispatchEvent(new CustomEvent("object", { detail: objects[0] }));
      })
      .catch(() => {});
  });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      mark(at + (event.key === "ArrowDown" ? 1 : at < 0 ? 0 : -1));
    } else if (event.key === "Enter" && at >= 0) {
      event.preventDefault();
      choose(found[at]);
    } else if (event.key === "Escape") close();
  });
})();
