// The map of a worklist: a mark for each line of the list below it, which is asked anew when the map is moved. Without
// this script a drawing of the server stands here, with the same marks as links.
(() => {
  "use strict";
  const element = document.getElementById("lijstkaart");
  const list = document.getElementById("plekken");
  if (!element || !list || !window.L) return;
  const data = element.dataset;
  const corners = (text) => {
    const [west, south, east, north] = text.split(" ").map((each) => Number(each.replace(",", ".")));
    return L.latLngBounds([south, west], [north, east]);
  };
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  element.hidden = false;
  const map = L.map(element, { attributionControl: false, zoomControl: false, minZoom: 8, maxZoom: 19, zoomAnimation: !still, fadeAnimation: !still });
  L.control.zoom({ zoomInTitle: data.zoomIn, zoomOutTitle: data.zoomOut }).addTo(map);
  const base = data.squares && L.streets ? L.streets(data.squares, element) : data.tiles ? L.tileLayer(data.tiles, { maxZoom: 19 }) : null;
  if (base) {
    element.classList.add("drawn-map");
    base.addTo(map);
  }
  const sources = [data.tiles && data.attribution, data.borders].filter(Boolean);
  const credits = sources.length ? L.control.attribution({ prefix: false }).addTo(map) : null;
  for (const source of sources) {
    const text = document.createElement("span");
    text.textContent = source;
    credits.addAttribution(text.outerHTML);
  }
  if (!base) {
    // Without streets the borders of the buurten say where things are.
    fetch(data.areas)
      .then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status)))
      .then((areas) => L.geoJSON(areas, { interactive: false, className: "list-map-border" }).addTo(map))
      .catch(() => {}); // the marks and the list are there
  }
  // A few are brought close, so that they do not lie on each other; else the whole town is shown.
  const first = [...list.querySelectorAll("a[data-latitude]")];
  const isFew = data.whole && first.length && first.every((link) => !("zoom" in link.dataset) && link.querySelector("strong"));
  if (isFew) {
    const places = first.map((link) => [Number(link.dataset.latitude), Number(link.dataset.longitude)]);
    map.fitBounds(L.latLngBounds(places), { padding: [32, 32], maxZoom: 16, animate: false });
  } else if (data.whole) map.fitBounds(corners(data.whole), { padding: [8, 8], animate: false });
  else map.setView([Number(data.latitude), Number(data.longitude)], Number(data.zoom), { animate: false });
  map.setMaxBounds(corners(data.bounds).pad(0.5));

  let marks = [];
  const draw = () => {
    for (const mark of marks) mark.remove();
    marks = [...list.querySelectorAll("a[data-latitude]")].map((link) => {
      const face = document.createElement("span");
      face.textContent = link.dataset.number;
      const kind = `list-map-mark${"zoom" in link.dataset ? " is-group" : ""}${"urgent" in link.dataset ? " is-urgent" : ""}`;
      const side = "zoom" in link.dataset ? 40 : 30;
      const icon = L.divIcon({ className: kind, html: face, iconSize: [side, side] });
      // By keyboard the list does it: each of its lines is the same link.
      const mark = L.marker([Number(link.dataset.latitude), Number(link.dataset.longitude)], { icon, keyboard: false, alt: "", zIndexOffset: "urgent" in link.dataset ? 1000 : 0 });
      return mark.addTo(map).on("click", () => link.click());
    });
  };
  list.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-zoom]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    map.setView([Number(link.dataset.latitude), Number(link.dataset.longitude)], Number(link.dataset.zoom));
  });

  let asked = 0;
  const renew = async () => {
    const number = ++asked;
    const bounds = map.getBounds();
    const middle = map.getCenter();
    const look = `${map.getZoom()}_${middle.lat.toFixed(5)}_${middle.lng.toFixed(5)}`;
    const box = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()].map((each) => each.toFixed(5)).join("_");
    try {
      const answer = await fetch(`${data.spots}&look=${look}&box=${box}`, { credentials: "same-origin" });
      if (answer.redirected) return window.location.reload(); // logged out meanwhile
      if (!answer.ok) throw new Error(String(answer.status));
      const text = await answer.text();
      if (number !== asked) return undefined; // it was moved again
      list.innerHTML = text;
      const here = new URL(window.location.href);
      here.searchParams.set("map", look);
      window.history.replaceState(null, "", here);
      draw();
    } catch {
      if (number === asked && list.firstElementChild) list.firstElementChild.textContent = data.away;
    }
    return undefined;
  };
  draw();
  renew();
  map.on("moveend", renew);
  new ResizeObserver(() => map.invalidateSize()).observe(element);
})();
