"use strict";
/* Brings a record to life: a statement lights up what it rests on, a sentence shows what rests on it.
   All that it reads is numbers and names of elements; text is only ever set as text. */
globalThis.checkable = (root) => {
  const all = (selector, within = root) => [...within.querySelectorAll(selector)];
  const one = (selector) => root.querySelector(selector);
  const key = root.dataset.key;
  const sentence = (place) => document.getElementById(`${key}-s${place}`);
  const lights = (target) => target.closest?.("[data-spans], [data-looked]") ?? pinned;
  const doubts = all(".doubt");
  const tray = one(".tray"), live = one(".live"), keys = one("dialog.keys");
  const steady = matchMedia("(prefers-reduced-motion: reduce)");
  const hasHighlights = "highlights" in CSS && typeof Highlight === "function";
  const pressed = [];
  let pinned = null;

  /* "3:0-57 4:0-9": stretches of sentences */
  const pieces = (list = "") => list.split(" ").filter(Boolean).map((piece) => {
    const [place, start, end] = piece.split(/[:-]/).map(Number);
    return { place, start, end };
  });

  const resting = new Map();
  for (const statement of all(".statement[data-spans]")) {
    for (const place of new Set(pieces(statement.dataset.spans).map((piece) => piece.place))) {
      if (!resting.has(place)) resting.set(place, []);
      resting.get(place).push(statement);
    }
  }

  /* --- light --- */

  const range = ({ place, start, end }) => {
    const text = sentence(place)?.firstChild;
    if (!text) return null;
    const found = new Range();
    found.setStart(text, Math.min(start, text.length));
    found.setEnd(text, Math.min(end, text.length));
    return found;
  };

  const paint = (name, list) => {
    CSS.highlights.set(name, new Highlight(...list.map(range).filter(Boolean)));
  };

  /* Without highlights: the sentence again, cut where a stretch begins or ends. */
  const marked = new Set();
  const mark = (lists) => {
    for (const place of marked) sentence(place).textContent = sentence(place).textContent;
    marked.clear();
    for (const place of new Set(Object.values(lists).flat().map((piece) => piece.place))) {
      if (!sentence(place)) continue;
      const text = sentence(place).textContent;
      const within = (name) => lists[name].filter((piece) => piece.place === place);
      const stretches = Object.keys(lists).flatMap(within);
      const cuts = [...new Set([0, text.length, ...stretches.flatMap(({ start, end }) => [start, end])])]
        .filter((cut) => cut <= text.length).sort((a, b) => a - b);
      const parts = cuts.slice(1).map((end, at) => {
        const names = Object.keys(lists).filter((name) => within(name).some((p) => p.start <= cuts[at] && p.end >= end));
        if (!names.length) return text.slice(cuts[at], end);
        const part = document.createElement("mark");
        part.className = names.includes("evidence") ? "evidence" : "looked";
        part.textContent = text.slice(cuts[at], end);
        return part;
      });
      sentence(place).replaceChildren(...parts);
      marked.add(place);
    }
  };

  const light = (element) => {
    const lists = { evidence: pieces(element?.dataset.spans), looked: pieces(element?.dataset.looked) };
    if (hasHighlights) Object.entries(lists).forEach(([name, list]) => paint(name, list));
    else mark(lists);
    for (const button of pressed.splice(0)) button.setAttribute("aria-pressed", "false");
    for (const place of new Set(Object.values(lists).flat().map((piece) => piece.place))) {
      const button = one(`.n[data-place="${place}"]`);
      button?.setAttribute("aria-pressed", "true");
      if (button) pressed.push(button);
    }
  };

  /* --- what is chosen --- */

  const pane = one(".article");
  const isBeside = () => getComputedStyle(pane).position === "sticky";

  /* Beside the record the article alone moves: what a reader has just clicked stays where it is. */
  const show = (element) => {
    const behavior = steady.matches ? "instant" : "smooth";
    if (!isBeside() || !pane.contains(element)) { element.scrollIntoView({ block: "center", behavior }); return; }
    const at = element.getBoundingClientRect(), frame = pane.getBoundingClientRect();
    pane.scrollTo({ top: pane.scrollTop + at.top - frame.top - frame.height / 3, behavior });
  };

  const numbered = (place) => {
    const name = root.querySelector(`.n[data-place="${place}"]`)?.textContent ?? place;
    return place === 0 ? "the title" : `sentence ${name}`;
  };

  const clear = () => {
    for (const element of all(".current, .rests")) element.classList.remove("current", "rests");
    pinned = null;
    tray.hidden = true;
    light(null);
  };

  const lay = (of, title, items) => {
    tray.dataset.of = of;
    one(".tray-title").textContent = live.textContent = title;
    one(".tray ul").replaceChildren(...items);
    tray.hidden = false;
  };

  const item = (...children) => {
    const element = document.createElement("li");
    element.dir = "auto";
    element.append(...children);
    return element;
  };

  const choose = (statement) => {
    clear();
    pinned = statement;
    statement.classList.add("current");
    light(statement);
    const places = [...new Set([...pieces(statement.dataset.spans), ...pieces(statement.dataset.looked)].map((p) => p.place))];
    if (!places.length) { live.textContent = "It rests on no sentence."; return; }
    if (isBeside() && sentence(places[0])) show(sentence(places[0]));
    const title = `${statement.matches(".doubt") ? "To look at" : "Rests on"}: ${places.map(numbered).join(", ")}`;
    lay("statement", title, places.filter(sentence).map((place) => item(sentence(place).textContent)));
  };

  const ask = (place) => {
    clear();
    const chosen = resting.get(place) ?? [];
    const whole = { spans: `${place}:0-${sentence(place).textContent.length}` };
    light({ dataset: whole });
    pinned = { dataset: whole };
    for (const statement of chosen) statement.classList.add("rests");
    const count = chosen.length === 1 ? "1 statement rests" : `${chosen.length || "no"} statements rest`;
    lay("sentence", `${count} on ${numbered(place)}`, chosen.map((statement) => {
      const link = document.createElement("a");
      link.href = `#${statement.id}`;
      link.textContent = (statement.querySelector(".line") ?? statement).textContent;
      return item(link);
    }));
  };

  const step = (by) => {
    if (!doubts.length) return;
    const at = doubts.indexOf(document.activeElement?.closest(".doubt") ?? pinned);
    const next = doubts[at < 0 ? (by > 0 ? 0 : doubts.length - 1) : (at + by + doubts.length) % doubts.length];
    next.focus({ preventScroll: true });
    choose(next);
    next.scrollIntoView({ block: isBeside() ? "nearest" : "start", behavior: "instant" });
  };

  /* --- what a reader does --- */

  root.addEventListener("click", (event) => {
    const target = event.target;
    if (target.closest(".close")) { keys.close(); clear(); return; }
    if (target.closest(".next")) { step(1); return; }
    if (target.closest(".previous")) { step(-1); return; }
    if (target.closest(".show-keys")) { keys.showModal(); return; }
    const button = target.closest("button.n, .s.cited");
    if (button) { ask(Number(button.dataset.place ?? button.id.slice(key.length + 2))); return; }
    const link = target.closest("a");
    const from = target.closest(".statement, .doubt");
    if (link?.dataset.place) {
      event.preventDefault();
      if (from) choose(from);
      const goal = sentence(Number(link.dataset.place));
      goal.tabIndex = -1;
      goal.focus({ preventScroll: true });
      show(goal);
    } else if (link?.hash && link.getAttribute("href").startsWith("#")) {
      event.preventDefault();
      const goal = document.getElementById(link.hash.slice(1));
      if (!goal) return;
      goal.tabIndex = -1;
      goal.focus({ preventScroll: true });
      show(goal);
      if (goal.matches(".doubt, .statement")) choose(goal);
    } else if (!link && from && !getSelection().toString()) {
      choose(from);
    }
  });
  /* What scrolls under a pointer that rests is not pointed at. */
  let rest = "";
  root.addEventListener("pointerover", (event) => {
    const moved = `${event.clientX},${event.clientY}`;
    if (event.pointerType === "mouse" && moved !== rest) light(lights(event.target));
    rest = moved;
  });
  root.addEventListener("pointerleave", () => light(pinned));
  root.addEventListener("focusin", (event) => light(lights(event.target)));
  /* Keys are for the record that has the focus, else for the first on the page. */
  const press = (event) => {
    if (!root.isConnected) { document.removeEventListener("keydown", press); return; }
    const isTyping = event.target.closest?.("input:not([type=checkbox]), textarea, select, [contenteditable]");
    const meant = document.activeElement?.closest(".checkable") ?? document.querySelector(".checkable");
    if (isTyping || event.ctrlKey || event.metaKey || event.altKey || meant !== root || keys.open) return;
    if (event.key === "Escape") clear();
    if (!one(".keys-on").checked) return;
    if (event.key === "j") step(1);
    if (event.key === "k") step(-1);
    if (event.key === "?") keys.showModal();
  };
  document.addEventListener("keydown", press);
  for (const button of all(".steps")) button.hidden = false;
};
document.querySelectorAll(".checkable").forEach(globalThis.checkable);
