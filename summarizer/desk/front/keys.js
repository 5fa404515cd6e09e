/* The keys of a review, beside those of the page of a record. */
import { h } from "./dom.js";

const KEYS = {
  a: ["accept the statement", (view) => view.accept()],
  e: ["edit it", (view) => view.edit()],
  x: ["reject it", (view) => view.reject()],
  "+": ["add a statement, from the words that are selected", (view) => view.add()],
  u: ["undo", (view) => view.undo()],
  f: ["forbid the words that are selected", (view) => view.forbid()],
  s: ["save the review", (view) => view.save()],
  l: ["save, and make a labelled case", (view) => view.label()],
  n: ["the next article", (view) => view.next()],
};

export const pressed = (event, view) => {
  const isTyping = event.target.closest?.("input:not([type=checkbox]), textarea, select");
  if (isTyping || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  if (!view.board.root?.querySelector(".keys-on").checked || !Object.hasOwn(KEYS, event.key)) return;
  event.preventDefault();
  KEYS[event.key][1](view);
};

/* What `?` shows has these, too. */
export const extendKeys = (root) => {
  const list = root.querySelector("dialog.keys dl");
  list.append(...Object.entries(KEYS).flatMap(([key, [does]]) => [h("dt", {}, h("kbd", {}, key)), h("dd", {}, does)]));
  list.append(h("dt", {}, h("kbd", {}, "Esc")), h("dd", {}, "in a form: undo what was written and close it"));
  list.parentNode.querySelector("label").lastChild.textContent = " All keys of one letter are on";
};
