/** The values that every list in the server's words allows: `supported values: "A", "B"`. */
export function supportedIn(messages: string): readonly string[] {
  const lists = [...messages.matchAll(/(?:supported|valid) values: ("[^"]*"(?:, "[^"]*")*)/g)].map(([, list = '']) =>
    [...list.matchAll(/"([^"]*)"/g)].map(([, value = '']) => value),
  );
  const [first = [], ...others] = lists;
  return first.filter((value) => value !== '' && others.every((list) => list.includes(value)));
}
