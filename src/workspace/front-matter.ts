export interface Bilingual {
  readonly en: string;
  readonly 'zh-CN': string;
}

/** What a README of a folder below `templates` says at its head, with the design beside it. */
export interface Entry<Text> {
  readonly id: string;
  readonly title: Bilingual;
  readonly summary: Bilingual;
  readonly about: ReadonlyMap<string, string>;
  /** Refuses a key that the README does not say. */
  say(key: string): string;
  readonly text: Text;
}

/** The entry of the folder in which a README lies; `texts` are the designs by path. Refuses a folder without one. */
export function entryOf<Text>(path: string, readme: string, texts: Readonly<Record<string, Text>>): Entry<Text> {
  const about = frontMatter(readme);
  const say = (key: string): string => {
    const text = about.get(key);
    if (text === undefined) throw new Error(`${path} says no ${key}`);
    return text;
  };
  const text = texts[path.replace(/README\.md$/, 'design.yaml')];
  if (text === undefined) throw new Error(`beside ${path} is no design.yaml`);
  return {
    id: path.split('/').at(-2) ?? path,
    title: { en: say('title'), 'zh-CN': say('title-zh-CN') },
    summary: { en: say('summary'), 'zh-CN': say('summary-zh-CN') },
    about,
    say,
    text,
  };
}

/** The `key: value` lines between the dashes at the head of a README: one line a key, everything after the colon. */
function frontMatter(text: string): ReadonlyMap<string, string> {
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
