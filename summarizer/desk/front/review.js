/* A record beside its article, to be accepted, edited and rejected statement by statement. */
import { ask, maybe, record, types } from "./api.js";
import { asked, button, h, tell } from "./dom.js";
import { at, FIELDS } from "./content.js";
import { labelCase } from "./case.js";
import { chosen } from "./conflict.js";
import { Drafts } from "./drafts.js";
import { editor } from "./editor.js";
import { extendKeys, pressed } from "./keys.js";
import { mounted, pageOf } from "./page.js";
import { selected } from "./places.js";
import { order } from "./queue.js";
import { Session } from "./session.js";
import { whoami } from "./person.js";

const PAUSE = 350;
/* Milliseconds after the last key until what is typed is checked. */
const ADDED = [["key_points", "key point"], ["quotes", "quote"], ["figures", "figure"], ["entities", "name"], ["timeline", "date"]];

export const review = async (main, { id, batch }) => {
  const name = await whoami();
  const [made, known, reviews, ids] = await Promise.all([ask(`${record(id)}?made`), types(), ask(record(id, "reviews")), order(batch)]);
  const view = new Review(main, { id, name, made, known, reviews: reviews.reviews, ids, batch });
  await view.open();
  return view;
};

class Review {
  #checks = 0;
  #timer = 0;
  #editing = null;

  constructor(main, given) {
    Object.assign(this, given, { main });
    this.session = new Session(this.made, this.known, () => this.#changed());
    this.own = this.reviews.find((each) => each.by === this.name);
    if (this.own) this.session.review(this.own.value);
    this.drafts = new Drafts(this.id, this.name, { choose: (mine, current) => this.#choose(mine, current), show: saved });
    this.bar = h("div", { class: "bar-of-review" });
    this.holder = h("div", {});
    this.onkey = (event) => pressed(event, this);
    this.sizes = new ResizeObserver(() => document.documentElement.style.setProperty("--bar", `${this.bar.offsetHeight}px`));
  }

  async open() {
    const draft = await this.drafts.load();
    if (draft) this.session.restore(draft, { isNew: true });
    this.main.replaceChildren(this.bar, this.holder);
    document.addEventListener("keydown", this.onkey);
    this.sizes.observe(this.bar);
    await this.#check({ page: true });
    tell(draft ? "Your draft is back." : "The record is open.");
  }

  close() {
    document.removeEventListener("keydown", this.onkey);
    clearTimeout(this.#timer);
    this.sizes.disconnect();
    this.#editing?.close();
    return this.drafts.close();
  }

  /* --- what is done to a statement --- */

  get current() {
    const element = document.activeElement?.closest("[data-path], .doubt") ?? this.root?.querySelector(".current");
    return element && this.root.contains(element) ? element : null;
  }

  accept() {
    const element = this.current;
    if (!element) { tell("Go to a statement first: j leads to the next doubt."); return; }
    this.session.accept(element.dataset.path ?? "");
    this.#decorate();
    tell("Accepted.");
    this.#onward(element);
  }

  reject() {
    const path = this.current?.dataset.path;
    if (!path) return;
    this.session.reject(path);
    tell("Rejected: it is no longer in the record. u takes that back.");
    this.#check({ page: true });
  }

  edit(path = this.current?.dataset.path, element = this.current) {
    if (!path || this.#editing || at(this.session.content, path) === undefined) return;
    this.session.begin();
    const before = JSON.stringify(this.session.edits);
    this.#editing = editor(this.session, path, this.root, (isKept) => this.#edited(before, isKept));
    element.append(this.#editing.form);
    element.classList.add("edited");
    this.#editing.show(this.#found(path));
    this.#editing.form.querySelector("textarea, input, select").focus();
  }

  async add() {
    const span = selected(this.root, this.made.article);
    const field = await asked("What is lacking?", (form) => {
      if (span) form.append(h("p", { dir: "auto" }, `From the words that are selected: “${span.text}”`));
      form.append(h("p", { class: "row" }, ADDED.map(([name, words]) => h("button", { value: name }, words))));
      return (pressed) => pressed.value;
    }, null);
    if (!field) return;
    const evidence = span ? [{ start: span.start, end: span.end, text: span.text }] : [];
    const known = { ...(field === "entities" ? { name: span?.text ?? "" } : { text: span?.text ?? "", evidence }) };
    const path = this.session.add(field, known);
    await this.#check({ page: true });
    const there = this.root.querySelector(`.statement[data-path="${path}"]`);
    there?.scrollIntoView({ block: "center" });
    if (there) this.edit(path, there);
  }

  forbid() {
    const words = getSelection().toString().trim();
    if (!words) { tell("Select words of the article first."); return; }
    this.session.forbid(words);
    saved(`“${words}” may stand in no record: that goes into the labelled case.`);
  }

  undo() {
    if (!this.session.undo()) { tell("There is nothing to undo."); return; }
    tell("Undone.");
    this.#check({ page: true });
  }

  next(by = 1) {
    const to = this.ids[this.ids.indexOf(this.id) + by];
    if (to) location.hash = `#/records/${to}${this.batch ? `?batch=${encodeURIComponent(this.batch)}` : ""}`;
    else tell("This is the last of them.");
  }

  async save() {
    if (this.#editing) this.#edited(null, true);
    await this.drafts.flush();
    try {
      await this.#put(this.own?.version);
    } catch (error) {
      if (error.status !== 412) { saved(error.message, true); return false; }
      this.own = error.body.current;
      const mine = this.session.value;
      const other = new Session(this.made, this.known, () => {});
      other.review(this.own.value);
      if (!(await this.#choose(mine, { value: other.value, at: this.own.at }))) return false;
      await this.#check({ page: true });
      return this.save();
    }
    return true;
  }

  async label() { if (await this.save()) await labelCase(this); }

  async #put(version) {
    const { edits } = this.session;
    this.own = await ask(record(this.id, "reviews", this.name), { method: "PUT", json: { edits }, version });
    this.drafts.forget();
    saved(`Review of ${this.name} saved.`);
    this.#toolbar();
  }

  /* --- what comes of it --- */

  #changed() {
    this.drafts.save(this.session.value);
    clearTimeout(this.#timer);
    if (this.#editing) this.#timer = setTimeout(() => this.#check(), PAUSE);
  }

  #edited(before, isKept) {
    const { close, form } = this.#editing;
    const isSame = before === JSON.stringify(this.session.edits);
    close();
    form.closest("[data-path]").focus({ preventScroll: true });
    form.remove();
    this.#editing = null;
    if (!isKept || isSame) this.session.undo();
    this.#check({ page: true });
  }

  /* The record as it stands, checked; as a page where no form is open in it. */
  async #check({ page = false } = {}) {
    clearTimeout(this.#timer);
    const number = ++this.#checks;
    const given = { method: "POST", json: { edits: this.session.edits } };
    const failed = (error) => {
      if (this.#editing) this.#editing.show([{ severity: "not checked", message: error.message }]);
      else saved(error.message, true);
    };
    const found = await ask(`${record(this.id, "check")}${page ? "?html" : ""}`, given).catch((error) => ({ error }));
    if (number !== this.#checks) return;
    if (found.error) { failed(found.error); return; }
    this.record = found.record;
    if (found.html && !this.#editing) this.#show(found.html);
    this.#editing?.show(this.#found(this.#editing.path));
  }

  #found(path) {
    const isIn = (found) => found.path === path || found.path.startsWith(`${path}.`) || found.path.startsWith(`${path}[`);
    return (this.record?.findings ?? []).filter(isIn);
  }

  #show(page) {
    const before = this.current, at = before?.getBoundingClientRect().top;
    this.root = mounted(this.holder, pageOf(page));
    extendKeys(this.root);
    this.#decorate();
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

  #decorate() {
    for (const element of this.root.querySelectorAll(".doubt, .statement[data-path]")) {
      const isDecided = this.session.isDecided(element.dataset.path ?? "");
      element.classList.toggle("decided", isDecided);
      if (element.matches(".statement")) { element.tabIndex = 0; continue; }
      element.querySelector(":scope > .acts")?.remove();
      element.append(this.#acts(Boolean(element.dataset.path), isDecided));
    }
    this.#toolbar();
  }

  #offer(statement) {
    if (!statement || statement.querySelector(":scope > .acts, .editor")) return;
    this.root.querySelector(".statement > .acts")?.remove();
    statement.append(this.#acts(true, this.session.isDecided(statement.dataset.path)));
  }

  #acts(isStatement, isDecided) {
    return h("p", { class: "acts" },
      isDecided ? h("span", { class: "good" }, "✓ accepted") : button("Accept", (event) => this.#by(event, () => this.accept()), { key: "a" }),
      isStatement && button("Edit", (event) => this.#by(event, () => this.edit()), { key: "e" }),
      isStatement && button("Reject", (event) => this.#by(event, () => this.reject()), { key: "x" }));
  }

  #by(event, act) {
    event.stopPropagation();
    event.currentTarget.closest("[data-path], .doubt").focus({ preventScroll: true });
    act();
  }

  #onward(from) {
    const doubts = [...this.root.querySelectorAll(".doubt")];
    const next = from.matches(".doubt") && [...doubts.slice(doubts.indexOf(from)), ...doubts].find((each) => !each.matches(".decided"));
    if (next) { next.focus({ preventScroll: true }); next.scrollIntoView({ block: "nearest" }); }
    else from.focus({ preventScroll: true });
  }

  #toolbar() {
    const doubts = this.root.querySelectorAll(".doubt").length, decided = this.root.querySelectorAll(".doubt.decided").length;
    const place = this.ids.indexOf(this.id), others = this.reviews.filter((each) => each.by !== this.name);
    const compare = others.length && this.own;
    this.bar.replaceChildren(
      h("p", { class: "row" },
        button("‹", () => this.next(-1), { disabled: place < 1, "aria-label": "Previous article" }),
        h("span", { class: "quiet" }, place < 0 ? "" : `${place + 1} of ${this.ids.length}`),
        button("›", () => this.next(), { key: "n", disabled: place < 0 || place + 1 >= this.ids.length, "aria-label": "Next article" }),
        doubts ? h("span", { class: "progress" }, h("progress", { max: doubts, value: decided, "aria-label": "Doubts decided" }), ` ${decided} of ${doubts} doubts decided`) : null,
        compare ? h("a", { class: "button", href: `#/records/${this.id}/agreement` }, `Compare with ${others.map((each) => each.by).join(", ")}`) : null),
      h("p", { class: "row" },
        button("Undo", () => this.undo(), { key: "u" }),
        button("Add …", () => this.add(), { key: "+" }),
        button("Forbid selection", () => this.forbid(), { key: "f" }),
        button("Label", () => this.label(), { key: "l" }),
        button("Save review", () => this.save(), { key: "s", class: "main" })));
  }

  async #choose(mine, current) {
    const isGone = !current;
    const theirs = isGone ? await this.#reviewed() : current.value;
    const value = await chosen(this.made, mine, theirs, current?.at);
    if (value === null) return null;
    this.session.restore(theirs);
    if (value === mine) this.session.restore(mine);
    if (this.root) this.#check({ page: true });
    return value;
  }

  /* Where a draft is gone, its review was saved elsewhere. */
  async #reviewed() {
    const kept = (await ask(record(this.id, "reviews"))).reviews.find((each) => each.by === this.name);
    const other = new Session(this.made, this.known, () => {});
    if (kept) { this.own = kept; other.review(kept.value); }
    return other.value;
  }
}

const STATES = {
  saving: "Saving …", saved: "Draft saved.", full: "This browser keeps no more: save the review now.",
  offline: "The server does not answer: kept in this browser until it does.",
  differs: "Not saved: another tab has saved this record. Choose at the next change.",
};

export const saved = (state, isBad = !["saving", "saved"].includes(state) && state in STATES) => {
  const line = document.querySelector(".saved");
  line.textContent = STATES[state] ?? state;
  line.classList.toggle("bad", isBad);
};
