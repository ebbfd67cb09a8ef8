// Makes an open page fresh when it has changed. Every page works without it.
"use strict";
(() => {
  const path = document.body.dataset.livePath;
  const status = document.getElementById("status");
  let isFetching = false, isWaiting = false;

  const isInUse = (part) => part.contains(document.activeElement) &&
    ["INPUT", "TEXTAREA", "SELECT"].includes(document.activeElement.tagName);
  const isFilled = (part) => [...part.querySelectorAll("input:not([type=hidden]), textarea")]
    .some((field) => field.type === "checkbox" ? field.checked !== field.defaultChecked
      : field.value !== field.defaultValue);

  const words = (part) => {
    const copy = part.cloneNode(true);
    copy.querySelectorAll(".clock").forEach((clock) => clock.remove());
    return copy.textContent + [...part.querySelectorAll(".clock")].length;
  };

  const freshen = async () => {
    if (isFetching) { isWaiting = true; return; }
    isFetching = true;
    try {
      const answer = await fetch(location.href, { headers: { "X-Live": "1" } });
      if (answer.redirected || !answer.ok) { location.reload(); return; }
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      let changed = false;
      for (const part of document.querySelectorAll("[data-live]")) {
        const fresh = page.getElementById(part.id);
        if (!fresh || words(fresh) === words(part)) continue;
        if (isInUse(part) || isFilled(part)) { changed = true; continue; }
        const open = [...part.querySelectorAll("details")].map((d) => d.open);
        part.replaceChildren(...fresh.childNodes);
        [...part.querySelectorAll("details")].forEach((d, n) => { d.open = open[n] ?? d.open; });
        changed = true;
      }
      if (changed && status) status.textContent = "The page has changed.";
      count();
    } catch { /* the stream tells again when the server is back */ } finally {
      isFetching = false;
      if (isWaiting) { isWaiting = false; freshen(); }
    }
  };

  const count = () => {
    for (const clock of document.querySelectorAll("[data-seconds]")) {
      if (clock.dataset.ends) continue;
      clock.dataset.ends = String(Date.now() + 1000 * Number(clock.dataset.seconds));
    }
  };
  setInterval(() => {
    for (const clock of document.querySelectorAll("[data-ends]")) {
      const left = Math.max(0, Math.round((Number(clock.dataset.ends) - Date.now()) / 1000));
      clock.querySelector("output").textContent = `${Math.floor(left / 60)} min ${left % 60} s`;
    }
  }, 1000);
  count();

  // A double click must not look like a fault; the server counts it once anyway.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    setTimeout(() => { delete form.dataset.sent; }, 3000);
  });

  if (path && window.EventSource) {
    const source = new EventSource(path);
    let wasOpen = false;
    source.addEventListener("open", () => { if (wasOpen) freshen(); wasOpen = true; });
    source.addEventListener("changed", freshen);
  }
})();
