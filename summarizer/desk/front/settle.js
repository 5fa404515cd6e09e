/* Two people and one record: how far they agree, and what it is to be where they do not. */
import { ask, record } from "./api.js";
import { changed, edits, FIELDS, place, steps, words } from "./content.js";
import { button, h, labelled, options, tell, written } from "./dom.js";
import { whoami } from "./person.js";
import { saved } from "./status.js";

export const agreement = async (main, id) => {
  const [{ reviews }, made] = await Promise.all([ask(record(id, "reviews")), ask(`${record(id)}?made`)]);
  const names = reviews.map((each) => each.by);
  const sheet = h("div", { class: "sheet wide" });
  main.replaceChildren(sheet);
  if (names.length < 2) {
    sheet.append(h("h1", {}, "Agreement"), h("p", {}, "Fewer than two people have reviewed this record."), back(id));
    return;
  }
  const show = async (a, b) => {
    const found = await ask(`${record(id, "agreement")}?${new URLSearchParams({ a, b })}`);
    const first = reviews.find((each) => each.by === a).value;
    const [one, other] = [a, b].map((which) => h("select", {}, options(names.map((each) => [each, each]), which)));
    const compare = h("div", { class: "row" }, labelled("Of", one), labelled("and", other), button("Compare", () => show(one.value, other.value)));
    const choices = found.differences.map((each, at) => difference(each, at, a, b));
    sheet.replaceChildren(...[
      h("h1", { dir: "auto" }, made.headline?.text ?? made.article.title ?? "Agreement"),
      names.length > 2 ? compare : null,
      share(found),
      ...choices.map((each) => each.element),
      h("p", { class: "row" }, button("Settle", () => settle(id, made, first, choices), { class: "main" }), back(id)),
    ].filter(Boolean));
    tell(`${found.same} of ${found.statements} statements are the same.`);
  };
  await show(names[0], names[1]);
};

const back = (id) => h("a", { href: `#/records/${id}` }, "Back to the record");

const share = ({ same, statements, differences }) => {
  const percent = statements ? Math.round((100 * same) / statements) : 100;
  return h("p", { class: "share" }, h("meter", { max: 100, value: percent, "aria-label": "Agreement" }), h("strong", {}, ` ${percent} %`),
    ` : ${same} of ${statements} statements are the same. ${differences.length || "No"} ${differences.length === 1 ? "difference" : "differences"}.`);
};

/* What may be written anew: words, or the words of a statement, or numbers of sentences. */
const third = ({ path, first, second }) => {
  const model = first ?? second;
  if (path.endsWith("evidence")) return { start: "", read: (given) => (given.match(/\d+/g) ?? []).map(Number) };
  if (model === null || typeof model !== "object") return { start: String(model ?? ""), read: (given) => (typeof model === "number" ? Number(given) : given) };
  const name = ["text", "name", "about"].find((each) => typeof model[each] === "string");
  return name ? { start: model[name], read: (given) => ({ ...model, [name]: given }) } : null;
};

const difference = (given, at, a, b) => {
  const own = third(given), group = `difference-${at}`;
  const input = own && written(own.start, { rows: 2, "aria-label": "Written anew", oninput: () => { mine.checked = true; } });
  const radio = (value, checked) => h("input", { type: "radio", name: group, value, checked });
  const mine = radio("third", false);
  const side = (value, who, said, checked) => h("label", { class: "side" }, h("span", {}, radio(value, checked), ` ${who}`), h("span", { dir: "auto" }, words(said)));
  const element = h("fieldset", { class: "difference" }, h("legend", {}, place(given.path)),
    h("div", { class: "sides" }, side("first", a, given.first, true), side("second", b, given.second, false)),
    own && h("div", { class: "third" }, h("label", {}, mine, given.path.endsWith("evidence") ? " other sentences, by numbers" : " written anew"), input));
  const value = () => {
    const which = element.querySelector("input:checked").value;
    return which === "third" ? own.read(input.value) : given[which];
  };
  return { ...given, element, value };
};

/* The first version with what was chosen: changes at their places, then what goes, then what comes. */
const together = (first, choices) => {
  let content = structuredClone(first);
  const put = (path, value) => { content = { ...content, ...changed(content, path, value) }; };
  const isItem = ({ path }) => typeof steps(path).at(-1) === "number";
  const comes = choices.filter((each) => isItem(each) && each.first === null && each.value() !== null);
  const stays = choices.filter((each) => !(isItem(each) && each.first === null));
  const goes = stays.filter((each) => isItem(each) && each.value() === null);
  for (const each of stays.filter((one) => !goes.includes(one))) put(each.path, each.value());
  for (const each of goes.toReversed()) put(each.path, undefined);
  for (const each of comes) {
    const way = steps(each.path), parent = each.path.slice(0, each.path.lastIndexOf("["));
    const list = way.slice(0, -1).reduce((value, step) => value?.[step], content) ?? [];
    put(parent, list.toSpliced(way.at(-1), 0, each.value()));
  }
  return content;
};

const settle = async (id, made, first, choices) => {
  const by = await whoami();
  const json = { by, edits: edits(made, together(first, choices), FIELDS) };
  const put = (version) => ask(record(id, "settled"), { method: "PUT", json, version });
  try {
    await put().catch((error) => {
      if (error.status !== 412) throw error;
      if (!confirm(`${error.body.current.by} has settled this already. Put yours in its place?`)) throw new Error("It stays as it was settled.");
      return put(error.body.current.version);
    });
    saved("Settled: this is what counts from now on.");
    location.hash = "#/queue";
  } catch (error) { saved(error.message, true); }
};
