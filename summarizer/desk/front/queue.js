/* The queue: records that need a look first, and batches with how far they are. */
import { ask } from "./api.js";
import { button, h, tell } from "./dom.js";

const MOST = 100, ALL = 500;
const STATES = { unread: "unread", reviewed: "reviewed", differing: "two people differ", settled: "settled" };

const address = (name, query) => {
  const given = Object.entries(query).filter(([, value]) => value);
  return `${name}${given.length ? `?${new URLSearchParams(given)}` : ""}`;
};

/* The records in the order in which they are worked through: a batch's own, else that of the queue. */
export const order = async (batch) => {
  if (batch) return (await ask("/batches")).batches.find((each) => each.name === batch)?.records ?? [];
  return (await ask(`/records?most=${ALL}`)).records.map((row) => row.id);
};

export const queue = async (main, batch, state) => {
  const [{ batches }, rows] = await Promise.all([ask("/batches"), listed(batch, state, 0)]);
  const filter = h("nav", { class: "row", "aria-label": "States" }, [["", "all"], ...Object.entries(STATES)].map(([value, words]) =>
    h("a", { href: address("#/queue", { batch, state: value }), "aria-current": value === (state ?? "") ? "true" : null }, words)));
  const list = h("ul", { class: "rows", role: "list" }, rows.records.map((row) => line(row, batch)));
  const empty = state ? "There are none in this state." : "Nothing here yet. Make a record under New, or start the desk with --lines OUT.jsonl.";
  main.replaceChildren(h("div", { class: "sheet" },
    h("h1", {}, batch ?? "Queue"),
    batch ? h("p", {}, h("a", { href: "#/queue" }, "All records")) : await progress(batches),
    unopened(batches.find((each) => each.name === batch)),
    filter, h("p", { class: "quiet" }, `${rows.total} ${rows.total === 1 ? "record" : "records"}, those first that need a look`),
    rows.total ? list : h("p", {}, empty),
    rows.total > MOST ? more(list, batch, state, rows.total) : null));
  tell(`${rows.total} records.`);
};

const listed = (batch, state, first) => ask(address("/records", { batch, state, first: String(first), most: String(MOST) }));

const more = (list, batch, state, total) => button("Show more", async (event) => {
  const pressed = event.currentTarget;
  list.append(...(await listed(batch, state, list.children.length)).records.map((row) => line(row, batch)));
  pressed.hidden = list.children.length >= total;
});

const line = (row, batch) => h("li", {},
  h("a", { href: address(`#/records/${row.id}`, { batch }), dir: "auto" }, row.title || row.url || row.key || "Untitled"),
  h("p", { class: "facts" },
    ...["error", "warning"].filter((each) => row.findings[each]).map((each) =>
      h("span", { class: `flag ${each}` }, `${row.findings[each]} ${each}${row.findings[each] > 1 ? "s" : ""}`)),
    h("span", { class: `state ${row.state}` }, STATES[row.state]),
    row.drafts.length ? h("span", {}, `draft by ${row.drafts.join(", ")}`) : null,
    row.reviewers.length ? h("span", {}, `read by ${row.reviewers.join(", ")}`) : null,
    row.state === "differing" ? h("a", { href: `#/records/${row.id}/agreement` }, "settle") : null,
    h("span", { class: "quiet" }, [row.key, row.model, new Date(row.added).toLocaleDateString()].filter(Boolean).join(" · "))));

const progress = async (batches) => {
  if (!batches.length) return null;
  const items = await Promise.all(batches.map(async ({ name, records }) => {
    const unread = await ask(address("/records", { batch: name, state: "unread", most: String(ALL) }));
    const done = records.length - unread.total, ids = new Set(unread.records.map((row) => row.id));
    const first = records.find((id) => ids.has(id));
    return h("li", {}, h("a", { href: address("#/queue", { batch: name }) }, name),
      h("p", { class: "facts" }, h("progress", { max: records.length, value: done, "aria-label": `Read of ${name}` }),
        h("span", {}, `${done} of ${records.length} read`),
        first ? h("a", { href: address(`#/records/${first}`, { batch: name }) }, "go on") : null));
  }));
  return h("section", { "aria-label": "Batches" }, h("h2", {}, "Batches"), h("ul", { class: "rows", role: "list" }, items));
};

const unopened = (batch) => batch?.unopened.length
  ? h("details", { class: "notes" }, h("summary", {}, `${batch.unopened.length} lines without a record`),
    h("ul", {}, batch.unopened.map(({ key, why }) => h("li", { dir: "auto" }, h("b", {}, key), ` ${why}`))))
  : null;
