// What the form knows of the place. The last choice counts: a pin, an address, an object or a buurt takes the others
// away, and the sheet says so. Works without the map, which says by events where it was moved to and is told where to go.
(() => {
  "use strict";
  const sheet = document.getElementById("plek");
  const form = document.getElementById("melding");
  if (!sheet || !form) return;
  const words = sheet.dataset;
  const by = (id) => document.getElementById(id);
  const [text, asset, buurt, latitude, longitude, precision] = ["place_text", "asset", "buurt", "latitude", "longitude", "precision"].map((name) => by(`id_${name}`));
  const status = by("kaart-stand");
  const objects = by("objecten");
  const rows = by("objecten-lijst");
  const next = sheet.querySelector("button[value=next]");
  const kinds = words.kinds.trim().split(" ").filter(Boolean);
  let kind = ""; // which of them counts: pin, address, object, buurt, or landmark: a place by name with its buurt
  let asked = 0;
  let here = null;

  const tell = (name, detail) => document.dispatchEvent(new CustomEvent(name, { detail }));
  const span = (content, look) => {
    const part = document.createElement(look === "strong" ? "strong" : "span");
    if (look !== "strong") part.className = look;
    part.textContent = content;
    return part;
  };
  const say = (...parts) => status.replaceChildren(...parts.filter(Boolean).flatMap((part, n) => (n ? [" ", part] : [part])));
  const ready = (isReady) => {
    next.textContent = isReady ? words.this : words.next;
    sheet.classList.toggle("sheet--ready", isReady);
    tell("place-known", isReady);
  };
  const metres = (number) => (number < 1000 ? `${Math.max(1, Math.round(number))} m` : `${(number / 1000).toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 })} km`);
  const accurate = (number) => words.accurate.replace("[metres] m", metres(number));

  // An error that this mends goes: form.js takes it away.
  const mend = () => {
    for (const name of ["place_text", "buurt", "latitude", "longitude", "asset"]) tell("mended", `id_${name}`);
    const which = by("welk-adres");
    if (which) which.remove();
  };
  const isChosen = () => Boolean(text.dataset.chosen) && text.value === text.dataset.chosen;
  // Takes away what was said before in another way; what is left to say of it.
  const clear = (keep) => {
    const gone = [];
    if (keep !== "pin" && latitude.value) {
      latitude.value = longitude.value = precision.value = "";
      if (kind === "pin") gone.push(words.gonePin);
    }
    if (keep !== "buurt" && buurt.value) {
      buurt.value = "";
      if (kind !== "landmark") gone.push(words.goneBuurt); // nobody chose that one
    }
    if (keep !== "address" && isChosen()) {
      text.value = "";
      gone.push(words.goneAddress);
    }
    if (keep !== "address") delete text.dataset.chosen;
    if (keep !== "object" && asset && asset.value) {
      asset.value = "";
      gone.push(words.goneObject);
    }
    kind = keep;
    mend();
    return gone.length ? span(gone.join(" "), "sheet__gone") : null;
  };

  const press = (value) => {
    for (const button of rows ? rows.querySelectorAll("button") : []) button.setAttribute("aria-pressed", String(button.dataset.text === value));
  };
  const offer = (found, line = "") => {
    if (!objects) return;
    objects.hidden = !found.length;
    rows.replaceChildren(
      ...found.map((one, n) => {
        const [row, button] = [document.createElement("li"), document.createElement("button")];
        button.type = "button";
        button.className = "objects__one";
        button.dataset.text = one.text;
        const label = one.label && !line.includes(one.label) ? ` · ${one.label}` : "";
        button.append(span(String(n + 1), "objects__number"), " ", span(one.text, "objects__name"), " ", span(`· ${metres(one.metres)}${label}`, "objects__metres"));
        button.addEventListener("click", () => choose(one));
        row.append(button);
        return row;
      }),
    );
    press(asset ? asset.value : "");
    tell("objects", found);
  };
  const choose = (one) => {
    const gone = clear("object");
    asset.value = one.text; // kinds may share a number: the name of its kind says which
    press(one.text);
    say(span(one.text, "strong"), gone);
    ready(true);
    tell("show", { place: one, zoom: 18 });
  };

  const look = (place) => {
    const token = document.querySelector("[name=csrfmiddlewaretoken]");
    const body = new URLSearchParams({ latitude: place.latitude, longitude: place.longitude, csrfmiddlewaretoken: token ? token.value : "" });
    for (const each of kinds) body.append("kind", each);
    const mine = ++asked;
    return fetch(words.around, { method: "POST", body, credentials: "same-origin" })
      .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(String(answer.status)))))
      .then((found) => (mine === asked ? found : null));
  };
  const link = (town) => {
    const anchor = document.createElement("a");
    anchor.className = "utrecht-link utrecht-link--html-a";
    anchor.href = town.url;
    anchor.textContent = words.there.replace("[town]", town.name);
    return anchor;
  };
  // The map shows nothing there: one tap brings the town back.
  const home = () => {
    const back = document.createElement("button");
    back.type = "button";
    back.className = "utrecht-button utrecht-button--subtle sheet__home";
    back.textContent = words.back;
    back.addEventListener("click", () => {
      forget();
      say(span(words.empty, "sheet__buurt"));
      tell("home", null);
    });
    return back;
  };
  const refuse = (found, gone) => {
    offer([]);
    ready(false);
    if (found.elsewhere) say(span(words.lies.replace("[town]", found.elsewhere.name), "strong"), link(found.elsewhere), gone);
    else say(span(found.is_ours ? words.between : words.outside, "strong"), gone);
    if (!found.is_ours) status.append(" ", home());
  };
  const named = (found, off, gone) => {
    const address = found.address && (found.metres > 25 || found.water ? words.beside.replace("[address]", found.address) : found.address);
    const first = span(address || found.buurt, "strong");
    if (address) first.append(",");
    const rest = address ? found.buurt : `· ${words.noAddress}`;
    say(first, span(off ? `${rest} ·` : rest, "sheet__buurt"), off ? span(accurate(off), "sheet__metres") : null, off > Number(words.precise) ? span(words.rough, "sheet__gone") : null, found.water ? span(words.water, "sheet__gone") : null, gone);
  };
  // A pin: where the cross of the map is, or where the telephone is.
  const pin = (place, off) => {
    const gone = clear("pin");
    latitude.value = place.latitude.toFixed(6);
    longitude.value = place.longitude.toFixed(6);
    precision.value = off ? String(Math.max(1, Math.round(off))) : "";
    press("");
    return look(place)
      .then((found) => {
        if (!found) return;
        if (!found.buurt) return refuse(found, gone);
        ready(true);
        named(found, off, gone);
        offer(found.objects, found.address);
      })
      .catch(() => {
        ready(true);
        say(span(words.unknown, "strong"), gone);
      });
  };
  const forget = () => {
    asked++;
    clear("");
    ready(false);
    offer([]);
  };

  // Not at once: whoever leaves a field by pressing a button must still find the button under their finger.
  const later = (name, field) => {
    const value = field.value;
    window.setTimeout(() => field.value === value && tell(name, value), 400);
  };

  document.addEventListener("moved", ({ detail }) => {
    if (detail.metres <= Number(words.precise)) return pin(detail, detail.metres);
    if (kind === "pin") forget();
    if (!kind) say(span(words.zoom, "strong"));
  });
  document.addEventListener("object", ({ detail }) => choose(detail));
  document.addEventListener("address", ({ detail }) => {
    const gone = clear("address");
    text.dataset.chosen = text.value;
    const [line, ...more] = detail.text.split(", ");
    const first = span(line, "strong");
    first.append(",");
    say(first, span(detail.buurt || more.join(", "), "sheet__buurt"), gone);
    ready(true);
    tell("show", { place: detail, zoom: 17 });
    look(detail)
      .then((found) => found && offer(found.objects, found.address))
      .catch(() => {});
  });
  document.addEventListener("landmark", ({ detail }) => {
    asked++;
    const gone = clear("landmark");
    buurt.value = detail.code;
    ready(false);
    offer([]);
    const name = span(detail.text, "strong");
    name.append(detail.buurt ? "," : ".");
    say(name, detail.buurt ? span(`${detail.buurt}.`, "sheet__buurt") : null, span(words.spot, "sheet__buurt"), gone);
    tell("show", { place: detail, box: detail.box, isOnlyNear: true });
  });
  document.addEventListener("street", ({ detail }) => {
    if (kind === "object") return; // words beside it
    tell("show", { place: detail, zoom: 17, isOnlyNear: true });
    if (!kind) say(span(words.add, "sheet__buurt"));
  });
  buurt.addEventListener("change", () => {
    if (!buurt.value) return;
    asked++;
    const gone = clear("buurt");
    ready(false);
    offer([]);
    say(span(words.only.replace("[buurt]", buurt.selectedOptions[0].textContent), "strong"), gone);
    sheet.scrollIntoView({ block: "nearest" });
  });
  if (asset) {
    asset.addEventListener("change", () => {
      press(asset.value);
      if (!asset.value) {
        if (kind !== "object") return;
        forget();
        return say(span(words.empty, "sheet__buurt"));
      }
      mend();
      later("number", asset);
    });
  }
  // Who skips the number has its room for the map.
  const skip = by("nummer-over");
  if (skip) {
    skip.hidden = false;
    skip.addEventListener("click", () => {
      by("nummer").hidden = true;
      asset.value = "";
      asset.dispatchEvent(new Event("change", { bubbles: true }));
      tell("mended", "id_asset");
      window.dispatchEvent(new Event("resize")); // the map measures what stands above it
      by("kaart-vlak").focus({ preventScroll: true }); // what comes next, where the button was
    });
  }
  // What is typed after something was chosen: the sheet no longer says the address of before, and what is an address
  // itself counts from here on.
  text.addEventListener("input", () => {
    if (kind === "landmark") {
      forget();
      return say(span(words.empty, "sheet__buurt"));
    }
    if (kind !== "address" || isChosen()) return;
    asked++;
    kind = "";
    delete text.dataset.chosen;
    ready(false);
    offer([]);
    say(span(words.goneAddress, "strong"));
  });
  text.addEventListener("change", () => {
    if (text.value && !isChosen() && (!kind || kind === "object")) later("typed", text);
  });
  const typed = () => {
    const [lat, lng] = [latitude, longitude].map((field) => Number.parseFloat(field.value.replace(",", ".")));
    return Math.abs(lat) <= 90 && Math.abs(lng) <= 180 ? { latitude: lat, longitude: lng } : null;
  };
  for (const field of [latitude, longitude]) {
    field.addEventListener("change", () => {
      const place = typed();
      if (!place) return;
      pin(place, 0);
      tell("show", { place, zoom: 17 });
    });
  }

  const button = by("kaart-hier");
  const arrived = ({ coords }) => {
    here = { latitude: coords.latitude, longitude: coords.longitude };
    tell("here", here);
    const off = Math.max(1, coords.accuracy);
    if (off > 100) {
      tell("show", { place: here, zoom: off > 1000 ? 14 : 16, isOnlyNear: true });
      return say(span(words.tooRough.replace("[metres]", metres(off)), "strong"));
    }
    tell("show", { place: here, zoom: off > 50 ? 16 : 17 });
    return pin(here, off);
  };
  if (navigator.geolocation && window.isSecureContext) {
    button.hidden = false;
    button.addEventListener("click", () => {
      say(span(words.asking, "sheet__buurt"));
      const failed = (error) => say(span(error.code === 1 ? words.refused : words.lost, "strong"));
      navigator.geolocation.getCurrentPosition(arrived, failed, { enableHighAccuracy: true, timeout: 10000 });
    });
  }

  // Coming back to the page: what was chosen is shown again.
  const begin = () => {
    const place = typed();
    if (asset && asset.value) {
      kind = "object";
      if (place) tell("show", { place, zoom: 18 });
      say(span(asset.value, "strong"));
      return ready(true);
    }
    if (place) {
      const off = Number(precision.value);
      kind = "pin";
      tell("show", { place, zoom: 17 });
      return look(place)
        .then((found) => {
          if (!found) return;
          if (!found.buurt) return refuse(found, null);
          ready(true);
          named(found, off, null);
          offer(found.objects, found.address);
        })
        .catch(() => {});
    }
    say(span(words.empty, "sheet__buurt"));
    if (buurt.value) {
      kind = "buurt";
      say(span(words.only.replace("[buurt]", buurt.selectedOptions[0].textContent), "strong"));
    } else if (text.value) tell("typed", null);
  };
  window.addEventListener("DOMContentLoaded", begin);
})();
