/* One statement as a form, in its place; what it rests on is chosen in the article. */
import { at, settled, typeOf } from "./content.js";
import { button, h, labelled, options, tell } from "./dom.js";
import { clicked, lights, selected, short } from "./places.js";
import { evidenceOf } from "./session.js";

const NAMED = ["speaker", "holder"];
const WIDE = ["text", "about", "was"];

/* The form for the statement at `path`, and `close`; `done` is called when nothing more is to be written. */
export const editor = (session, path, root, done) => {
  const article = session.made.article;
  const value = structuredClone(at(session.content, path));
  const isObject = value !== null && typeof value === "object";
  const findings = h("ul", { class: "live-findings", role: "status" });
  const rests = evidence(session, path, article, root, (spans) => {
    if (isObject && "evidence" in value) { value.evidence = spans; session.replace(path, value); } else session.cite(path, spans);
  });

  const set = (name, given) => {
    if (!isObject) { session.replace(path, typed(given, value)); return; }
    value[name] = given;
    if (name === "text" && "speaker" in value) value.evidence = [];  // a quote is placed anew by its words
    if ("mentions" in value) value.mentions = [];
    session.replace(path, value);
  };
  const fields = isObject
    ? Object.keys(value).filter((name) => !["evidence", "mentions"].includes(name)).map((name) => field(session, path, name, value[name], set))
    : [field(session, path, null, value, set)];
  const form = h("form", { class: "editor", "aria-label": "Edit the statement", onsubmit: (event) => { event.preventDefault(); done(true); } },
    fields, rests?.element, findings,
    h("p", { class: "row" }, h("button", { class: "main", "aria-keyshortcuts": "Enter" }, "Done"),
      button("Undo and close", () => done(false), { "aria-keyshortcuts": "Escape" })));
  form.addEventListener("click", (event) => event.stopPropagation());
  form.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.isComposing) return;
    if (event.key === "Escape") done(false);
    if (event.key === "Enter" && event.target.matches("textarea") && !event.shiftKey) {
      event.preventDefault();
      done(true);
    }
  });
  return { form, show: (found) => findings.replaceChildren(...found.map(told)), close: () => rests?.close() };
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
    return labelled(label, h("select", { onchange: words }, options(mayLack ? [["", "not said"], ...names] : names, value ?? "")));
  }
  if (known?.type === "number") {
    const number = (event) => set(name, event.target.value === "" ? null : Number(event.target.value));
    return labelled(label, h("input", { type: "number", step: "any", value: value ?? "", oninput: number }));
  }
  if (NAMED.includes(name)) return labelled(label, person(session, value, words));
  if (name === null || WIDE.includes(name)) return labelled(label, h("textarea", { rows: 3, dir: "auto", oninput: words }, String(value ?? "")));
  return labelled(label, h("input", { value: value ?? "", dir: "auto", oninput: words, autocomplete: "off" }));
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

/* What the statement rests on: numbers that are typed, sentences that are clicked, words that are selected. */
const evidence = (session, path, article, root, put) => {
  const value = at(session.content, path);
  if (!(value && typeof value === "object" && "evidence" in value) && !path.startsWith("data.")) return null;
  let spans = evidenceOf(session.content, path).map((span) => short(article, span));
  const input = h("input", { inputmode: "numeric", autocomplete: "off", oninput: () => {
    const most = article.sentences.length;
    const numbers = (input.value.match(/\d+/g) ?? []).map(Number).filter((number) => number <= most);
    spans = [...new Set(numbers), ...spans.filter((each) => typeof each !== "number")];
    show(false);
    put(spans);
  } });
  const pieces = h("span", { class: "pieces" });
  const show = (all = true) => {
    if (all) input.value = spans.filter((each) => typeof each === "number").join(", ");
    pieces.replaceChildren(...spans.filter((each) => typeof each !== "number").map((each) =>
      button(`“${each.text}” ✕`, () => change(spans.filter((other) => other !== each), "taken out"), { dir: "auto", "aria-label": `Take out: ${each.text}` })));
    const statement = input.closest("[data-path]");
    if (!statement) return;
    statement.dataset.spans = lights(article, spans);
    statement.dispatchEvent(new FocusEvent("focusin", { bubbles: true }));
  };
  const change = (to, said) => {
    spans = to;
    show();
    put(spans);
    tell(`Evidence ${said}.`);
  };
  const pick = (event) => {
    const pane = event.target.closest?.(".article");
    if (!pane) return;
    event.stopPropagation();
    event.preventDefault();
    const span = selected(root, article);
    if (span) {
      getSelection().removeAllRanges();
      change([...spans, { start: span.start, end: span.end, text: span.text }], `added: ${span.text}`);
      return;
    }
    const number = clicked(event.target);
    if (number === null) return;
    change(spans.includes(number) ? spans.filter((each) => each !== number) : [...spans, number].sort(inOrder), spans.includes(number) ? "taken out" : `added: sentence ${number}`);
  };
  root.addEventListener("click", pick, true);
  root.classList.add("picking");
  queueMicrotask(show);
  const element = h("div", { class: "rests-on" },
    labelled("rests on sentences", input, "Type numbers, click sentences of the article, or select words in it. 0 is the title."), pieces);
  return { element, close: () => { root.removeEventListener("click", pick, true); root.classList.remove("picking"); } };
};

const inOrder = (a, b) => (typeof a === "number" && typeof b === "number" ? a - b : typeof a === "number" ? -1 : 1);
