// Where a photo was taken, read from it in the browser alone and offered: it is the place of the report only when the visitor
// says so. On the server nobody reads it, and it is taken out of the photo.
(() => {
  "use strict";
  const form = document.getElementById("melding");
  const offer = document.getElementById("foto-plek");
  if (!form || !offer) return;

  const HEAD = 256 * 1024; // a telephone writes it before the picture
  const [APP1, PICTURE, GPS_TABLE] = [0xffe1, 0xffda, 0x8825];
  const [SIDE_OF_LATITUDE, LATITUDE, SIDE_OF_LONGITUDE, LONGITUDE] = [1, 2, 3, 4];

  // The table of tags of the photo, as EXIF has it inside the first part of a JPEG; null for any other file.
  const table = (view) => {
    if (view.byteLength < 4 || view.getUint16(0) !== 0xffd8) return null;
    for (let at = 2; at + 10 < view.byteLength && view.getUint16(at) !== PICTURE; at += 2 + view.getUint16(at + 2)) {
      if (view.getUint16(at) === APP1 && view.getUint32(at + 4) === 0x45786966) return new DataView(view.buffer, at + 10);
      if (view.getUint8(at) !== 0xff) return null;
    }
    return null;
  };

  // Tags of one directory by number, each the position of its entry.
  const entries = (tiff, at, little) => {
    const found = new Map();
    for (let index = 0; index < tiff.getUint16(at, little); index += 1) {
      const entry = at + 2 + 12 * index;
      found.set(tiff.getUint16(entry, little), entry);
    }
    return found;
  };

  const degrees = (tiff, entry, little) => {
    const at = tiff.getUint32(entry + 8, little);
    return [1, 60, 3600].reduce((sum, share, index) => {
      const part = tiff.getUint32(at + 8 * index, little) / tiff.getUint32(at + 8 * index + 4, little);
      return sum + part / share;
    }, 0);
  };

  const place = (buffer) => {
    const tiff = table(new DataView(buffer));
    if (!tiff) return null;
    const little = tiff.getUint16(0) === 0x4949;
    const gps = entries(tiff, tiff.getUint32(4, little), little).get(GPS_TABLE);
    if (gps === undefined) return null;
    const tags = entries(tiff, tiff.getUint32(gps + 8, little), little);
    if (![SIDE_OF_LATITUDE, LATITUDE, SIDE_OF_LONGITUDE, LONGITUDE].every((tag) => tags.has(tag))) return null;
    const side = (tag) => String.fromCharCode(tiff.getUint8(tags.get(tag) + 8));
    const latitude = degrees(tiff, tags.get(LATITUDE), little) * (side(SIDE_OF_LATITUDE) === "S" ? -1 : 1);
    const longitude = degrees(tiff, tags.get(LONGITUDE), little) * (side(SIDE_OF_LONGITUDE) === "W" ? -1 : 1);
    const isPlace = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 && (latitude || longitude);
    return isPlace ? { latitude: latitude.toFixed(6), longitude: longitude.toFixed(6) } : null;
  };

  const read = async (file) => {
    try {
      return place(await file.slice(0, HEAD).arrayBuffer());
    } catch {
      return null; // cut off or nonsense: then it says no place
    }
  };

  const set = (name, value) => {
    let input = form.querySelector(`input[name=${name}]`);
    if (!input) {
      input = document.createElement("input");
      input.type = "hidden";
      input.name = name;
      form.append(input);
    }
    input.value = value;
  };

  let here = null;
  document.addEventListener("photos-chosen", async (event) => {
    for (const file of event.detail) {
      here = here || await read(file);
    }
    if (here && offer.dataset.taken === undefined) offer.hidden = false;
  });

  offer.querySelector("button").addEventListener("click", () => {
    for (const [name, value] of Object.entries(here)) set(name, value);
    offer.dataset.taken = "";
    const words = document.createElement("p");
    words.textContent = offer.dataset.words;
    words.tabIndex = -1;
    offer.replaceChildren(words);
    words.focus();
  });
})();
