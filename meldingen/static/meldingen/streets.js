// Our own streets as a layer of Leaflet: asks for squares and draws them on canvases, in the colours of the page.
(() => {
  "use strict";
  if (!window.L) return;
  const SIDE = 512; // pixels of a square
  const UNITS = 1024; // what it is divided into
  const HALF = Math.PI / 180;
  // Widths in pixels at the zoom of the square: street, and its casing around it.
  const WIDTH = { 1: [1.5, 2, 3, 5, 7, 10, 14, 20], 2: [0.8, 1, 2, 3.5, 6, 9, 13, 18], 3: [0, 0, 1, 1.2, 1.5, 2, 3, 4] };
  const widthAt = (rank, zoom) => WIDTH[rank][Math.min(7, Math.max(0, zoom - 11))];

  const trace = (pen, numbers) => {
    for (let i = 0; i < numbers.length; i += 2) {
      if (i) pen.lineTo(numbers[i], numbers[i + 1]);
      else pen.moveTo(numbers[i], numbers[i + 1]);
    }
  };
  const fill = (pen, shapes, colour) => {
    pen.fillStyle = colour;
    for (const lines of shapes) {
      pen.beginPath();
      for (const line of lines) trace(pen, line);
      pen.fill("evenodd");
    }
  };
  const isRing = (line) => line.length > 6 && line[0] === line[line.length - 2] && line[1] === line[line.length - 1];
  const stroke = (pen, streets, colour, width) => {
    pen.strokeStyle = colour;
    for (const [rank, , lines] of streets) {
      pen.lineWidth = width(rank);
      if (!pen.lineWidth || !width(rank)) continue;
      pen.beginPath();
      for (const line of lines) trace(pen, line);
      pen.stroke();
    }
  };
  // Where a name may stand: along the longest stretch inside the square that bends little.
  const stretch = (lines) => {
    let best = [0];
    for (const line of lines) {
      for (let i = 0; i + 3 < line.length; i += 2) {
        const first = Math.atan2(line[i + 3] - line[i + 1], line[i + 2] - line[i]);
        for (let j = i + 2; j < line.length; j += 2) {
          const along = Math.atan2(line[j + 1] - line[j - 1], line[j] - line[j - 2]);
          if (Math.cos(along - first) < 0.95) break;
          const [wide, high] = [line[j] - line[i], line[j + 1] - line[i + 1]];
          const room = Math.hypot(wide, high);
          if (room > best[0]) best = [room, line[i] + wide / 2, line[i + 1] + high / 2, Math.atan2(high, wide)];
        }
      }
    }
    const turn = best[3] > Math.PI / 2 ? best[3] - Math.PI : best[3] <= -Math.PI / 2 ? best[3] + Math.PI : best[3];
    return [best[0], best[1], best[2], turn];
  };
  const boxOf = (x, y, turn, wide, high) => {
    const [w, h] = [Math.abs(Math.cos(turn)) * wide + Math.abs(Math.sin(turn)) * high, Math.abs(Math.sin(turn)) * wide + Math.abs(Math.cos(turn)) * high];
    return [x - w / 2, y - h / 2, x + w / 2, y + h / 2];
  };
  const isFree = (box, taken) =>
    box[0] >= 0 && box[1] >= 0 && box[2] <= UNITS && box[3] <= UNITS && taken.every((other) => box[2] < other[0] || box[0] > other[2] || box[3] < other[1] || box[1] > other[3]);
  const name = (pen, streets, look, perMetre) => {
    const taken = [];
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    pen.lineJoin = "round";
    pen.lineWidth = 6;
    for (const [rank, text, lines, [turn, room, x, y]] of streets) {
      if (!text) continue;
      pen.font = `${rank === 1 ? 600 : 400} ${rank === 1 ? 26 : 24}px ${look.font}`;
      const wide = pen.measureText(text).width + 12;
      const places = [stretch(lines)];
      if (x !== null) places.unshift([room * perMetre, x, y, -turn * HALF]);
      const place = places.find(([long, at, high, by]) => long * 1.15 >= wide && isFree(boxOf(at, high, by, wide, 32), taken));
      if (!place) continue;
      taken.push(boxOf(place[1], place[2], place[3], wide, 32));
      pen.save();
      pen.translate(place[1], place[2]);
      pen.rotate(place[3]);
      pen.strokeStyle = look.street;
      pen.strokeText(text, 0, 0);
      pen.fillStyle = look.name;
      pen.fillText(text, 0, 0);
      pen.restore();
    }
  };
  const draw = (canvas, found, coords, look) => {
    const pen = canvas.getContext("2d");
    const zoom = coords.z;
    const scale = UNITS / SIDE;
    pen.scale(canvas.width / UNITS, canvas.height / UNITS);
    pen.lineCap = pen.lineJoin = "round";
    fill(pen, found.groen, look.green);
    fill(pen, found.water.filter(([line]) => isRing(line)), look.water);
    stroke(pen, found.water.filter(([line]) => !isRing(line)).map((lines) => [2, "", lines]), look.water, () => 3 * scale);
    fill(pen, found.gebouw || [], look.building);
    const streets = [...found.straat].reverse(); // main roads over the others
    stroke(pen, streets, look.casing, (rank) => (widthAt(rank, zoom) ? (widthAt(rank, zoom) + 1.6) * scale : 0));
    stroke(pen, streets, look.street, (rank) => widthAt(rank, zoom) * scale);
    if (zoom < 14) return;
    const latitude = Math.atan(Math.sinh(Math.PI * (1 - (2 * (coords.y + 0.5)) / 2 ** (zoom - 1))));
    name(pen, found.straat, look, (UNITS * 2 ** (zoom - 1)) / (40075016.7 * Math.cos(latitude)));
  };

  L.streets = (url, box) => {
    const style = getComputedStyle(box);
    box.classList.add("drawn-map");
    const of = (word) => style.getPropertyValue(`--town-map-${word}`).trim();
    const look = { green: of("green"), water: of("water"), building: of("building"), street: of("street"), casing: of("casing"), name: of("name"), font: style.fontFamily };
    const Layer = L.GridLayer.extend({
      createTile(coords, done) {
        const canvas = document.createElement("canvas");
        canvas.width = canvas.height = SIDE * Math.min(2, window.devicePixelRatio || 1);
        const asked = L.Util.template(url, { z: coords.z - 1, x: coords.x, y: coords.y });
        fetch(asked)
          .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(String(answer.status)))))
          .then((found) => {
            draw(canvas, found, coords, look);
            done(null, canvas);
          })
          .catch((error) => done(error, canvas));
        return canvas;
      },
    });
    return new Layer({ tileSize: SIDE, maxZoom: 19, minZoom: 8 });
  };
})();
