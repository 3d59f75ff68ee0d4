// Reading needs none of this. Text size and what was copied stay in this browser; a voice is used only if it is on this device.
(() => {
  "use strict";
  const root = document.documentElement, key = "iroyin-size", show = (one) => { one.closest("[hidden]").hidden = false; };

  const sizes = document.querySelectorAll("#sizes button");
  const kept = () => { try { return localStorage.getItem(key); } catch { return null; } };
  const keep = (size) => { try { if (size === "normal") localStorage.removeItem(key); else localStorage.setItem(key, size); } catch { /* then it holds for this page only */ } };
  const resize = (size) => {
    if (size === "normal") delete root.dataset.size; else root.dataset.size = size;
    for (const button of sizes) button.setAttribute("aria-pressed", String(button.value === size));
  };
  for (const button of sizes) button.addEventListener("click", () => { resize(button.value); keep(button.value); });
  if (sizes.length) { const size = kept(); resize(size === "small" || size === "large" ? size : "normal"); show(sizes[0]); }

  const share = document.getElementById("share"), canonical = document.querySelector("link[rel=canonical]");
  const clipboard = navigator.clipboard;
  if (share && canonical && (navigator.share || clipboard)) {
    const copy = () => clipboard && clipboard.writeText(canonical.href).then(() => { share.nextElementSibling.textContent = share.dataset.done; }, () => {});
    share.addEventListener("click", () => {
      share.nextElementSibling.textContent = "";
      if (!navigator.share) { copy(); return; }
      const title = document.querySelector('meta[property="og:title"]').content;
      navigator.share({ title, url: canonical.href }).catch((why) => { if (why.name !== "AbortError") copy(); });
    });
    show(share);
  }

  const listen = document.getElementById("listen"), speech = window.speechSynthesis;
  if (!listen || !speech) return;
  const first = (code) => ({ nb: "no", nn: "no", cmn: "zh" })[code] || code;
  const tongue = (tag) => first(tag.toLowerCase().split(/[-_]/)[0]);
  const voice = (language) => speech.getVoices().find((one) => one.localService === true && tongue(one.lang) === tongue(language));
  const say = listen.textContent;
  let reading = 0, marked = null;
  const mark = (one) => { if (marked) marked.classList.remove("spoken"); marked = one; if (one) one.classList.add("spoken"); };
  const stop = () => { reading += 1; speech.cancel(); mark(null); listen.textContent = say; };
  const read = (parts, turn) => {
    const part = parts.shift();
    if (turn !== reading) return;
    if (!part) { stop(); return; }
    const language = part.closest("[lang]").lang, own = voice(language);
    if (!own) { read(parts, turn); return; }
    const spoken = new SpeechSynthesisUtterance(part.textContent);
    spoken.voice = own;
    spoken.lang = language;
    spoken.onstart = () => { if (turn === reading) mark(part); };
    spoken.onend = () => read(parts, turn);
    spoken.onerror = () => { if (turn === reading) stop(); };
    speech.speak(spoken);
  };
  listen.addEventListener("click", () => {
    if (listen.textContent !== say) { stop(); return; }
    speech.cancel();
    listen.textContent = listen.dataset.stop;
    read([...document.querySelectorAll(".story h1 :is(.by,.s), .prose :is(.subhead,.by,.s)")].filter((one) => one.getClientRects().length), reading += 1);
  });
  addEventListener("pagehide", stop);
  const offer = () => { if (voice(root.lang)) show(listen); };
  if (!listen.closest("[hidden]")) return;
  offer();
  if (speech.addEventListener) speech.addEventListener("voiceschanged", () => { if (listen.closest("[hidden]")) offer(); });
})();
