/* Who reviews: a name that is asked for once and kept in this browser. */
import { asked, h, labelled } from "./dom.js";

export const nameHere = () => localStorage.getItem("name");

export const whoami = async ({ again = false } = {}) => {
  const known = nameHere();
  if (known && !again) return known;
  const name = await asked("Who reviews?", (form) => {
    const input = h("input", { required: true, maxlength: 80, pattern: "[^\\/]+", title: "A name without a slash", value: known ?? "", autocomplete: "name" });
    form.append(labelled("Your name", input, "Drafts and reviews are kept under it. Nobody checks it."));
    return () => input.value.trim() || Promise.reject(new Error("Give a name."));
  });
  if (!name) { if (known) return known; throw new Error("Nothing is reviewed without a name: open the record again, and give one."); }
  localStorage.setItem("name", name);
  showName();
  return name;
};

export const showName = () => {
  const name = nameHere();
  document.querySelector(".me").textContent = name ? `Reviewing as ${name}` : "Who reviews?";
};
