/* The record on the screen: where somebody is in it, and what can be done there. */
import { button, h } from "./dom.js";
import { extendKeys } from "./keys.js";
import { mounted, pageOf } from "./page.js";

export class Board {
  /* `does` has accept, edit and reject; `isDecided` knows by the path of a statement. */
  constructor(holder, does, isDecided) { Object.assign(this, { holder, does, isDecided, root: null }); }

  get current() {
    const element = document.activeElement?.closest("[data-path], .doubt") ?? this.root?.querySelector(".current");
    return element && this.root.contains(element) ? element : null;
  }

  statement(path) { return this.root.querySelector(`.statement[data-path="${CSS.escape(path)}"]`); }

  get doubts() { return [...(this.root?.querySelectorAll(".doubt") ?? [])]; }

  show(page) {
    const before = this.current, at = before?.getBoundingClientRect().top;
    this.root = mounted(this.holder, pageOf(page));
    extendKeys(this.root);
    this.decorate();
    this.root.addEventListener("focusin", (event) => this.#offer(event.target.closest(".statement[data-path]")));
    if (before) this.#goBack(before, at);
  }

  /* To the statement that somebody was at, or else the doubt that now stands there, at the same height. */
  #goBack(before, top) {
    const same = `[data-path="${CSS.escape(before.dataset.path ?? "")}"]`;
    const there = this.root.querySelector(`${before.matches(".doubt") ? ".doubt" : ".statement"}${same}`)
      ?? this.root.querySelector(before.matches(".doubt") ? ".doubt" : same);
    if (!there) return;
    there.focus({ preventScroll: true });
    scrollBy({ top: there.getBoundingClientRect().top - top, behavior: "instant" });
  }

  decorate() {
    for (const element of this.root.querySelectorAll(".doubt, .statement[data-path]")) {
      const isDecided = this.isDecided(element.dataset.path ?? "");
      element.classList.toggle("decided", isDecided);
      if (element.matches(".statement")) { element.tabIndex = 0; continue; }
      element.querySelector(":scope > .acts")?.remove();
      element.append(this.#acts(Boolean(element.dataset.path), isDecided));
    }
  }

  #offer(statement) {
    if (!statement || statement.querySelector(":scope > .acts, .editor")) return;
    this.root.querySelector(".statement > .acts")?.remove();
    statement.append(this.#acts(true, this.isDecided(statement.dataset.path)));
  }

  #acts(isStatement, isDecided) {
    return h("p", { class: "acts" },
      isDecided ? h("span", { class: "good" }, "✓ accepted") : button("Accept", (event) => this.#by(event, () => this.does.accept()), { key: "a" }),
      isStatement && button("Edit", (event) => this.#by(event, () => this.does.edit()), { key: "e" }),
      isStatement && button("Reject", (event) => this.#by(event, () => this.does.reject()), { key: "x" }));
  }

  #by(event, act) {
    event.stopPropagation();
    event.currentTarget.closest("[data-path], .doubt").focus({ preventScroll: true });
    act();
  }

  /* To the next doubt that nobody has decided. */
  onward(from) {
    const { doubts } = this;
    const next = from.matches(".doubt") && [...doubts.slice(doubts.indexOf(from)), ...doubts].find((each) => !each.matches(".decided"));
    if (next) { next.focus({ preventScroll: true }); next.scrollIntoView({ block: "nearest" }); }
    else from.focus({ preventScroll: true });
  }
}
