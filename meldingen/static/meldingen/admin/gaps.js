/* The cursor stands in the first gap (___) of a text: when a standard text is put in, and when the text came back for
   it. Without this script the error above the text says where. */
(function () {
  "use strict";
  const GAP = /_{3,}/;
  function stand(box) {
    const gap = GAP.exec(box.value);
    if (gap) {
      box.focus();
      box.setSelectionRange(gap.index, gap.index + gap[0].length);
    }
  }
  document.addEventListener("change", (event) => {
    const box = event.target.matches("select[data-standard]") && event.target.form.querySelector("textarea[name=text]");
    if (box) stand(box);
  });
  const wrong = document.querySelector(".field.wrong textarea");
  if (wrong) stand(wrong);
})();
