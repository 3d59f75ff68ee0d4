// Marks what is new since the last visit, if the reader asks for it. The time of the visit stays in this browser.
(() => {
  "use strict";
  const key = "iroyin-seen", button = document.getElementById("mark-new");
  if (!button) return;
  const now = () => new Date().toISOString().slice(0, 16) + "Z";
  const read = () => { try { return localStorage.getItem(key); } catch { return null; } };
  const write = (at) => { try { if (at) localStorage.setItem(key, at); else localStorage.removeItem(key); } catch { /* then nothing is marked */ } };
  const show = (on) => { button.textContent = on ? button.dataset.off : button.dataset.on; button.setAttribute("aria-pressed", String(on)); };
  const seen = read();
  button.hidden = false;
  show(seen !== null);
  if (seen) {
    for (const card of document.querySelectorAll(".card")) {
      const time = card.querySelector("time[datetime$=Z]");
      if (!time || time.dateTime <= seen) continue;
      const mark = document.createElement("span");
      mark.className = "new";
      mark.textContent = button.dataset.word;
      card.querySelector(".meta").prepend(mark);
    }
    addEventListener("pagehide", () => { if (read() !== null) write(now()); });
  }
  button.addEventListener("click", () => {
    const on = read() === null;
    write(on ? now() : "");
    for (const mark of document.querySelectorAll(".new")) mark.remove();
    show(on);
  });
})();
