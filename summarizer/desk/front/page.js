/* The page of a record, as the server writes it with all text escaped, put into the desk. */
export const pageOf = (html) => new DOMParser().parseFromString(html, "text/html").querySelector(".checkable");

/* Takes the place of the one before; who reads stays where they were. */
export const mounted = (holder, page) => {
  const before = holder.querySelector(".checkable");
  const [top, down] = [scrollY, before?.querySelector(".article").scrollTop ?? 0];
  const areKeysOn = before?.querySelector(".keys-on").checked ?? true, isOpen = before?.querySelector(".keys").open;
  const root = document.adoptNode(page);
  holder.replaceChildren(root);
  globalThis.checkable(root);
  root.querySelector(".keys-on").checked = areKeysOn;
  if (isOpen) root.querySelector(".keys").showModal();
  if (before) scrollTo({ top, behavior: "instant" });
  root.querySelector(".article").scrollTop = down;
  return root;
};
