/* Elements: whatever is given as text is set as text, and never read as markup. */
export const h = (name, attributes = {}, ...children) => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (value === true) element.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(key, value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
};

/* Words that may be long, to be written. Its text is no child of it, for that would be its label's. */
export const written = (words, attributes) => {
  const area = h("textarea", { rows: 3, dir: "auto", ...attributes });
  area.value = words;
  return area;
};

/* A button that is pressed; `key` is the one that does the same. */
export const button = (words, onclick, { key, ...more } = {}) =>
  h("button", { type: "button", "aria-keyshortcuts": key, onclick, ...more }, words, key ? h("kbd", { "aria-hidden": "true" }, key) : null);

/* A field under its label, with what is to be known of it. */
let fields = 0;
export const labelled = (words, field, hint) => {
  const input = field.matches("input, select, textarea") ? field : field.querySelector("input");
  input.id = `field-${++fields}`;
  if (hint) input.setAttribute("aria-describedby", `${input.id}-hint`);
  return h("div", { class: "labelled" }, h("label", { for: input.id }, words), field,
    hint ? h("small", { class: "quiet", id: `${input.id}-hint` }, hint) : null);
};

export const options = (names, chosen) =>
  names.map(([value, words]) => h("option", { value, selected: value === chosen }, words));

/* Said to who does not see it. */
export const tell = (words) => { document.querySelector(".told").textContent = words; };

/* A dialog with a form; comes to what its form says when it is sent, null when it is closed. */
export const asked = (title, build, send = "Save", leave = "Cancel") => new Promise((resolve) => {
  const name = h("h2", { id: "dialog-title" }, title);
  const failed = h("p", { class: "failed", role: "alert" });
  const form = h("form", { onsubmit: async (event) => {
    event.preventDefault();
    try { failed.textContent = ""; resolve(await read(event.submitter)); dialog.close(); }
    catch (error) { failed.textContent = error.message; }
  } });
  const dialog = h("dialog", { class: "asked", "aria-labelledby": "dialog-title", onclose: () => { dialog.remove(); resolve(null); } }, form);
  const read = build(form);
  form.prepend(name);
  form.append(failed, h("p", { class: "row" }, send && h("button", { class: "main" }, send), leave && button(leave, () => dialog.close())));
  dialog.addEventListener("keydown", (event) => event.stopPropagation());
  document.body.append(dialog);
  dialog.showModal();
});
