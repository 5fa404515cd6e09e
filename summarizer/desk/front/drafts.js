/* Drafts: what somebody types is kept in this browser at once, and on the server as soon as it answers. */
import { maybe, record, send } from "./api.js";

const PAUSE = 400, AGAIN = 3000;
/* Milliseconds: after the last key, and after the server did not answer. */

export class Drafts {
  #timer = 0;
  #saving = null;
  #isDirty = false;

  /* `choose(mine, current)` comes to what is to be kept where another tab has saved, or to null for not yet;
     `show(state)` is told how it stands. */
  constructor(id, name, { choose, show }) {
    const prefix = `draft ${id} ${name} `;
    Object.assign(this, { prefix, choose, show, path: record(id, "drafts", name), version: 0, value: null });
    this.key = `${prefix}${Date.now()}-${Math.random()}`;
    this.again = () => { if (this.#isDirty) this.#save(); };
    addEventListener("online", this.again);
  }

  /* What was saved last, here or there; null for nothing. */
  async load() {
    const there = await maybe(this.path).catch((error) => { if (error.isOffline) return null; throw error; });
    Object.assign(this, { version: there?.version ?? 0, value: there?.value ?? null });
    for (const key of Object.keys(localStorage).filter((each) => each.startsWith(this.prefix))) {
      const kept = JSON.parse(localStorage[key]);
      const isNext = kept.version === this.version && !this.#isDirty;
      const chosen = same(kept.value, this.value) ? this.value : isNext ? kept.value : await this.choose(kept.value, there);
      if (chosen === null) continue;
      if (!same(chosen, this.value)) this.save(chosen);
      localStorage.removeItem(key);
    }
    return this.value;
  }

  save(value) {
    this.value = value;
    this.#isDirty = true;
    this.#keep();
    this.show("saving");
    this.#later(PAUSE);
  }

  /* All that was typed is on the server when this comes back. */
  async flush() {
    clearTimeout(this.#timer);
    while (this.#isDirty || this.#saving) {
      if (!(await this.#save())) throw new Error("The draft is not saved yet: look at what is said above.");
    }
  }

  /* The review has taken its place. */
  forget() {
    clearTimeout(this.#timer);
    Object.assign(this, { version: 0, value: null });
    this.#isDirty = false;
    localStorage.removeItem(this.key);
  }

  close() {
    removeEventListener("online", this.again);
    return this.#isDirty ? this.#save() : null;
  }

  #keep() {
    try { localStorage.setItem(this.key, JSON.stringify({ version: this.version, value: this.value })); }
    catch { this.show("full"); }
  }

  #later(pause) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#save(), pause);
  }

  /* One request at a time, each with all that there is. */
  #save() { return (this.#saving ??= this.#put().finally(() => { this.#saving = null; })); }

  async #put() {
    while (this.#isDirty) {
      this.#isDirty = false;
      try {
        const answer = await send(this.path, { method: "PUT", json: this.value, version: this.version });
        this.version = (await answer.json()).version;
      } catch (error) {
        this.#isDirty = true;
        if (error.status === 412) { if (await this.#settle(error.body.current)) continue; else return false; }
        this.show(error.isOffline ? "offline" : error.message);
        if (error.isOffline) this.#later(AGAIN);
        return false;
      }
    }
    localStorage.removeItem(this.key);
    this.show("saved");
    return true;
  }

  async #settle(current) {
    const chosen = await this.choose(this.value, current);
    if (chosen === null) { this.show("differs"); return false; }
    Object.assign(this, { value: chosen, version: current?.version ?? 0 });
    this.#keep();
    return true;
  }
}

const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

