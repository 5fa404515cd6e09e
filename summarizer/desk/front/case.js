/* A labelled case of the eval suite, from a review that is saved. */
import { ask, record } from "./api.js";
import { asked, h, labelled, options, written } from "./dom.js";

const KINDS = ["hard_news", "politics", "court", "disaster", "earnings", "science", "health", "sport", "culture", "obituary",
  "interview", "opinion", "live_blog", "feature", "press_release", "correction"];

const slug = (title) => title.normalize("NFKD").toLowerCase().replaceAll(/[^a-z0-9]+/g, "-").replaceAll(/^-+|-+$/g, "").slice(0, 40).replace(/-$/, "");

export const labelCase = async ({ id, name, session }) => {
  const { content, forbidden } = session;
  const made = await asked("A labelled case", (form) => {
    const title = h("input", { required: true, pattern: "[a-z0-9]+(-[a-z0-9]+)*", maxlength: 80, value: slug(content.headline?.text ?? content.article.title ?? ""), autocomplete: "off" });
    const kind = h("input", { required: true, pattern: "[a-z]+(_[a-z]+)*", list: "kinds", value: "hard_news", autocomplete: "off" });
    const split = h("select", {}, options([["tune", "tune: to work on prompts with"], ["holdout", "holdout: to look at rarely"]], "tune"));
    const points = content.key_points.map((point, at) => h("label", { dir: "auto" }, h("input", { type: "checkbox", value: at }), " ", point.text));
    const words = written(forbidden.join("\n"));
    const again = h("label", { hidden: true }, h("input", { type: "checkbox" }), " Put it in the place of the case of this name");
    form.append(
      labelled("Name", title, "Small letters, digits and hyphens."),
      labelled("Kind", kind), h("datalist", { id: "kinds" }, KINDS.map((each) => h("option", { value: each }))),
      labelled("Split", split),
      h("fieldset", {}, h("legend", {}, "Essential: without these a summary is a bad one"), points.length ? points : "There are no key points."),
      labelled("Forbidden words, one a line", words, "Strings of the source that no record may contain. f takes what is selected."), again);
    return () => ask(record(id, "case"), { method: "POST", json: {
      name: title.value, kind: kind.value, split: split.value, by: name,
      essential: [...form.querySelectorAll("fieldset input:checked")].map((each) => Number(each.value)),
      forbidden: words.value.split("\n").map((each) => each.trim()).filter(Boolean),
      replace: again.querySelector("input").checked,
    } }).catch((error) => {
      again.hidden = !(error.status === 409 && error.message.includes("replace"));
      throw error;
    });
  }, "Write the case");
  if (made) await asked("The case is written", (form) => {
    form.append(
      h("p", {}, "In the suite, as ", h("code", {}, made.file), ". Its labels are a record's: look at them in the file where a summary may say it otherwise."),
      h("p", {}, "Run it:"), h("pre", { tabindex: "0" }, made.command));
    return () => true;
  }, "Done", null);
};
