import { formatGroupKind, parseGroupKind } from '../../apimachinery/group-version-kind.ts';
import type { GroupKind } from '../../apimachinery/group-version-kind.ts';
import type { Category, KindDefinition } from '../../kinds/kind.ts';
import type { KindRegistry } from '../../kinds/registry.ts';
import { findItems } from '../../kit/search-list.tsx';
import { KIND_WORDS } from '../../locales/kind-words.ts';
import { PATTERNS } from '../../workspace/patterns.ts';
import type { Pattern } from '../../workspace/patterns.ts';
import type { Text } from '../i18n.ts';
import { sentence } from '../i18n.ts';
import type { Language } from '../settings.ts';

export type PaletteGroup = 'pattern' | Category;

/** One row of the palette: a kind, or a pattern of several objects. */
export interface PaletteItem {
  /** `kind:Deployment.apps` or `pattern:web`; kept in the person's favourites. */
  readonly id: string;
  readonly title: string;
  /** Short name, or the usual Chinese name. */
  readonly hint: string;
  readonly about: string;
  readonly group: PaletteGroup;
  readonly icon: { readonly kind: GroupKind; readonly category: Category };
  readonly words: readonly string[];
  readonly old: readonly string[];
  /** Shown before anybody searches. */
  readonly isUsual: boolean;
  readonly makes: { readonly kind: KindDefinition } | { readonly pattern: Pattern };
}

/** The kinds that are shown without a search, in the order of their groups. */
const USUAL = [
  'Deployment.apps',
  'Pod',
  'StatefulSet.apps',
  'DaemonSet.apps',
  'Job.batch',
  'CronJob.batch',
  'HorizontalPodAutoscaler.autoscaling',
  'PodDisruptionBudget.policy',
  'Service',
  'Ingress.networking.k8s.io',
  'NetworkPolicy.networking.k8s.io',
  'Gateway.gateway.networking.k8s.io',
  'HTTPRoute.gateway.networking.k8s.io',
  'ConfigMap',
  'Secret',
  'PersistentVolumeClaim',
  'PersistentVolume',
  'StorageClass.storage.k8s.io',
  'ServiceAccount',
  'Role.rbac.authorization.k8s.io',
  'RoleBinding.rbac.authorization.k8s.io',
  'ClusterRole.rbac.authorization.k8s.io',
  'ClusterRoleBinding.rbac.authorization.k8s.io',
  'Namespace',
  'Node',
  'ResourceQuota',
  'LimitRange',
  'PriorityClass.scheduling.k8s.io',
  'CustomResourceDefinition.apiextensions.k8s.io',
];
export const GROUPS: readonly PaletteGroup[] = [
  'pattern',
  'workload',
  'network',
  'config',
  'storage',
  'access',
  'cluster',
  'custom',
];

/** Everything that can be taken from the palette: the usual kinds first, then the rest by name. */
export function paletteItems(registry: KindRegistry, language: Language, t: Text): readonly PaletteItem[] {
  const kinds = registry.definitions.map((definition) => kindItem(definition, language, t));
  const order = new Map(USUAL.map((name, at) => [`kind:${name}`, at]));
  const rank = ({ id }: PaletteItem): number => order.get(id) ?? USUAL.length;
  kinds.sort((a, b) => rank(a) - rank(b) || (a.title < b.title ? -1 : 1));
  return [...PATTERNS.map((pattern) => patternItem(pattern, registry, language)), ...kinds];
}

function kindItem(definition: KindDefinition, language: Language, t: Text): PaletteItem {
  const name = formatGroupKind(definition);
  const words = Object.hasOwn(KIND_WORDS, name) ? KIND_WORDS[name] : undefined;
  const own = sentence(t, 'palette', `name.${name}`);
  const about = sentence(t, 'palette', `about.${name}`);
  const title = own === `name.${name}` ? definition.kind : own;
  const zhName = words?.zh[0];
  return {
    id: `kind:${name}`,
    title,
    hint: language === 'zh-CN' && zhName !== undefined && title !== zhName ? zhName : (definition.shortNames[0] ?? ''),
    about: about === `about.${name}` ? definition.kind : about,
    group: definition.category,
    icon: { kind: definition, category: definition.category },
    words: [definition.kind, definition.resource, ...definition.shortNames, ...(words?.zh ?? [])],
    old: words?.old ?? [],
    isUsual: USUAL.includes(name),
    makes: { kind: definition },
  };
}

function patternItem(pattern: Pattern, registry: KindRegistry, language: Language): PaletteItem {
  const kind = parseGroupKind(pattern.icon);
  return {
    id: `pattern:${pattern.id}`,
    title: pattern.title[language],
    hint: '',
    about: pattern.summary[language],
    group: pattern.group,
    icon: { kind, category: registry.get(kind).category },
    words: [...pattern.words, pattern.title.en, pattern.title['zh-CN']],
    old: pattern.old,
    isUsual: true,
    makes: { pattern },
  };
}

export interface FoundItem {
  readonly item: PaletteItem;
  /** The word of former times that found it. */
  readonly old?: string;
}

/** Items found by name, kind, short name, Chinese name and by what they were once called. */
export function searchPalette(items: readonly PaletteItem[], text: string): readonly FoundItem[] {
  const byId = new Map(items.map((item) => [item.id, item]));
  const typed = text.trim().toLowerCase();
  const searched = items.map(({ id, title, words, old }) => ({ id, label: title, words: [...words, ...old] }));
  return findItems(searched, text).flatMap(({ id }) => {
    const item = byId.get(id);
    if (!item) return [];
    const today = [item.title, ...item.words].some((word) => word.toLowerCase().includes(typed));
    const old = today ? undefined : item.old.find((word) => word.startsWith(typed));
    return [{ item, ...(old === undefined ? {} : { old }) }];
  });
}
