import { formatLabelSelector } from '../apimachinery/label-selector.ts';
import type { ReferenceGraph, ResolvedReference } from '../design/graph.ts';
import { REFERENCE_TYPES } from '../kinds/reference.ts';
import type { ReferenceLine } from '../kinds/reference.ts';
import { CAPTION_MAX } from './metrics.ts';
import { isGhostReference } from './scene-cards.ts';
import type { SceneEdge } from './scene.ts';

/** An edge without bends yet. */
export type UnroutedEdge = Omit<SceneEdge, 'points' | 'line'> & { readonly line: ReferenceLine };

/** Lines between cards: one for each pair and class of line, carrying all its references. */
export function sceneEdges(graph: ReferenceGraph, cards: ReadonlySet<string>): readonly UnroutedEdge[] {
  const groups = new Map<string, ResolvedReference[]>();
  for (const reference of graph.references) {
    const to = endOf(reference);
    const { line } = REFERENCE_TYPES[reference.declaration.type];
    if (line === 'containment' || to === undefined || to === reference.from) continue;
    if (!cards.has(to) || !cards.has(reference.from)) continue;
    const id = `${reference.from}>${to}:${line}`;
    const group = groups.get(id);
    if (group) group.push(reference);
    else groups.set(id, [reference]);
  }
  return [...groups].map(([id, references]) => edge(id, references));
}

function endOf(reference: ResolvedReference): string | undefined {
  if (reference.to !== null) return reference.to;
  return isGhostReference(reference) ? `ghost:${reference.toIdentity!}` : undefined;
}

function edge(id: string, references: readonly ResolvedReference[]): UnroutedEdge {
  const [first] = references as [ResolvedReference, ...ResolvedReference[]];
  const line: ReferenceLine = REFERENCE_TYPES[first.declaration.type].line;
  return {
    id,
    from: first.from,
    to: endOf(first)!,
    line,
    resolved: references.every(({ resolved }) => resolved),
    label: shorten([...new Set(references.map(caption))].filter((text) => text !== '').join(' · ')),
    references: references.map(({ index }) => index),
  };
}

function shorten(text: string): string {
  return text.length > CAPTION_MAX ? `${text.slice(0, CAPTION_MAX - 1)}…` : text;
}

/** What a line says in words of the manifest: a port, a selector, the way a configuration is used. */
function caption({ declaration }: ResolvedReference): string {
  const { target, port, type } = declaration;
  if (port !== undefined) return `:${port}`;
  if (target.by === 'pods') return formatLabelSelector(target.selector);
  return CAPTION_OF_TYPE[type] ?? '';
}

/** Types whose two ends do not say it already; in the words of the API, so not translated. */
const CAPTION_OF_TYPE: Partial<Record<ResolvedReference['declaration']['type'], string>> = {
  env: 'env',
  envFrom: 'envFrom',
  volume: 'volume',
  projectedVolume: 'projected',
  imagePullSecret: 'imagePullSecrets',
  tls: 'tls',
  mirror: 'mirror',
  webhook: 'webhook',
  nodeSelector: 'nodeSelector',
  nodeAffinity: 'nodeAffinity',
  toleration: 'toleration',
  serviceAccount: '',
};
