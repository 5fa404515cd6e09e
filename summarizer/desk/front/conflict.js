/* Two versions of one person's work, side by side, and which of them it is to be. */
import { place, words } from "./content.js";
import { asked, h } from "./dom.js";

const rows = (made, mine, theirs) => [...new Set([...Object.keys(mine), ...Object.keys(theirs)])]
  .map((field) => [field, mine[field] ?? made[field], theirs[field] ?? made[field]])
  .filter(([, a, b]) => JSON.stringify(a) !== JSON.stringify(b));

const cell = (own, other) => {
  const list = Array.isArray(own) ? own : [own], others = (Array.isArray(other) ? other : [other]).map((each) => JSON.stringify(each));
  return h("td", { dir: "auto" }, list.map((each) =>
    h("p", {}, others.includes(JSON.stringify(each)) ? words(each) : h("strong", {}, words(each)))));
};

/* Comes to `mine` or `theirs`, null for neither yet. */
export const chosen = (made, mine, theirs, when) => asked("This was saved elsewhere, too", (form) => {
  const differing = rows(made, mine.edits ?? {}, theirs.edits ?? {});
  form.append(
    h("p", {}, `Another tab has saved this record${when ? ` at ${new Date(when).toLocaleTimeString()}` : ""}. Both are kept until you choose; u takes the choice back.`),
    differing.length
      ? h("div", { class: "scrolls", tabindex: "0", role: "group", "aria-label": "Both versions" }, h("table", { class: "beside" },
        h("thead", {}, h("tr", {}, h("th", {}, "Where"), h("th", {}, "Here"), h("th", {}, "Elsewhere"))),
        h("tbody", {}, differing.map(([field, a, b]) => h("tr", {}, h("th", { scope: "row" }, place(field)), cell(a, b), cell(b, a))))))
      : h("p", {}, "They say the same of the article; they differ in what was accepted."),
    h("p", { class: "row" }, h("button", { value: "mine", class: "main" }, "Keep what is here"), h("button", { value: "theirs" }, "Take the other")),
  );
  return (pressed) => (pressed.value === "mine" ? mine : theirs);
}, null);
