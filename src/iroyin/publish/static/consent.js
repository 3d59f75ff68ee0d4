// Present only when the operator counts visits. Nothing is loaded before a yes; the choice can be changed at any time.
(() => {
  "use strict";
  const key = "iroyin-consent", notice = document.getElementById("consent"), again = document.getElementById("consent-open");
  if (!notice) return;
  const load = () => {
    if (!notice.dataset.src || document.querySelector("script[data-counting]")) return;
    const script = document.createElement("script");
    script.src = notice.dataset.src;
    script.dataset.counting = "";
    script.defer = true;
    document.head.append(script);
  };
  let choice = null;
  try { choice = localStorage.getItem(key); } catch { choice = null; }
  if (navigator.globalPrivacyControl && choice === null) choice = "no";
  if (choice === "yes") load();
  notice.hidden = choice !== null;
  for (const button of notice.querySelectorAll("button")) {
    button.addEventListener("click", () => {
      try { localStorage.setItem(key, button.value); } catch { /* the choice then holds for this page only */ }
      notice.hidden = true;
      if (button.value === "yes") load();
      else if (document.querySelector("script[data-counting]")) location.reload();
    });
  }
  if (again) {
    again.hidden = false;
    again.addEventListener("click", () => { notice.hidden = false; notice.querySelector("button").focus(); });
  }
})();
