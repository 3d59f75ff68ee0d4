// Reading needs none of this. It opens a source beside its number and writes times in the reader's own zone.
(() => {
  "use strict";
  const language = document.documentElement.lang;
  for (const time of document.querySelectorAll("time[datetime$=Z]")) {
    const at = new Date(time.dateTime);
    const shape = time.dataset.moment === "time" ? { hour: "numeric", minute: "2-digit" }
      : { day: "numeric", month: "short", year: "numeric", hour: "numeric", minute: "2-digit" };
    try {
      const written = new Intl.DateTimeFormat(language, shape);
      if (!Intl.DateTimeFormat.supportedLocalesOf([language]).length) break;
      time.title = time.textContent;
      time.textContent = written.format(at);
    } catch { break; }
  }

  let card = null, from = null;
  const close = () => {
    if (card) card.remove();
    if (from) from.removeAttribute("aria-expanded");
    card = from = null;
  };
  const open = (cite) => {
    if (cite === from) return;
    close();
    const note = document.getElementById(cite.hash.slice(1));
    if (!note) return;
    card = document.createElement("aside");
    card.className = "note-card";
    for (const part of [note.closest(".from").firstElementChild, ...note.querySelectorAll("p")]) card.append(part.cloneNode(true));
    for (const part of card.querySelectorAll("[id]")) part.removeAttribute("id");
    document.body.append(card);
    const box = cite.getBoundingClientRect(), wide = card.offsetWidth, edge = 16;
    const prose = cite.closest(".prose"), page = prose && prose.getBoundingClientRect();
    const mirrored = document.documentElement.dir === "rtl";
    const beside = page && (mirrored ? page.left : innerWidth - page.right) > wide + 3 * edge;
    const left = beside ? (mirrored ? page.left - wide - 2 * edge : page.right + 2 * edge) : Math.min(Math.max(edge, box.left + box.width / 2 - wide / 2), innerWidth - wide - edge);
    const below = box.bottom + card.offsetHeight + 12 < innerHeight || box.top < card.offsetHeight + 12;
    card.style.left = left + scrollX + "px";
    card.style.top = (beside ? box.top - edge : below ? box.bottom + 6 : box.top - card.offsetHeight - 6) + scrollY + "px";
    from = cite;
    cite.setAttribute("aria-expanded", "true");
  };
  let leaving = 0;
  const soon = () => { leaving = setTimeout(close, 220); };
  document.addEventListener("mouseover", (event) => {
    const cite = event.target.closest(".cite");
    if (cite) { clearTimeout(leaving); open(cite); }
    else if (card && card.contains(event.target)) clearTimeout(leaving);
  });
  document.addEventListener("mouseout", (event) => {
    if (event.target.closest(".cite, .note-card")) soon();
  });
  document.addEventListener("focusin", (event) => {
    const cite = event.target.closest(".cite");
    if (cite) open(cite); else if (card && !card.contains(event.target)) close();
  });
  const languages = document.querySelector(".switch");
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    close();
    if (languages && languages.open) { languages.open = false; languages.firstElementChild.focus(); }
  });
  document.addEventListener("click", (event) => {
    if (languages && !languages.contains(event.target)) languages.open = false;
  });
})();
