/* The map of one melding, to look at: the border of its buurt, and its place where there is one. Without this script
   the page says the same in words. */
(function () {
  "use strict";
  const element = document.getElementById("kaart");
  if (!element || typeof window.L === "undefined") {
    return;
  }
  const data = element.dataset;
  element.hidden = false;
  const sources = [data.tiles && data.attribution, data.borders].filter(Boolean);
  const map = L.map(element, { scrollWheelZoom: false, attributionControl: false, zoomControl: false });
  L.control.zoom({ zoomInTitle: data.zoomIn, zoomOutTitle: data.zoomOut }).addTo(map);
  const base = data.squares && L.streets ? L.streets(data.squares, element) : data.tiles ? L.tileLayer(data.tiles, { maxZoom: 19 }) : null;
  if (base) {
    element.classList.add("drawn-map");
    base.addTo(map);
  }
  if (sources.length) {
    const credits = L.control.attribution({ prefix: false }).addTo(map);
    sources.forEach((source) => {
      const text = document.createElement("span");
      text.textContent = source;
      credits.addAttribution(text.outerHTML);
    });
  }
  const border = L.geoJSON(JSON.parse(data.border), { interactive: false, className: "place-border" }).addTo(map);
  map.fitBounds(border.getBounds(), { padding: [12, 12] });
  // What was of the same kind in the last year has letters, what is likely the same numbers and lies on top.
  const pins = (places, className) => {
    JSON.parse(places || "[]").forEach(([longitude, latitude, mark]) => {
      const icon = L.divIcon({ className, html: String(mark), iconSize: [24, 24] });
      L.marker([latitude, longitude], { icon, interactive: false, keyboard: false }).addTo(map);
    });
  };
  pins(data.recent, "place-letter");
  pins(data.near, "place-number");
  if (data.longitude) {
    const place = L.latLng(Number(data.latitude), Number(data.longitude));
    L.circleMarker(place, { radius: 9, className: "place-marker", interactive: false }).addTo(map);
    if (base) {
      map.setView(place, 16);
    }
  }
})();
