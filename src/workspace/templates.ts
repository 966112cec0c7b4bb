import { frontMatter } from './front-matter.ts';
import type { Bilingual } from './patterns.ts';
import type { ImportedFile } from './workspace.ts';

/** A whole design to start from. Its text is in `templates/architectures`. */
export interface Template {
  readonly id: string;
  readonly title: Bilingual;
  readonly summary: Bilingual;
  readonly category: TemplateCategory;
  files(): Promise<readonly ImportedFile[]>;
}

export const TEMPLATE_CATEGORIES = ['web', 'data', 'pods', 'rollout', 'cluster', 'platform'] as const;
export type TemplateCategory = (typeof TEMPLATE_CATEGORIES)[number];

const READMES = import.meta.glob<string>('../../templates/architectures/*/README.md', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const TEXTS = import.meta.glob<string>('../../templates/architectures/*/design.yaml', {
  query: '?raw',
  import: 'default',
});

/** By category, then by the order in which they build on each other. */
export const TEMPLATES: readonly Template[] = Object.entries(READMES)
  .map(([path, readme]) => ({
    template: templateOf(path, readme),
    order: Number(frontMatter(readme).get('order') ?? 99),
  }))
  .sort(
    (a, b) =>
      TEMPLATE_CATEGORIES.indexOf(a.template.category) - TEMPLATE_CATEGORIES.indexOf(b.template.category) ||
      a.order - b.order,
  )
  .map(({ template }) => template);

function templateOf(path: string, readme: string): Template {
  const about = frontMatter(readme);
  const id = path.split('/').at(-2) ?? path;
  const say = (key: string): string => {
    const text = about.get(key);
    if (text === undefined) throw new Error(`templates/architectures/${id}/README.md says no ${key}`);
    return text;
  };
  const category = TEMPLATE_CATEGORIES.find((known) => known === say('category'));
  const load = TEXTS[path.replace(/README\.md$/, 'design.yaml')];
  if (!category || !load) throw new Error(`templates/architectures/${id} has no known category or no design.yaml`);
  return {
    id,
    category,
    title: { en: say('title'), 'zh-CN': say('title-zh-CN') },
    summary: { en: say('summary'), 'zh-CN': say('summary-zh-CN') },
    files: async () => [{ path: `${id}.yaml`, content: await load() }],
  };
}
