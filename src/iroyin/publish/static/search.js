// Suggests headlines while you type, and on a copy of the site without a server does the search itself.
(() => {
  "use strict";
  const form = document.querySelector("form.search"), box = document.getElementById("found");
  if (!form) return;
  const words = form.elements.q, list = document.getElementById("q-said"), here = document.documentElement.lang;
  const folder = form.getAttribute("action").replace(/search$/, "");
  const kept = new Map();
  const plain = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f\u064b-\u0652\u0591-\u05c7]/g, "").toLowerCase();
  const index = (code) => {
    const from = code ? `/${code}/search.json` : `${folder}search.json`;
    if (!kept.has(from)) kept.set(from, fetch(from).then((got) => got.ok ? got.json() : { stories: [] }).catch(() => ({ stories: [] })));
    return kept.get(from);
  };
  words.addEventListener("focus", () => index(""), { once: true });
  words.addEventListener("input", async () => {
    const asked = plain(words.value.trim());
    if (asked.length < 2) { list.replaceChildren(); return; }
    const { stories } = await index(form.elements.in.value);
    list.replaceChildren(...stories.filter((s) => plain(s[0]).includes(asked)).slice(0, 8).map((s) => new Option("", s[0])));
  });

  const fields = new URLSearchParams(location.search), asked = plain((fields.get("q") || "").trim());
  if (!box || !box.dataset.index || !asked) return;
  for (const [name, value] of fields) if (form.elements[name]) form.elements[name].value = value;
  const terms = asked.split(/\s+/), since = fields.get("since") || "", until = fields.get("until") || "9999";
  const section = form.elements.section, wanted = section.value ? section.selectedOptions[0].textContent : "";
  const note = (text) => { const p = document.createElement("p"); p.className = "tally"; p.textContent = text; return p; };
  index(fields.get("in") || "").then(({ stories, language }) => {
    const found = stories.filter(([head, lede, , name, day]) => {
      const text = plain(`${head} ${lede}`);
      return (!wanted || name === wanted) && (!day || (day >= since && day <= until)) && terms.every((t) => text.includes(t));
    }).slice(0, 50).map(([head, lede, path, name]) => {
      const card = document.createElement("article"), title = document.createElement("h2"), link = document.createElement("a"), text = document.createElement("p"), kicker = document.createElement("p");
      card.className = "card row"; kicker.className = "kicker"; text.className = "lede"; kicker.textContent = name;
      link.href = path; link.textContent = head; title.append(link); text.textContent = lede;
      if (language && language !== here) for (const part of [title, text, kicker]) { part.lang = language; part.dir = "auto"; }
      card.append(kicker, title, text);
      return card;
    });
    box.replaceChildren(note(found.length ? box.dataset.copy : box.dataset.none), ...found);
  });
})();
