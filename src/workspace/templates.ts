import { entryOf } from './front-matter.ts';
import type { Bilingual } from './front-matter.ts';
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
  .map(([path, readme]) => orderedTemplate(path, readme))
  .sort(
    (a, b) =>
      TEMPLATE_CATEGORIES.indexOf(a.template.category) - TEMPLATE_CATEGORIES.indexOf(b.template.category) ||
      a.order - b.order,
  )
  .map(({ template }) => template);

function orderedTemplate(path: string, readme: string): { readonly template: Template; readonly order: number } {
  const { id, title, summary, about, say, text } = entryOf(path, readme, TEXTS);
  const category = TEMPLATE_CATEGORIES.find((known) => known === say('category'));
  if (!category) throw new Error(`templates/architectures/${id} has no known category`);
  const files = async (): Promise<readonly ImportedFile[]> => [{ path: `${id}.yaml`, content: await text() }];
  return { template: { id, category, title, summary, files }, order: Number(about.get('order') ?? 99) };
}
