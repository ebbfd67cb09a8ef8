// What htmx and Idiomorph leave to the page. Every page works without any script.
"use strict";
(() => {
  // What somebody has opened, ticked or begun to write stays as the page is made fresh.
  Idiomorph.defaults.callbacks.beforeAttributeUpdated = (name, node) =>
    !(name === "open" ||
      (name === "value" && node.type !== "hidden" && node.value !== node.defaultValue) ||
      (name === "checked" && node.checked !== node.defaultChecked));

  const words = () => {
    const copy = document.getElementById("main").cloneNode(true);
    copy.querySelectorAll(".clock, [role=status]").forEach((each) => each.remove());
    return copy.textContent;
  };
  const where = () => document.querySelector(".where")?.textContent.trim().replace(/\s+/g, " ");
  const tell = (text) => { document.getElementById("freshened").textContent = text; };
  let before = "", stood = where();
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    const address = new URL(detail.xhr.responseURL);
    if (detail.xhr.status === 200 && address.pathname === location.pathname) {
      before = words();
    } else {
      detail.shouldSwap = false;
      location.reload();
    }
  });
  document.addEventListener("htmx:afterSwap", () => {
    if (words() !== before) tell(where() === stood ? "The page has changed." : where());
    before = "";
    stood = where();
    count();
  });

  // Whoever was cut off, before the stream had ever opened too, may have missed a change.
  let mayHaveMissed = false;
  document.addEventListener("htmx:sseError", () => { mayHaveMissed = true; });
  document.addEventListener("htmx:sseOpen", () => {
    if (mayHaveMissed) htmx.trigger("#freshen", "freshen");
    mayHaveMissed = true;
  });

  // A double click must not look like a fault; the server counts it once anyway.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    setTimeout(() => { delete form.dataset.sent; }, 3000);
  });

  const count = () => {
    for (const clock of document.querySelectorAll("[data-seconds]:not([data-ends])")) {
      clock.dataset.ends = String(Date.now() + 1000 * Number(clock.dataset.seconds));
    }
  };
  setInterval(() => {
    for (const clock of document.querySelectorAll("[data-ends]")) {
      const left = Math.max(0, Math.round((Number(clock.dataset.ends) - Date.now()) / 1000));
      // Read out once, not every second.
      if (left === 60) tell("One minute left.");
      clock.querySelector("output").textContent = `${Math.floor(left / 60)} min ${left % 60} s`;
    }
  }, 1000);
  count();
})();
