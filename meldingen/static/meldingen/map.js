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
  const words = box.dataset;
  box.hidden = false;

  const map = L.map(canvas, { zoomControl: false, attributionControl: false, zoomSnap: 0.5, minZoom: 8, maxZoom: 19 });
  L.control.zoom({ zoomInTitle: words.zoomIn, zoomOutTitle: words.zoomOut }).addTo(map);
  if (words.tiles) {
    L.control.attribution({ prefix: false }).addTo(map);
    const credit = document.createElement("span");
    credit.textContent = words.attribution;
    L.tileLayer(words.tiles, { attribution: credit.outerHTML, maxZoom: 19 }).addTo(map);
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
  const areaAt = (place) => areas && areas.features.find((area) => covers(area.geometry, place));

  const say = (place) => {
    const area = areaAt(place);
    status.textContent = area ? `${words.pin} ${area.properties.name}` : areas ? words.outside : "";
    return area;
  };
  const draw = (place) => {
    if (pin) pin.setLatLng(place);
    else {
      pin = L.marker(place, { icon, draggable: true, keyboard: false, alt: "" }).addTo(map);
      pin.on("dragend", () => put(pin.getLatLng()));
    }
    remove.hidden = false;
  };
  const put = (place) => {
    draw(place);
    latitude.value = place.lat.toFixed(6);
    longitude.value = place.lng.toFixed(6);
    const area = say(place);
    buurt.value = area ? area.properties.code : "";
  };
  const typed = () => {
    const [lat, lng] = [latitude, longitude].map((field) => Number.parseFloat(field.value.replace(",", ".")));
    return Number.isFinite(lat) && Number.isFinite(lng) ? L.latLng(lat, lng) : null;
  };

  map.on("click", (event) => put(event.latlng));
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
      areas = found;
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
