// The map of the place. It moves under a pin that stays in the middle, and says where that is when somebody moved it.
// It comes after all else: the page is complete without it.
(() => {
  "use strict";
  const box = document.getElementById("kaart");
  const canvas = document.getElementById("kaart-vlak");
  const form = document.getElementById("melding");
  if (!box || !window.L) return;
  const words = box.dataset;
  const THUMB = 10; // pixels by which a pin is put wrong
  const CLOSE = 17;
  const bounds = words.bounds.split(" ").filter(Boolean).map((number) => Number(number.replace(",", ".")));
  let wanted = null; // what it was told to show before it was there
  let near = [];

  const start = () => {
    box.hidden = false;
    form.classList.add("has-map");
    const drawn = document.createElement("input"); // so that an error speaks of a map only where there is one
    drawn.type = "hidden";
    drawn.name = "has_map";
    drawn.value = "1";
    form.append(drawn);
    const side = document.createElement("div"); // the sheet belongs to the map: they stand together, before what is folded
    side.className = "where__side";
    box.before(side);
    side.append(box, document.getElementById("plek"));
    const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    const map = L.map(canvas, {
      zoomControl: false, attributionControl: false, zoomSnap: 0.5, minZoom: 8, maxZoom: 19, keyboardPanDelta: 40,
      scrollWheelZoom: "center", doubleClickZoom: "center", touchZoom: "center", zoomAnimation: !still, fadeAnimation: !still,
    });
    L.control.zoom({ position: "topright", zoomInTitle: words.zoomIn, zoomOutTitle: words.zoomOut }).addTo(map);
    const broken = document.getElementById("kaart-weg-nu");
    let credits = null;
    const credit = (source) => {
      const text = document.createElement("span");
      text.textContent = source;
      credits = credits || L.control.attribution({ prefix: false }).addTo(map);
      credits.addAttribution(text.outerHTML);
    };
    document.addEventListener("home", () => {
      if (bounds.length === 4) map.fitBounds([[bounds[1], bounds[0]], [bounds[3], bounds[2]]], { padding: [8, 8], animate: false });
    });
    if (bounds.length === 4) {
      const town = L.latLngBounds([bounds[1], bounds[0]], [bounds[3], bounds[2]]);
      map.fitBounds(town, { padding: [8, 8], animate: false });
      map.setMaxBounds(town.pad(1));
    }
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

    // Only what a person does counts as moving it: dragging, arrow keys, a click, and zooming while nothing else does.
    let moving = false;
    let isKnown = false;
    let byMap = true;
    let waiting = 0;
    const settle = () => {
      window.clearTimeout(waiting);
      waiting = window.setTimeout(() => {
        const { lat, lng } = map.getCenter();
        const metres = (THUMB * 156543 * Math.cos((lat * Math.PI) / 180)) / 2 ** map.getZoom();
        byMap = true;
        document.dispatchEvent(new CustomEvent("moved", { detail: { latitude: lat, longitude: lng, metres } }));
      }, 250);
    };
    const begin = () => {
      moving = true;
      box.classList.add("is-moving");
    };
    const go = (place, zoom) => {
      moving = false;
      map.setView([place.latitude, place.longitude], zoom, { animate: false });
    };
    map.on("dragstart", begin);
    map.on("moveend", () => {
      box.classList.remove("is-moving");
      if (moving) settle();
      moving = false;
    });
    map.on("click", ({ latlng }) => {
      begin();
      if (map.getZoom() < CLOSE - 1) map.setView(latlng, CLOSE - 1, { animate: !still });
      else map.panTo(latlng, { animate: !still });
    });
    canvas.addEventListener("keydown", ({ key }) => {
      if (key.startsWith("Arrow")) begin();
      if ("+=-_".includes(key)) zooming();
      if (key === "Enter") settle();
    });
    const zooming = () => {
      if (byMap || !isKnown) begin();
    };
    for (const control of box.querySelectorAll(".leaflet-control-zoom a")) control.addEventListener("click", zooming);
    for (const name of ["wheel", "dblclick"]) canvas.addEventListener(name, zooming, { passive: true });
    canvas.addEventListener("touchstart", (event) => event.touches.length > 1 && zooming(), { passive: true });

    const show = ({ place, zoom, isOnlyNear, box: area }) => {
      byMap = Boolean(isOnlyNear);
      if (area) {
        moving = false;
        return map.fitBounds([[area[1], area[0]], [area[3], area[2]]], { padding: [24, 24], maxZoom: CLOSE, animate: false });
      }
      go(place, Math.max(isOnlyNear ? 0 : map.getZoom(), zoom));
    };
    document.addEventListener("show", ({ detail }) => show(detail));
    document.addEventListener("place-known", ({ detail }) => {
      isKnown = detail;
      box.classList.toggle("is-known", detail);
    });
    let marks = [];
    const mark = (found) => {
      for (const each of marks) each.remove();
      marks = found.map((one, n) => {
        const face = document.createElement("span");
        face.textContent = String(n + 1);
        const icon = L.divIcon({ className: "map__object", iconSize: [28, 28], html: face });
        const dot = L.marker([one.latitude, one.longitude], { icon, keyboard: false, alt: "" }).addTo(map);
        return dot.on("click", () => document.dispatchEvent(new CustomEvent("object", { detail: one })));
      });
    };
    document.addEventListener("objects", ({ detail }) => mark(detail));
    mark(near);
    // On a telephone the map has what the sheet and what stands above leave of the window.
    const sheet = document.getElementById("plek");
    const fit = () => {
      form.style.setProperty("--above", `${Math.round(canvas.getBoundingClientRect().top + window.scrollY)}px`);
      form.style.setProperty("--sheet", `${sheet.offsetHeight}px`);
    };
    // A place that was chosen is brought in sight, where the sheet lies over the map.
    let isDue = false;
    const reveal = () => {
      const hidden = canvas.getBoundingClientRect().bottom - sheet.getBoundingClientRect().top - 16;
      if (isDue && hidden > 0 && getComputedStyle(sheet).position === "sticky") window.scrollBy({ top: hidden, behavior: still ? "auto" : "smooth" });
    };
    map.on("dragstart", () => (isDue = false));
    document.addEventListener("show", () => {
      isDue = true;
      reveal();
    });
    new ResizeObserver(() => {
      fit();
      reveal();
    }).observe(sheet);
    window.addEventListener("resize", fit);
    new ResizeObserver(() => map.invalidateSize()).observe(canvas);
    if (wanted) show(wanted);
    box.classList.toggle("is-known", document.querySelector(".sheet--ready") !== null);
    isKnown = box.classList.contains("is-known");

    fetch(words.areas)
      .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(String(answer.status)))))
      .then((found) => {
        if (found.attribution) credit(found.attribution);
        const layer = L.geoJSON(found, { interactive: !base, style: { className: "map__area" } }).addTo(map);
        if (base) return;
        if (!layer.getBounds().isValid()) throw new Error("no borders");
        const name = ({ feature }) => {
          const text = document.createElement("span");
          text.textContent = feature.properties.name;
          return text;
        };
        layer.bindTooltip(name, { sticky: true });
        // A tooltip listens to focus, which makes each buurt a stop of the Tab key without a name.
        layer.eachLayer((area) => area.getElement().setAttribute("tabindex", "-1"));
      })
      .catch(() => {
        if (base) return;
        box.hidden = true; // without streets and borders there is nothing to see: the fields do it
        form.classList.remove("has-map");
      });
  };
  document.addEventListener("show", ({ detail }) => (wanted = detail));
  document.addEventListener("objects", ({ detail }) => (near = detail));
  if (document.readyState === "complete") start();
  else window.addEventListener("load", start, { once: true });
})();
