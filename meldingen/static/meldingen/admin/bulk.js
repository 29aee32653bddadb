/* Counts what is ticked in a list, and keeps it from page to page of that list, until something is done with it
   (bulk-done.js): who is refused, or looks and goes back, has ticked nothing in vain. Without this script the bar
   appears by itself, and sends what is ticked on this page, or the whole list. */
(function () {
  "use strict";
  const form = document.getElementById("velen");
  if (!form) {
    return;
  }
  const key = "velen:" + form.dataset.list;
  const boxes = Array.from(document.querySelectorAll("input[name=melding][form=velen]"));
  const whole = document.querySelector("input[name=whole][form=velen]");
  const here = new Set(boxes.map((box) => box.value));
  let elsewhere = new Set(read().filter((id) => !here.has(id)));

  function read() {
    try {
      return JSON.parse(window.sessionStorage.getItem(key) || "[]");
    } catch (error) {
      return [];
    }
  }

  function write(ids) {
    try {
      window.sessionStorage.setItem(key, JSON.stringify(ids));
    } catch (error) {
      /* a browser that keeps nothing sends this page alone */
    }
  }

  function show() {
    const ticked = boxes.filter((box) => box.checked).map((box) => box.value);
    const chosen = [...elsewhere, ...ticked];
    write(chosen);
    form.elements.more.value = [...elsewhere].join(",");
    form.querySelector(".bulk-number").textContent = chosen.length ? String(chosen.length) : "";
    form.toggleAttribute("data-chosen", chosen.length > 0);
  }

  let last = null; // where a row of them begins that ends at a click with Shift

  function fill(box) {
    const ends = [boxes.indexOf(last), boxes.indexOf(box)].sort((one, other) => one - other);
    boxes.slice(ends[0], ends[1] + 1).forEach((each) => { each.checked = box.checked; });
  }

  const before = new Set(read());
  boxes.forEach((box) => {
    box.checked = box.checked || before.has(box.value);
    (box.closest("label") || box).addEventListener("mousedown", (event) => {
      if (event.shiftKey) {
        event.preventDefault(); // it would choose the text between them
      }
    });
    box.addEventListener("click", (event) => {
      if (event.shiftKey && last) {
        fill(box);
        show();
      }
      last = box;
    });
    box.addEventListener("change", () => {
      if (whole && !box.checked) {
        whole.checked = false; // all but this one is no longer all of the list
      }
      show();
    });
  });
  if (whole) {
    whole.addEventListener("change", () => {
      elsewhere = new Set();
      boxes.forEach((box) => { box.checked = whole.checked; });
      show();
    });
  }
  if (whole && whole.checked) {
    boxes.forEach((box) => { box.checked = true; }); // as a browser gives the page back
  }
  show();
})();
