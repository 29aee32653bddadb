// A photo that was being prepared when its page was made shows by itself once it is ready.
(() => {
  "use strict";
  const PAUSES = [600, 900, 1400, 2000, 3000, 4000, 6000, 8000, 15000, 30000];
  const watched = new WeakSet();

  const wait = (place, tries = 0) => {
    if (tries >= PAUSES.length || !place.isConnected) return;
    const picture = new Image();
    picture.className = "photos__picture";
    picture.alt = place.dataset.alt;
    picture.addEventListener("load", () => place.replaceWith(picture));
    picture.addEventListener("error", () => wait(place, tries + 1));
    setTimeout(() => { picture.src = `${place.dataset.waits}?${tries}`; }, PAUSES[tries]);
  };
  const watch = () => {
    for (const place of document.querySelectorAll("[data-waits]")) {
      if (!watched.has(place)) wait(place);
      watched.add(place);
    }
  };
  document.addEventListener("photos-shown", watch);
  watch();
})();
