/* Server-sent events of an answer to POST, which EventSource can't ask for. */
export async function* events(answer) {
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      rest = (rest + part.value).replaceAll("\r\n", "\n");
      for (let end; (end = rest.indexOf("\n\n")) >= 0; rest = rest.slice(end + 2)) {
        const event = parsed(rest.slice(0, end));
        if (event.data) yield { name: event.event, data: JSON.parse(event.data) };
      }
    }
  } finally {
    reader.cancel().catch(() => null);  // where it broke there is nothing to cancel
  }
}

const parsed = (block) => {
  const fields = {};
  for (const line of block.split("\n")) {
    const at = line.indexOf(":");
    if (at < 1) continue;
    const name = line.slice(0, at), value = line.slice(at + 1).replace(/^ /, "");
    fields[name] = fields[name] === undefined ? value : `${fields[name]}\n${value}`;
  }
  return fields;
};
