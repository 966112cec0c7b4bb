/** The `key: value` lines between the dashes at the head of a README: one line a key, everything after the colon. */
export function frontMatter(text: string): ReadonlyMap<string, string> {
  const [first, ...lines] = text.split(/\r?\n/);
  const end = lines.indexOf('---');
  if (first !== '---' || end < 0) return new Map();
  return new Map(
    lines.slice(0, end).flatMap((line) => {
      const colon = line.indexOf(':');
      return colon < 0 ? [] : [[line.slice(0, colon).trim(), line.slice(colon + 1).trim()] as const];
    }),
  );
}
