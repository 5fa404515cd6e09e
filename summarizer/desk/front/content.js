/* What a record says, by paths as `key_points[2].text`: read, replaced, taken out, described. */
export const steps = (path) =>
  [...path.matchAll(/\[(\d+)\]|([^.[\]]+)/g)].map(([, index, name]) => (index === undefined ? name : Number(index)));

export const fieldOf = (path) => String(steps(path)[0] ?? "");

const own = (value, step) => (value !== null && typeof value === "object" && Object.hasOwn(value, step) ? value[step] : undefined);

export const at = (content, path) => steps(path).reduce(own, content);

/* The field that holds the path, with another value there; `undefined` takes it out. */
export const changed = (content, path, value) => {
  const field = fieldOf(path), way = steps(path);
  const root = structuredClone({ [field]: content[field] });
  const last = way.at(-1), parent = way.slice(0, -1).reduce(own, root);
  if (parent === undefined || parent === null) return {};
  if (value === undefined && Array.isArray(parent)) parent.splice(last, 1);
  else if (Array.isArray(parent) || own(parent, last) !== undefined) parent[last] = value ?? null;
  return root;
};

/* What is edited in one version of a record beside another. */
export const edits = (made, version, fields) =>
  Object.fromEntries(fields.filter((name) => same(made[name]) !== same(version[name])).map((name) => [name, version[name]]));

const same = (value) => JSON.stringify(value ?? null);

export const FIELDS = ["headline", "abstract", "key_points", "five_ws", "entities", "quotes", "figures", "timeline",
  "disputes", "corrections", "topics", "data", "evidence"];

/* Whether somebody has decided on a statement is known by what it says: places move. */
export const keyOf = (content, path) => {
  const value = at(content, path);
  const said = value && typeof value === "object" ? { ...value, mentions: undefined, evidence: undefined } : value;
  return path ? `${fieldOf(path)} ${JSON.stringify(said ?? null)}` : "record";
};

export const words = (value) => {
  if (value === null || value === undefined) return "nothing";
  if (typeof value !== "object") return String(value);
  if (Array.isArray(value)) return value.map(words).join("; ") || "nothing";
  if ("start" in value && "text" in value) return `${value.of ? "title" : `sentence ${value.sentence ?? "?"}`}: “${value.text}”`;
  const told = Object.entries(value).filter(([name, each]) => !["evidence", "mentions"].includes(name) && each !== null);
  return told.map(([, each]) => words(each)).join(" · ") || "nothing";
};

/* `key_points[2].text`: key points 3, text */
export const place = (path) =>
  path.replaceAll(/\[(\d+)\]/g, (_, index) => ` ${Number(index) + 1}`).replaceAll("_", " ").replaceAll(".", ", ") || "the record";

/* The JSON schema of what stands at a path; none in data of a schema of one's own. */
export const typeOf = (types, path) => steps(path).reduce((type, step) => {
  const known = settled(types, type);
  return typeof step === "number" ? known?.items : known?.properties?.[step];
}, types.Summary);

export const settled = (types, type) => {
  const one = type?.anyOf?.find((each) => each.type !== "null") ?? type;
  return one?.$ref ? types[one.$ref.split("/").at(-1)] : one;
};

/* A statement with nothing in it, for somebody to fill. */
export const blank = (types, path) => {
  const properties = settled(types, typeOf(types, path)).properties;
  return Object.fromEntries(Object.entries(properties).map(([name, type]) => {
    const known = settled(types, type);
    return [name, known.type === "array" ? [] : type.anyOf ? null : known.enum?.[0] ?? ""];
  }));
};
