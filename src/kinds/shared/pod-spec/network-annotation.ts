import type { Path } from '../../../base/json.ts';
import { asObject, nameAt } from '../../../base/json.ts';
import type { Reference } from '../../reference.ts';

/**
 * Annotations that name further networks of a Pod: `net`, `other/net@eth1`, several with commas, or a JSON list of
 * `{name, namespace}`. Source: Network Plumbing Working Group, Kubernetes Network Custom Resource Definition, 1.3.
 */
export const NETWORK_ANNOTATIONS = ['k8s.v1.cni.cncf.io/networks', 'v1.multus-cni.io/default-network'] as const;

interface WrittenNetwork {
  readonly name: string;
  readonly namespace?: string;
  /** The whole annotation with `{name}` and `{namespace}` wherever this network stands in it. */
  readonly format: string;
}

/** What such an annotation points at, in the order written. */
export function networkReferences(text: string, field: Path, namespace: string): readonly Reference[] {
  const target = { by: 'name', group: 'k8s.cni.cncf.io', kind: 'NetworkAttachmentDefinition' } as const;
  return readNetworks(text).map((network) => ({
    type: 'networkAttachment',
    field,
    target: { ...target, namespace: network.namespace ?? namespace, name: network.name },
    ...(network.namespace === undefined ? {} : { namespaceField: field }),
    ...(network.format === '{name}' ? {} : { nameFormat: network.format }),
  }));
}

/** The annotation without one of its networks; undefined where nothing is left. */
export function withoutNetwork(text: string, index: number): string | undefined {
  const list = parseList(text);
  if (list) {
    const rest = list.filter((_, position) => position !== positionOfNetwork(list, index));
    return rest.length === 0 ? undefined : JSON.stringify(rest);
  }
  const parts = text.split(',').filter((part) => readPart(part) !== undefined);
  const rest = parts.filter((_, position) => position !== index);
  return rest.length === 0 ? undefined : rest.map((part) => part.trim()).join(', ');
}

function readNetworks(text: string): readonly WrittenNetwork[] {
  const list = parseList(text);
  if (list) return readList(list);
  const parts = text.split(',').map((part) => ({ part, read: readPart(part) }));
  return parts.flatMap(({ read }) => {
    if (!read) return [];
    const format = parts.map(({ part, read: other }) => (other && isSame(other, read) ? other.format : part)).join(',');
    return [{ ...read, format }];
  });
}

function isSame(a: Omit<WrittenNetwork, 'format'>, b: Omit<WrittenNetwork, 'format'>): boolean {
  return a.name === b.name && a.namespace === b.namespace;
}

function readPart(part: string): WrittenNetwork | undefined {
  const match = /^(\s*)(?:([^/@\s]+)\/)?([^/@\s]+)((?:@[^\s]*)?\s*)$/.exec(part);
  if (!match) return undefined;
  const [, before = '', namespace, name = '', after = ''] = match;
  if (namespace === undefined) return { name, format: `${before}{name}${after}` };
  return { name, namespace, format: `${before}{namespace}/{name}${after}` };
}

function parseList(text: string): readonly unknown[] | undefined {
  if (!text.trimStart().startsWith('[')) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? (value as readonly unknown[]) : undefined;
  } catch {
    // A text that is no JSON names no network.
    return [];
  }
}

function readList(list: readonly unknown[]): readonly WrittenNetwork[] {
  const items = list.map((item) => ({ item, read: readListItem(item) }));
  return items.flatMap(({ read }) => {
    if (!read) return [];
    const written = items.map(({ item, read: other }) =>
      other && isSame(other, read) ? withPlaceholders(item) : item,
    );
    return [{ ...read, format: JSON.stringify(written) }];
  });
}

function readListItem(item: unknown): Omit<WrittenNetwork, 'format'> | undefined {
  const name = nameAt(item, 'name');
  if (name === undefined) return undefined;
  const namespace = nameAt(item, 'namespace');
  return namespace === undefined ? { name } : { name, namespace };
}

function withPlaceholders(item: unknown): unknown {
  const placeholders = new Map([
    ['name', '{name}'],
    ...(nameAt(item, 'namespace') === undefined ? [] : [['namespace', '{namespace}'] as const]),
  ]);
  const entries = Object.entries(asObject(item) ?? {});
  return Object.fromEntries(entries.map(([key, value]) => [key, placeholders.get(key) ?? value]));
}

function positionOfNetwork(list: readonly unknown[], index: number): number {
  const positions = list.flatMap((item, position) => (readListItem(item) ? [position] : []));
  return positions[index] ?? -1;
}
