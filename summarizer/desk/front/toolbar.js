/* The bar above a review: where one is, and what can be done to the whole. */
import { button, h } from "./dom.js";

export const toolbar = (view) => {
  const doubts = view.board.doubts.length, decided = view.board.doubts.filter((each) => each.matches(".decided")).length;
  const place = view.ids.indexOf(view.id), others = view.reviews.filter((each) => each.by !== view.name);
  const compare = others.length && view.own;
  view.bar.replaceChildren(
    h("p", { class: "row" },
      button("‹", () => view.next(-1), { disabled: place < 1, "aria-label": "Previous article" }),
      h("span", { class: "quiet" }, place < 0 ? "" : `${place + 1} of ${view.ids.length}`),
      button("›", () => view.next(), { key: "n", disabled: place < 0 || place + 1 >= view.ids.length, "aria-label": "Next article" }),
      doubts ? h("span", { class: "progress" }, h("progress", { max: doubts, value: decided, "aria-label": "Doubts decided" }), ` ${decided} of ${doubts} doubts decided`) : null,
      compare ? h("a", { class: "button", href: `#/records/${view.id}/agreement` }, `Compare with ${others.map((each) => each.by).join(", ")}`) : null),
    h("p", { class: "row" },
      button("Undo", () => view.undo(), { key: "u" }),
      button("Add …", () => view.add(), { key: "+" }),
      button("Forbid selection", () => view.forbid(), { key: "f" }),
      button("Label", () => view.label(), { key: "l" }),
      button("Save review", () => view.save(), { key: "s", class: "main" })));
};
