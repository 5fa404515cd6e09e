/* Places in the article: what a browser has selected there, in characters of its text and not in UTF-16. */
const points = (words) => Array.from(words).length;

const numberOf = (sentence) => Number(sentence.id.slice(sentence.id.lastIndexOf("-s") + 2));

/* How many characters of an element lie before a place in it. */
const before = (element, node, offset) => {
  const range = document.createRange();
  range.setStart(element, 0);
  range.setEnd(node, offset);
  return points(range.toString());
};

/* The sentence that was clicked, 0 for the title; null for none. */
export const clicked = (target) => {
  const sentence = target.closest?.(".s"), button = target.closest?.(".n[data-place]");
  return button ? Number(button.dataset.place) : sentence ? numberOf(sentence) : null;
};

/* The span that is selected, as evidence; null where nothing of the article's text is. */
export const selected = (root, article) => {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const touched = [...root.querySelectorAll(".article .text p .s")].filter((each) => range.intersectsNode(each));
  const ends = touched.map((each) => {
    const span = article.sentences[numberOf(each) - 1];
    const start = each.contains(range.startContainer) ? before(each, range.startContainer, range.startOffset) : 0;
    const end = each.contains(range.endContainer) ? before(each, range.endContainer, range.endOffset) : points(each.textContent);
    return { start: span.start + start, end: span.start + end, sentence: numberOf(each) };
  }).filter((each) => each.end > each.start);
  if (!ends.length) return null;
  return trimmed(article, ends[0].start, ends.at(-1).end, ends[0].sentence);
};

const trimmed = (article, start, end, sentence) => {
  const characters = Array.from(article.text);
  while (start < end && !characters[start].trim()) start += 1;
  while (end > start && !characters[end - 1].trim()) end -= 1;
  return start < end ? { start, end, text: characters.slice(start, end).join(""), sentence } : null;
};

/* Where evidence lies, as check.js reads it: "3:0-57", in UTF-16. */
export const lights = (article, evidence) => evidence.flatMap((each) => {
  if (each === 0 || each.of === "title") return [`0:0-${(article.title ?? "").length}`];
  if (typeof each === "number") return [`${each}:0-${article.sentences[each - 1]?.text.length ?? 0}`];
  return article.sentences.flatMap((span, at) => {
    if (span.end <= each.start || span.start >= each.end) return [];
    const characters = Array.from(span.text);
    const units = (end) => characters.slice(0, Math.max(0, end - span.start)).join("").length;
    return [`${at + 1}:${units(each.start)}-${units(each.end)}`];
  });
}).join(" ");

/* A span that is a whole sentence, or the title, is its number. */
export const short = (article, span) => {
  if (typeof span === "number") return span;
  if (span.of === "title") return 0;
  const at = article.sentences.findIndex((each) => each.start === span.start && each.end === span.end);
  return at < 0 ? span : at + 1;
};
