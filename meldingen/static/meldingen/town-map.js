// The public map: a dot for each melding of the list, with the same words. Without this script the list says it all.
(() => {
  "use strict";
  const element = document.getElementById("stadskaart");
  if (!element || !window.L) return;
  const data = element.dataset;
  const day = (text) => new Date(`${text}T12:00:00`).toLocaleDateString(document.documentElement.lang, { day: "numeric", month: "long" });

  const words = (spot) => {
    const box = document.createElement("div");
    const line = (text, tag) => {
      const one = document.createElement(tag);
      one.textContent = text;
      box.append(one);
    };
    line(spot.soort, "strong");
    if (spot.object) {
      // The number in one piece: a dash in it is no place to break a line.
      line(spot.object.replace(/\S+$/, ""), "div");
      const number = document.createElement("span");
      number.className = "town-map__number";
      [number.textContent] = spot.object.match(/\S+$/) || [""];
      box.lastChild.append(number);
    }
    line(`${data.reported} ${day(spot.gemeld)}`, "div");
    if (spot.opgelost) line(`${data.solved} ${day(spot.opgelost)}`, "div");
    const link = document.createElement("a");
    link.href = data.report;
    link.textContent = spot.opgelost ? data.again : data.follow;
    box.append(link);
    return box;
  };

  const CLOSE = 17; // the zoom at which one street is seen
  const dots = new Map();
  const mark = ({ properties, geometry }) =>
    [...geometry.coordinates, properties.gemeld, properties.opgelost, properties.object, properties.soort].join(" ");
  // A row of the list leads to its dot, which says what it is; who closes that is back at the row.
  const lead = (row, map, dot) => {
    if (!dot) return;
    row.addEventListener("click", (event) => {
      event.preventDefault();
      map.setView(dot.getLatLng(), Math.max(map.getZoom(), CLOSE), { animate: false });
      dot.openPopup();
      element.scrollIntoView({ block: "nearest" });
      const popup = dot.getPopup().getElement();
      popup.querySelector("a").focus({ preventScroll: true });
      // Leaflet hears this key only while the map itself has the focus.
      popup.addEventListener("keydown", ({ key }) => { if (key === "Escape") map.closePopup(); });
      dot.getPopup().once("remove", () => {
        if (element.contains(document.activeElement) || document.activeElement === document.body) row.focus();
      });
    });
  };

  const draw = (areas, spots) => {
    element.hidden = false;
    const map = L.map(element, { attributionControl: false, zoomControl: false });
    // Leaflet has no option for it.
    map.on("popupopen", ({ popup }) => popup.getElement().querySelector(".leaflet-popup-close-button").setAttribute("aria-label", data.close));
    L.control.zoom({ zoomInTitle: data.zoomIn, zoomOutTitle: data.zoomOut }).addTo(map);
    const base = data.squares && L.streets ? L.streets(data.squares, element) : data.tiles ? L.tileLayer(data.tiles, { maxZoom: 19 }) : null;
    const town = L.geoJSON(areas, { interactive: false, className: "map__area" });
    if (base) {
      element.classList.add("drawn-map");
      base.addTo(map);
    } else {
      town.addTo(map);
    }
    const credits = [data.tiles && data.attribution, areas.attribution].filter(Boolean);
    if (credits.length) {
      const control = L.control.attribution({ prefix: false }).addTo(map);
      credits.forEach((source) => {
        const text = document.createElement("span");
        text.textContent = source;
        control.addAttribution(text.outerHTML);
      });
    }
    if (town.getBounds().isValid()) map.fitBounds(town.getBounds(), { padding: [8, 8] });
    spots.features.sort((one, other) => Boolean(other.properties.opgelost) - Boolean(one.properties.opgelost)); // open ones on top
    L.geoJSON(spots, {
      pointToLayer: (feature, place) =>
        L.circleMarker(place, { radius: 8, className: feature.properties.opgelost ? "spot spot--solved" : "spot" }),
      onEachFeature: (feature, layer) => {
        dots.set(mark(feature), layer);
        layer.bindPopup(() => words(feature.properties));
      },
    }).addTo(map);
    for (const row of document.querySelectorAll("[data-spot]")) lead(row, map, dots.get(row.dataset.spot));
  };

  const fetchJson = (address) => fetch(address).then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status)));
  Promise.all([fetchJson(data.areas), fetchJson(data.spots)])
    .then(([areas, spots]) => draw(areas, spots))
    .catch(() => {}); // the list is there
})();
