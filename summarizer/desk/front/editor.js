/* One statement as a form, in its place. */
import { at, settled, typeOf } from "./content.js";
import { button, h, labelled, options, tell, written } from "./dom.js";
import { evidence, picking } from "./evidence.js";

const NAMED = ["speaker", "holder"];
const WIDE = ["text", "about", "was"];

/* The form for the statement at `path`; `done` is called when nothing more is to be written. */
export const editor = (session, path, root, done) => {
  const value = structuredClone(at(session.content, path));
  const isObject = value !== null && typeof value === "object";
  const findings = h("ul", { role: "list" });
  const set = (name, given) => {
    if (!isObject) { session.replace(path, typed(given, value)); return; }
    value[name] = given;
    if (name === "text" && "speaker" in value) value.evidence = [];  // a quote is placed anew by its words
    if ("mentions" in value) value.mentions = [];
    session.replace(path, value);
  };
  const copied = isObject && ("mentions" in value ? "name" : "speaker" in value ? "text" : null);
  const copy = ({ text }) => {
    set(copied, text);
    form.querySelector(`[name="${copied}"]`).value = text;
    tell(`Taken: ${text}`);
  };
  const cite = (spans) => {
    if (isObject) { value.evidence = spans; session.replace(path, value); } else session.cite(path, spans);
  };
  const fields = isObject
    ? Object.keys(value).filter((name) => !["evidence", "mentions"].includes(name)).map((name) => field(session, path, name, value[name], set))
    : [field(session, path, null, value, set)];
  const hasEvidence = isObject ? "evidence" in value : path.startsWith("data.");
  const rests = copied ? picking(root, session.made.article, { select: copy }) : hasEvidence ? evidence(session, path, root, cite) : null;
  const form = h("form", { class: "editor", "aria-label": "Edit the statement", onsubmit: (event) => { event.preventDefault(); done(true); } },
    fields, copied ? h("small", { class: "quiet" }, "Its words can be selected in the article.") : rests?.element, h("div", { class: "live-findings", role: "status" }, findings),
    h("p", { class: "row" }, h("button", { class: "main", "aria-keyshortcuts": "Enter" }, "Done"),
      button("Undo and close", () => done(false), { "aria-keyshortcuts": "Escape" })));
  form.addEventListener("click", (event) => event.stopPropagation());
  form.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.isComposing) return;
    const isDone = event.key === "Enter" && !event.shiftKey && event.target.matches("textarea, select");
    if (isDone) event.preventDefault();
    if (isDone || event.key === "Escape") done(isDone);
  });
  return { path, form, show: (found) => findings.replaceChildren(...found.map(told)), close: () => rests?.close() };
};

const told = ({ severity, message }) => h("li", { class: severity, dir: "auto" }, h("b", {}, severity), ` ${message}`);

const typed = (given, before) => (typeof before === "number" && given.trim() && !Number.isNaN(Number(given)) ? Number(given) : given);

/* One field by its type: a list to choose from, a number, or words. */
const field = (session, path, name, value, set) => {
  const type = name === null ? null : typeOf(session.types, `${path}.${name}`);
  const known = settled(session.types, type);
  const label = name === null ? "text" : name.replaceAll("_", " ");
  const mayLack = Boolean(type?.anyOf);
  const words = (event) => set(name, event.target.value === "" && mayLack ? null : event.target.value);
  if (known?.enum) {
    const names = known.enum.map((each) => [each, each]);
    return labelled(label, h("select", { name, onchange: words }, options(mayLack ? [["", "not said"], ...names] : names, value ?? "")));
  }
  if (known?.type === "number") {
    const number = (event) => set(name, event.target.value === "" ? null : Number(event.target.value));
    return labelled(label, h("input", { name, type: "number", step: "any", value: value ?? "", oninput: number }));
  }
  if (NAMED.includes(name)) return labelled(label, person(session, value, words));
  if (name === null || WIDE.includes(name)) return labelled(label, written(String(value ?? ""), { name, oninput: words }));
  return labelled(label, h("input", { name, value: value ?? "", dir: "auto", oninput: words, autocomplete: "off" }));
};

/* The names of the record, people first; or another one. */
const person = (session, value, oninput) => {
  const rank = { person: 0, organization: 1 };
  const names = [...session.content.entities].filter((each) => each.type in rank).sort((a, b) => rank[a.type] - rank[b.type]);
  const id = `names-${Math.random().toString(36).slice(2)}`;
  return h("span", { class: "person" },
    h("input", { value: value ?? "", dir: "auto", list: id, oninput, autocomplete: "off", placeholder: "not named" }),
    h("datalist", { id }, names.map((each) => h("option", { value: each.name }, each.role ?? each.type))));
};
