/* The desk: one view at a time, by the address behind #. */
import { button, h, tell } from "./dom.js";
import { nameHere, showName, whoami } from "./person.js";
import { queue } from "./queue.js";
import { review } from "./review.js";
import { agreement } from "./settle.js";
import { start } from "./start.js";
import { saved } from "./status.js";

const main = document.querySelector("main");
const VIEWS = [
  [/^\/$/, "New", () => start(main)],
  [/^\/queue$/, "Queue", (_, query) => queue(main, query.get("batch"), query.get("state"))],
  [/^\/records\/([^/]+)$/, "Review", ([, id], query) => review(main, { id, batch: query.get("batch") })],
  [/^\/records\/([^/]+)\/agreement$/, "Agreement", ([, id]) => agreement(main, id)],
];
let view = null, turns = 0;

const show = async () => {
  const turn = ++turns;
  const [path, query] = (location.hash.slice(1) || "/").split("?");
  const [pattern, title, open] = VIEWS.find(([each]) => each.test(path)) ?? VIEWS[0];
  await view?.close?.();
  if (turn !== turns) return;
  view = null;
  saved("");
  document.title = `${title} – the desk`;
  for (const link of document.querySelectorAll("nav a")) {
    if (link.hash.slice(1) === path) link.setAttribute("aria-current", "page"); else link.removeAttribute("aria-current");
  }
  main.replaceChildren(h("p", { class: "sheet quiet" }, "Loading …"));
  scrollTo(0, 0);
  try {
    const opened = await open(path.match(pattern) ?? [], new URLSearchParams(query));
    if (turn === turns) view = opened; else opened?.close?.();
  } catch (error) {
    main.replaceChildren(h("div", { class: "sheet" }, h("p", { role: "alert", class: "failed" }, error.message), button("Try again", show)));
    tell(error.message);
  }
};

addEventListener("hashchange", () => { show().then(() => main.focus({ preventScroll: true })); });
document.querySelector(".me").addEventListener("click", async () => {
  const before = nameHere();
  await whoami({ again: true }).catch(() => null);
  if (nameHere() !== before) show();
});
document.querySelector(".skip").addEventListener("click", (event) => { event.preventDefault(); main.focus(); });
showName();
show();
