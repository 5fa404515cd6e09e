/* The server: what it is asked, and its problems in words. */
export class Problem extends Error {
  constructor(status, body) {
    super(body.detail ?? `The server answered ${status}.`);
    this.status = status;
    this.body = body;
  }
  /* Nobody answered: what was asked may be asked again. */
  get isOffline() { return this.status === 0; }
}

const OFFLINE = "The server does not answer. Look whether `summarizer serve` still runs; what you have typed is kept here.";

export const send = async (path, { method = "GET", json, form, version, accept, signal } = {}) => {
  const headers = { accept: accept ?? "application/json" };
  if (json !== undefined) headers["content-type"] = "application/json";
  if (version) headers["if-match"] = `"${version}"`;
  let answer;
  try {
    answer = await fetch(path, { method, headers, signal, body: form ?? (json === undefined ? undefined : JSON.stringify(json)) });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Problem(0, { detail: OFFLINE });
  }
  if (!answer.ok) throw new Problem(answer.status, await answer.json().catch(() => ({})));
  return answer;
};

export const ask = async (path, given) => {
  const answer = await send(path, given);
  return answer.status === 204 ? null : answer.json();
};

export const record = (id, ...rest) => ["/records", id, ...rest].map((part, at) => (at ? encodeURIComponent(part) : part)).join("/");

/* The same, or null where there is none. */
export const maybe = (path) => ask(path).catch((error) => { if (error.status === 404) return null; throw error; });

let described;
/* The types of the record, by the server's own description. */
export const types = async () => (described ??= (await ask("/openapi.json")).components.schemas);
