/* What a person has done to a record so far; every step can be undone. */
import { at, blank, changed, edits, FIELDS, fieldOf, keyOf } from "./content.js";

export class Session {
  #before = [];

  constructor(made, types, onchange) {
    Object.assign(this, { made, types, onchange, edits: {}, accepted: new Set(), forbidden: [] });
  }

  /* As it stands. */
  get content() { return { ...this.made, ...this.edits }; }

  get value() { return { edits: this.edits, accepted: [...this.accepted], forbidden: this.forbidden }; }

  /* Goes on from what was saved; what was here can be had back. */
  restore({ edits: given = {}, accepted = [], forbidden = [] } = {}, { isNew = false } = {}) {
    if (!isNew) this.#remember();
    Object.assign(this, { edits: given, accepted: new Set(accepted), forbidden });
  }

  /* Goes on from a review that is saved already. */
  review(version) { this.restore({ edits: edits(this.made, version, FIELDS) }, { isNew: true }); }

  isDecided(path) { return this.accepted.has(keyOf(this.content, path)); }

  accept(path) { this.#step(() => this.accepted.add(keyOf(this.content, path))); }

  reject(path) { this.#step(() => this.#put(changed(this.content, path, undefined))); }

  /* One step for as long as one statement is written at: `begin`, then `replace` with each key. */
  begin() { this.#remember(); }

  replace(path, value) {
    this.#put(changed(this.content, path, value));
    this.onchange();
  }

  /* What the values of a schema of one's own rest on stands beside them. */
  cite(path, evidence) {
    const field = path.replace(/^data\./, "");
    this.#put({ evidence: { ...this.content.evidence, [field]: evidence } });
    this.onchange();
  }

  /* What has a place of its own and says nothing yet. */
  get lacking() {
    const { headline, five_ws: answers } = this.content;
    const places = Object.keys(this.types.FiveWs.properties).filter((name) => !answers?.[name]).map((name) => `five_ws.${name}`);
    return headline ? places : ["headline", ...places];
  }

  /* A new statement, in a place of its own or at the end of its field; says where. */
  add(field, known) {
    const made = (path) => ({ ...blank(this.types, path), ...known });
    if (this.lacking.includes(field)) {
      const [whole, name] = field.split(".");
      this.#step(() => this.#put({ [whole]: name ? { ...(this.content[whole] ?? blank(this.types, whole)), [name]: made(field) } : made(field) }));
      return field;
    }
    const list = this.content[field] ?? [];
    this.#step(() => this.#put({ [field]: [...list, made(`${field}[0]`)] }));
    return `${field}[${list.length}]`;
  }

  forbid(words) { this.#step(() => { this.forbidden = [...new Set([...this.forbidden, words])]; }); }

  undo() {
    const last = this.#before.pop();
    if (!last) return false;
    this.restore(JSON.parse(last), { isNew: true });
    this.onchange();
    return true;
  }

  #step(act) {
    this.#remember();
    act();
    this.onchange();
  }

  #remember() { this.#before.push(JSON.stringify(this.value)); }

  #put(fields) { this.edits = { ...this.edits, ...fields }; }
}

export const evidenceOf = (content, path) =>
  (fieldOf(path) === "data" ? content.evidence?.[path.replace(/^data\./, "")] : at(content, path)?.evidence) ?? [];
