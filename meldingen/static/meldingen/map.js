// The map of the place: fills in the two numbers of the pin, and chooses the buurt in the list.
(() => {
  "use strict";
  const box = document.getElementById("kaart");
  const canvas = document.getElementById("kaart-vlak");
  if (!box || !window.L) return;
  const status = document.getElementById("kaart-stand");
  const remove = document.getElementById("kaart-weg");
  const latitude = document.getElementById("id_latitude");
  const longitude = document.getElementById("id_longitude");
  const buurt = document.getElementById("id_buurt");
  const broken = document.getElementById("kaart-weg-nu");
  const words = box.dataset;
  box.hidden = false;

  const map = L.map(canvas, { zoomControl: false, attributionControl: false, zoomSnap: 0.5, minZoom: 8, maxZoom: 19 });
  L.control.zoom({ zoomInTitle: words.zoomIn, zoomOutTitle: words.zoomOut }).addTo(map);
  let credits = null;
  const credit = (source) => {
    const text = document.createElement("span");
    text.textContent = source;
    credits = credits || L.control.attribution({ prefix: false }).addTo(map);
    credits.addAttribution(text.outerHTML);
  };
  const base = words.squares && L.streets ? L.streets(words.squares, canvas) : words.tiles ? L.tileLayer(words.tiles, { maxZoom: 19 }) : null;
  if (base) {
    canvas.classList.add("drawn-map");
    base.on("tileerror", () => {
      broken.textContent = words.away;
      broken.hidden = false;
    });
    base.addTo(map);
    if (words.attribution) credit(words.attribution);
  }
  const icon = L.divIcon({ className: "map__pin", iconSize: [32, 36], iconAnchor: [16, 34] });
  let pin = null;
  let areas = null;

  // Whether a ring of [longitude, latitude] goes round a place: count how often a line to the east crosses it.
  const around = (ring, place) => {
    let inside = false;
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [x1, y1] = ring[i];
      const [x2, y2] = ring[j];
      const crosses = y1 > place.lat !== y2 > place.lat;
      if (crosses && place.lng < ((x2 - x1) * (place.lat - y1)) / (y2 - y1) + x1) inside = !inside;
    }
    return inside;
  };
  const covers = ({ type, coordinates }, place) =>
    (type === "Polygon" ? [coordinates] : coordinates).some((rings) => rings.filter((ring) => around(ring, place)).length % 2 === 1);
  // Metres from a place to a side of a ring, as flat as a town is.
  const away = (place, [x1, y1], [x2, y2]) => {
    const [high, wide] = [111320, 111320 * Math.cos((place.lat * Math.PI) / 180)];
    const [x, y, dx, dy] = [(x1 - place.lng) * wide, (y1 - place.lat) * high, (x2 - x1) * wide, (y2 - y1) * high];
    const part = Math.max(0, Math.min(1, -(x * dx + y * dy) / (dx * dx + dy * dy || 1)));
    return Math.hypot(x + part * dx, y + part * dy);
  };
  const distance = ({ type, coordinates }, place) => {
    let metres = Infinity;
    for (const ring of (type === "Polygon" ? [coordinates] : coordinates).flat()) {
      for (let i = 1; i < ring.length; i++) metres = Math.min(metres, away(place, ring[i - 1], ring[i]));
    }
    return metres;
  };
  const areaAt = (place) => areas && areas.find((area) => covers(area.geometry, place));
  const nearest = (place) => {
    const all = areas.map((area) => ({ area, metres: distance(area.geometry, place) }));
    return all.filter(({ metres }) => metres <= Number(words.near)).sort((one, other) => one.metres - other.metres)[0];
  };

  const say = (place) => {
    const area = areaAt(place);
    const near = areas && !area ? nearest(place) : null;
    if (area) status.textContent = `${words.pin} ${area.properties.name}`;
    else if (near) status.textContent = `${words.nearest} ${near.area.properties.name}`;
    else status.textContent = areas ? words.outside : "";
    return area || near;
  };
  const draw = (place) => {
    if (pin) pin.setLatLng(place);
    else {
      pin = L.marker(place, { icon, draggable: true, keyboard: false, alt: "" }).addTo(map);
      pin.on("dragend", () => put(pin.getLatLng()));
    }
    remove.hidden = false;
  };
  // Which address is nearest, and which objects the subject asks for are near: the server knows.
  const objects = document.getElementById("objecten");
  const number = document.getElementById("id_asset");
  const rows = document.getElementById("objecten-lijst");
  let marks = [];
  let asked = 0;
  const offer = (found) => {
    for (const each of marks) each.remove();
    marks = found.map((one, n) => {
      const face = document.createElement("span");
      face.textContent = String(n + 1);
      const dot = L.divIcon({ className: "map__object", iconSize: [28, 28], html: face });
      return L.marker([one.latitude, one.longitude], { icon: dot, keyboard: false, alt: "" }).addTo(map).on("click", () => (number.value = one.text));
    });
    rows.hidden = !found.length;
    rows.replaceChildren(
      ...found.map((one) => {
        const [row, button] = [document.createElement("li"), document.createElement("button")];
        button.type = "button";
        button.className = "utrecht-button utrecht-button--secondary-action";
        button.textContent = [one.text, one.label].filter(Boolean).join(" · ");
        button.addEventListener("click", () => {
          number.value = one.text; // kinds may share a number: the name of its kind says which
          for (const other of rows.querySelectorAll("button")) other.setAttribute("aria-pressed", String(other === button));
        });
        row.append(button);
        return row;
      }),
    );
  };
  const look = (place, tells) => {
    const token = document.querySelector("[name=csrfmiddlewaretoken]");
    const body = new URLSearchParams({ latitude: place.lat, longitude: place.lng, csrfmiddlewaretoken: token ? token.value : "" });
    for (const kind of objects ? objects.dataset.kinds.trim().split(" ") : []) body.append("kind", kind);
    const mine = ++asked;
    fetch(words.around, { method: "POST", body, credentials: "same-origin" })
      .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(String(answer.status)))))
      .then((found) => {
        if (mine !== asked) return;
        const area = areaAt(place);
        if (tells && found.address && area) status.textContent = `${words.at} ${found.address}, ${area.properties.name}`;
        if (objects) offer(found.objects);
      })
      .catch(() => {}); // the buurt is said already
  };
  const put = (place) => {
    draw(place);
    look(place, true);
    latitude.value = place.lat.toFixed(6);
    longitude.value = place.lng.toFixed(6);
    say(place);
    const area = areaAt(place);
    buurt.value = area ? area.properties.code : ""; // beside a buurt the server decides: it alone knows the gemeente
  };
  const typed = () => {
    const [lat, lng] = [latitude, longitude].map((field) => Number.parseFloat(field.value.replace(",", ".")));
    return Number.isFinite(lat) && Number.isFinite(lng) ? L.latLng(lat, lng) : null;
  };

  map.on("click", (event) => put(event.latlng));
  // An address that was chosen counts by its text: the numbers of a pin would go before it.
  document.addEventListener("address", (event) => {
    const place = L.latLng(event.detail.latitude, event.detail.longitude);
    draw(place);
    latitude.value = longitude.value = buurt.value = "";
    map.setView(place, Math.max(map.getZoom(), 17));
    say(place);
    look(place, true);
  });
  const here = document.getElementById("kaart-hier");
  if (navigator.geolocation && window.isSecureContext) {
    here.hidden = false;
    here.addEventListener("click", () => {
      const lost = () => {
        status.textContent = words.lost;
      };
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => {
          const place = L.latLng(coords.latitude, coords.longitude);
          put(place);
          map.setView(place, Math.max(map.getZoom(), 17));
        },
        lost,
        { enableHighAccuracy: true, timeout: 10000 },
      );
    });
  }
  document.getElementById("kaart-midden").addEventListener("click", () => put(map.getCenter()));
  canvas.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target === canvas) {
      event.preventDefault();
      put(map.getCenter());
    }
  });
  remove.addEventListener("click", () => {
    if (pin) pin.remove();
    pin = null;
    latitude.value = longitude.value = "";
    remove.hidden = true;
    status.textContent = words.removed;
    canvas.focus();
  });
  for (const field of [latitude, longitude]) {
    field.addEventListener("change", () => {
      const place = typed();
      if (!place) return;
      draw(place);
      if (say(place)) map.panTo(place); // outside the town there is nothing to see
    });
  }

  fetch(words.areas)
    .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(String(answer.status)))))
    .then((found) => {
      areas = found.features.filter((area) => area.geometry);
      if (found.attribution) credit(found.attribution);
      const name = ({ feature }) => {
        const text = document.createElement("span");
        text.textContent = feature.properties.name;
        return text;
      };
      const layer = L.geoJSON(found, { style: { className: "map__area" } }).bindTooltip(name, { sticky: true }).addTo(map);
      const bounds = layer.getBounds();
      const place = typed();
      if (!bounds.isValid()) throw new Error("no borders");
      map.fitBounds(bounds, { padding: [8, 8] });
      map.setMaxBounds(bounds.pad(1));
      // A tooltip listens to focus, which makes each buurt a stop of the Tab key without a name.
      layer.eachLayer((area) => area.getElement().setAttribute("tabindex", "-1"));
      if (place) {
        draw(place);
        if (say(place)) map.setView(place, Math.max(map.getZoom(), 15));
      }
    })
    .catch(() => {
      box.hidden = true; // without borders there is nothing to see: the fields do it
    });
})();
