/* What a statement rests on: numbers that are typed, sentences that are clicked, words that are selected. */
import { button, h, labelled, tell } from "./dom.js";
import { clicked, lights, selected, short } from "./places.js";
import { evidenceOf } from "./session.js";

/* While it is open, a click in the article is a choice. */
export const picking = (root, article, { select, click = () => null }) => {
  const pick = (event) => {
    if (!event.target.closest?.(".article .text")) return;
    event.stopPropagation();
    event.preventDefault();
    const span = selected(root, article), number = clicked(event.target);
    getSelection().removeAllRanges();
    if (span) select(span);
    else if (number !== null) click(number);
  };
  root.addEventListener("click", pick, true);
  root.classList.add("picking");
  return { close: () => { root.removeEventListener("click", pick, true); root.classList.remove("picking"); } };
};

export const evidence = (session, path, root, put) => {
  const { article } = session.made;
  let spans = evidenceOf(session.content, path).map((span) => short(article, span));
  const input = h("input", { inputmode: "numeric", autocomplete: "off", oninput: () => {
    const numbers = (input.value.match(/\d+/g) ?? []).map(Number).filter((number) => number <= article.sentences.length);
    change([...new Set(numbers), ...spans.filter(isWords)], { isTyped: true });
  } });
  const pieces = h("span", { class: "pieces" });
  const show = ({ isTyped = false } = {}) => {
    if (!isTyped) input.value = spans.filter((each) => !isWords(each)).join(", ");
    pieces.replaceChildren(...spans.filter(isWords).map((each) =>
      button(`“${each.text}” ✕`, () => change(without(each)), { dir: "auto", "aria-label": `Take out: ${each.text}` })));
    const statement = input.closest("[data-path]");
    if (!statement) return;
    statement.dataset.spans = lights(article, spans);
    statement.dispatchEvent(new FocusEvent("focusin", { bubbles: true }));
  };
  const without = (gone) => spans.filter((each) => each !== gone);
  const change = (to, given) => {
    spans = to;
    show(given);
    put(spans);
    tell(`Rests on ${spans.map((each) => (isWords(each) ? each.text : each || "the title")).join(", ") || "nothing"}.`);
  };
  const select = ({ start, end, text }) => change([...spans, { start, end, text }]);
  const click = (number) => change(spans.includes(number) ? without(number) : [...spans, number].sort(inOrder));
  const { close } = picking(root, article, { select, click });
  queueMicrotask(show);
  const hint = "Type numbers, click sentences of the article, or select words in it. 0 is the title.";
  return { close, element: h("div", { class: "rests-on" }, labelled("rests on sentences", input, hint), pieces) };
};

const isWords = (each) => typeof each !== "number";

const inOrder = (a, b) => (isWords(a) - isWords(b)) || (isWords(a) ? 0 : a - b);
