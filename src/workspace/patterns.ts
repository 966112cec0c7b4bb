import { entryOf } from './front-matter.ts';
import type { Bilingual } from './front-matter.ts';

/** Several objects that are often made together, in one piece of the palette. Its text is in `templates/patterns`. */
export interface Pattern {
  readonly id: string;
  readonly title: Bilingual;
  readonly summary: Bilingual;
  /** Kind and group of the kind whose icon it has: `StatefulSet.apps`. */
  readonly icon: string;
  /** The word its names are made of, see `insertManifest`. */
  readonly stem: string;
  /** Machines are shown with the cluster's kinds, everything else among the patterns. */
  readonly group: 'pattern' | 'cluster';
  /** What it is found by beside its title. */
  readonly words: readonly string[];
  /** Words of former times that mean it. */
  readonly old: readonly string[];
  text(): Promise<string>;
}

const READMES = import.meta.glob<string>('../../templates/patterns/*/README.md', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const TEXTS = import.meta.glob<string>('../../templates/patterns/*/design.yaml', { query: '?raw', import: 'default' });

/** In the order in which the palette shows them; what is not named here comes last. */
const ORDER = ['web', 'database', 'sidecar', 'scheduled', 'autoscaled', 'queue', 'agent', 'gateway'];

export const PATTERNS: readonly Pattern[] = Object.entries(READMES)
  .map(([path, readme]) => patternOf(path, readme))
  .sort((a, b) => place(a.id) - place(b.id) || (a.id < b.id ? -1 : 1));

function place(id: string): number {
  const at = ORDER.indexOf(id);
  return at < 0 ? ORDER.length : at;
}

function patternOf(path: string, readme: string): Pattern {
  const { id, title, summary, about, say, text } = entryOf(path, readme, TEXTS);
  const words = (key: string): readonly string[] => (about.get(key) ?? '').split(' ').filter(Boolean);
  return {
    id,
    title,
    summary,
    icon: say('icon'),
    stem: say('stem'),
    group: about.get('group') === 'cluster' ? 'cluster' : 'pattern',
    words: words('words'),
    old: words('old'),
    text,
  };
}
