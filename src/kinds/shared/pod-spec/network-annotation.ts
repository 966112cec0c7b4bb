import type { Path } from '../../../base/json.ts';
import { asName, isJsonObject, stringAt } from '../../../base/json.ts';
import type { Reference } from '../../reference.ts';

/**
 * Annotations that name further networks of a Pod: `net`, `other/net@eth1`, several with commas, or a JSON list of
 * `{name, namespace}`. Source: Network Plumbing Working Group, Kubernetes Network Custom Resource Definition, 1.3.
 */
export const NETWORK_ANNOTATIONS = ['k8s.v1.cni.cncf.io/networks', 'v1.multus-cni.io/default-network'] as const;

interface WrittenNetwork {
  readonly name: string;
  readonly namespace?: string;
  /** The whole annotation with this network's name as `{name}` and its namespace as `{namespace}`. */
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
  if (list) return list.flatMap((item, index) => readListItem(list, item, index) ?? []);
  const parts = text.split(',');
  return parts.flatMap((part, index) => {
    const read = readPart(part);
    if (!read) return [];
    const format = [...parts.slice(0, index), read.format, ...parts.slice(index + 1)].join(',');
    return [{ ...read, format }];
  });
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

function readListItem(list: readonly unknown[], item: unknown, index: number): WrittenNetwork | undefined {
  const name = asName(stringAt(item, 'name'));
  if (name === undefined || !isJsonObject(item)) return undefined;
  const namespace = asName(stringAt(item, 'namespace'));
  const entries = Object.entries(item).map(([key, value]) => {
    if (key === 'name') return [key, '{name}'];
    return [key, key === 'namespace' && namespace !== undefined ? '{namespace}' : value];
  });
  const format = JSON.stringify(
    list.map((other, position) => (position === index ? Object.fromEntries(entries) : other)),
  );
  return namespace === undefined ? { name, format } : { name, namespace, format };
}

function positionOfNetwork(list: readonly unknown[], index: number): number {
  const positions = list.flatMap((item, position) => (readListItem(list, item, position) ? [position] : []));
  return positions[index] ?? -1;
}
