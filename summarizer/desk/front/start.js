/* A new record: an article is given, and its record is seen coming. */
import { ask, send } from "./api.js";
import { place, words } from "./content.js";
import { button, h, labelled, options, tell, written } from "./dom.js";
import { events } from "./stream.js";

const ADDRESS = /^https?:\/\/\S+$/;

export const start = async (main) => {
  const { models, prompts, schemas } = await ask("/choices");
  let file = null, stopper = null;
  const text = written("", { rows: 12, oninput: () => told() });
  const picker = h("input", { type: "file", hidden: true, "aria-label": "File with the article", onchange: () => take(picker.files[0]) });
  const what = h("p", { class: "quiet", role: "status" });
  const title = h("input", { dir: "auto", autocomplete: "off" }), day = h("input", { type: "date" });
  const prompt = choice([["", "as set"], ...prompts.map(twice)]), model = choice(models.map(twice));
  const schema = schemas.length ? choice([["", "the record"], ...schemas.map(twice)]) : null;
  const go = h("button", { class: "main" }, "Summarise");
  const cancel = button("Cancel", () => stopper?.abort(), { hidden: true });
  const failed = h("p", { class: "failed", role: "alert" });
  const pieces = h("ol", { class: "pieces-come", role: "list" });

  const told = () => {
    const given = text.value.trim();
    if (given) file = null;
    what.textContent = file ? `File: ${file.name}` : ADDRESS.test(given) ? "This address will be fetched." : given ? `${given.split(/\s+/).length} words of text.` : "";
  };
  const take = (given) => { if (given) { file = given; text.value = ""; told(); } };
  const asked = () => {
    const known = { title: title.value, published: day.value, prompt: prompt.value, model: model.value, schema: schema?.value };
    const more = Object.fromEntries(Object.entries(known).filter(([, value]) => value));
    const given = text.value.trim();
    if (!file && !given) throw new Error("Paste a text or an address, or choose a file.");
    if (!file) return { json: { ...more, [ADDRESS.test(given) ? "url" : "text"]: given } };
    const form = new FormData();
    for (const [name, value] of [...Object.entries(more), ["file", file]]) form.append(name, value);
    return { form };
  };
  const run = async (event) => {
    event.preventDefault();
    failed.textContent = "";
    pieces.replaceChildren();
    stopper = new AbortController();
    [go.disabled, cancel.hidden] = [true, false];
    tell("The record is being made.");
    try {
      const id = await stream(asked(), stopper.signal, (piece) => { pieces.append(line(piece)); });
      location.hash = `#/records/${id}`;
    } catch (error) {
      failed.textContent = error.name === "AbortError" ? "Cancelled. Nothing was kept." : error.message;
    } finally {
      [go.disabled, cancel.hidden, stopper] = [false, true, null];
    }
  };

  const form = h("form", { class: "new", onsubmit: run },
    labelled("Text or address of the article", text, "Or drop a file here: text, Markdown, HTML, a mail."),
    h("p", { class: "row" }, button("Choose a file", () => picker.click()), picker, what),
    h("div", { class: "row choices" }, labelled("Prompt", prompt), labelled("Model", model), schema && labelled("Schema", schema)),
    h("details", {}, h("summary", {}, "What is known of it"), h("div", { class: "row choices" }, labelled("Title", title), labelled("Published", day))),
    h("p", { class: "row" }, go, cancel), failed);
  form.addEventListener("dragover", (event) => { event.preventDefault(); form.classList.add("over"); });
  form.addEventListener("dragleave", () => form.classList.remove("over"));
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    form.classList.remove("over");
    take(event.dataTransfer.files[0]);
    if (!event.dataTransfer.files.length) { text.value = event.dataTransfer.getData("text"); told(); }
  });
  main.replaceChildren(h("div", { class: "sheet" }, h("h1", {}, "A new record"), form, pieces));
  return { close: () => stopper?.abort() };
};

const twice = (name) => [name, name];

const choice = (names) => h("select", {}, options(names, names[0]?.[0]));

/* The record's id, when it is kept; each piece of it as it comes. */
const stream = async (given, signal, come) => {
  const answer = await send("/summaries", { method: "POST", ...given, signal, accept: "text/event-stream" });
  for await (const { name, data } of events(answer)) {
    if (name === "piece") come(data);
    if (name === "problem") throw new Error(data.detail);
    if (name === "record") return data.id;
  }
  throw new Error("The connection broke before the record was there. Look into the queue, or try again.");
};

const line = ({ path, value, findings }) => h("li", { class: "piece" },
  h("span", { class: "quiet" }, place(path)), " ", h("span", { dir: "auto" }, words(value)),
  findings.filter((each) => each.severity !== "note").map((each) => h("p", { class: `flag ${each.severity}`, dir: "auto" }, each.message)));
