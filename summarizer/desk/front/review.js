/* A record beside its article, to be accepted, edited and rejected statement by statement. */
import { ask, record, types } from "./api.js";
import { Board } from "./board.js";
import { at } from "./content.js";
import { asked, h, tell } from "./dom.js";
import { labelCase } from "./case.js";
import { chosen } from "./conflict.js";
import { Drafts } from "./drafts.js";
import { editor } from "./editor.js";
import { pressed } from "./keys.js";
import { selected } from "./places.js";
import { order } from "./queue.js";
import { Session } from "./session.js";
import { saved } from "./status.js";
import { toolbar } from "./toolbar.js";
import { whoami } from "./person.js";

const PAUSE = 350;
/* Milliseconds after the last key until what is typed is checked. */
const ADDED = [["key_points", "key point"], ["quotes", "quote"], ["figures", "figure"], ["entities", "name"], ["timeline", "date"]];

export const review = async (main, { id, batch }) => {
  const name = await whoami();
  const [made, counts, known, reviews, ids] =
    await Promise.all([ask(`${record(id)}?made`), ask(record(id)), types(), ask(record(id, "reviews")), order(batch)]);
  const view = new Review(main, { id, name, made, counts, known, reviews: reviews.reviews, ids, batch });
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
    this.board = new Board(h("div", {}), this, (path) => this.session.isDecided(path));
    this.onkey = (event) => pressed(event, this);
    this.sizes = new ResizeObserver(() => document.documentElement.style.setProperty("--bar", `${this.bar.offsetHeight}px`));
  }

  async open() {
    const draft = await this.drafts.load();
    if (draft) this.session.restore(draft, { isNew: true });
    this.main.replaceChildren(this.bar, this.board.holder);
    document.addEventListener("keydown", this.onkey);
    this.sizes.observe(this.bar);
    await this.#check({ page: true });
    tell(draft ? "Your draft is back." : "The record is open.");
    const by = this.counts.run.review?.by;
    if (by && by !== this.name) saved(`What counts is the version of ${by}. Here it is as it was made, with what you change.`);
  }

  close() {
    document.removeEventListener("keydown", this.onkey);
    clearTimeout(this.#timer);
    this.sizes.disconnect();
    this.#editing?.close();
    return this.drafts.close();
  }

  /* --- what is done to a statement --- */

  get current() { return this.board.current; }

  accept() {
    const element = this.current;
    if (!element) { tell("Go to a statement first: j leads to the next doubt."); return; }
    this.session.accept(element.dataset.path ?? "");
    this.board.decorate();
    toolbar(this);
    tell("Accepted.");
    this.board.onward(element);
  }

  reject() {
    const path = this.current?.dataset.path?.replace(/\.about$/, "");  // a dispute goes as a whole
    if (!path) return;
    this.session.reject(path);
    tell("Rejected: it is no longer in the record. u takes that back.");
    this.#check({ page: true });
  }

  edit(path = this.current?.dataset.path, element = this.current) {
    if (!path || this.#editing || at(this.session.content, path) === undefined) return;
    this.session.begin();
    const before = JSON.stringify(this.session.edits);
    this.#editing = editor(this.session, path, this.board.root, (isKept) => this.#edited(before, isKept));
    element.append(this.#editing.form);
    element.classList.add("edited");
    this.#editing.show(this.#found(path));
    this.#editing.form.querySelector("textarea, input, select").focus();
    this.#editing.form.scrollIntoView({ block: "nearest" });
  }

  async add() {
    const span = selected(this.board.root, this.made.article);
    const field = await asked("What is lacking?", (form) => {
      if (span) form.append(h("p", { dir: "auto" }, `From the words that are selected: “${span.text}”`));
      const lacking = this.session.lacking.map((path) => [path, path.replace("five_ws.", "")]);
      const kinds = [...ADDED, ...lacking].map(([name, words], at) => h("button", { value: name, "aria-keyshortcuts": at + 1 }, words, at < 9 ? h("kbd", { "aria-hidden": "true" }, at + 1) : null));
      form.append(h("p", { class: "row" }, kinds));
      form.addEventListener("keydown", (event) => kinds[Number(event.key) - 1]?.click());
      return (pressed) => pressed.value;
    }, null);
    if (!field) return;
    const evidence = span ? [{ start: span.start, end: span.end, text: span.text }] : [];
    const known = { ...(field === "entities" ? { name: span?.text ?? "" } : { text: span?.text ?? "", evidence }) };
    const path = this.session.add(field, known);
    await this.#check({ page: true });
    const there = this.board.statement(path);
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
    try {
      await this.drafts.flush();
      await this.#put(this.own?.version);
    } catch (error) {
      if (error.status !== 412) { saved(error.message, true); return false; }
      this.own = error.body.current;
      if (!(await this.#choose(this.session.value, { value: this.#asDraft(this.own), at: this.own.at }))) return false;
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
    toolbar(this);
  }

  /* --- what comes of it --- */

  #changed() {
    this.drafts.save(this.session.value);
    clearTimeout(this.#timer);
    if (this.#editing) this.#timer = setTimeout(() => this.#check(), PAUSE);
  }

  #edited(before, isKept) {
    const isSame = before === JSON.stringify(this.session.edits);
    this.#shut();
    if (!isKept || isSame) this.session.undo();
    this.#check({ page: true });
  }

  #shut() {
    if (!this.#editing) return;
    const { close, form } = this.#editing;
    close();
    form.closest("[data-path]").focus({ preventScroll: true });
    form.remove();
    this.#editing = null;
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
    if (found.html && !this.#editing) { this.board.show(found.html); toolbar(this); }
    this.#editing?.show(this.#found(this.#editing.path));
  }

  #found(path) {
    const isIn = (found) => found.path === path || found.path.startsWith(`${path}.`) || found.path.startsWith(`${path}[`);
    return (this.record?.findings ?? []).filter(isIn);
  }

  async #choose(mine, current) {
    const isGone = !current;
    const theirs = isGone ? await this.#reviewed() : current.value;
    const value = await chosen(this.made, mine, theirs, current?.at);
    if (value === null) return null;
    this.session.restore(theirs);
    if (value === mine) this.session.restore(mine);
    else this.#shut();
    if (this.board.root) this.#check({ page: true });
    return value;
  }

  /* Where a draft is gone, its review was saved elsewhere. */
  async #reviewed() {
    const kept = (await ask(record(this.id, "reviews"))).reviews.find((each) => each.by === this.name);
    this.own = kept ?? this.own;
    return this.#asDraft(kept);
  }

  #asDraft(review) {
    const session = new Session(this.made, this.known, () => {});
    if (review) session.review(review.value);
    return session.value;
  }
}
