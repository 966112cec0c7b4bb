import { formatDurationMs } from '../../apimachinery/duration.ts';
import type { JsonObject, JsonValue } from '../../base/json.ts';
import { isJsonObject, jsonEqual } from '../../base/json.ts';
import type { TraceEntry } from '../../simulator/kernel/trace.ts';
import { componentKind } from '../component-name.ts';
import { fitsOf, follow, pathOf, subresourceOf } from '../finder.ts';
import type { Finder } from '../finder.ts';

/**
 * Endings that the cluster gives to names: the five letters of `generateName`, and the hash of a template before them.
 * Source: staging/src/k8s.io/apimachinery/pkg/util/rand/rand.go, alphanums, 1.36.
 */
const GIVEN_NAME = /(?:-[bcdfghjklmnpqrstvwxz2456789]{6,10})?-[bcdfghjklmnpqrstvwxz2456789]{5}$/;

/**
 * How a lesson says which entry it means: in the plainest words that find it after another entry (0: the beginning of the
 * run). Undefined where it cannot be told from what comes before it in its millisecond.
 */
export function finderFor(entries: readonly TraceEntry[], seq: number, anchorSeq: number): Finder | undefined {
  const entry = entries[seq - 1];
  if (entry === undefined || seq < anchorSeq) return undefined;
  if (seq === anchorSeq) return { stays: true };
  const between = entries.slice(anchorSeq, seq - 1);
  const others = (finder: Finder): readonly TraceEntry[] => between.filter(fitsOf(finder));
  let best: { finder: Finder; left: readonly TraceEntry[] } | undefined;
  for (const finder of plainFinders(entry)) {
    const left = others(finder);
    if (left.length === 0) return finder;
    best ??= { finder, left };
    if (left.length < best.left.length) best = { finder, left };
  }
  if (best === undefined) return undefined;
  const { finder, left } = best;
  const fact = withFact(finder, entry, left);
  if (fact !== undefined) return fact;
  // It comes so long after the entry before, which few like it do.
  const waiting = { ...finder, waitMs: entry.timeMs - (entries[anchorSeq - 1]?.timeMs ?? 0) };
  const still = left.filter(({ timeMs }) => timeMs === entry.timeMs);
  return still.length === 0 ? waiting : withFact(waiting, entry, still);
}

function plainFinders(entry: TraceEntry): readonly Finder[] {
  const { from, to, verb, object } = entry;
  const sub = subresourceOf(entry);
  const names = object === undefined ? [undefined] : [...new Set([object.replace(GIVEN_NAME, '-*'), object])];
  // Who it is among its like (`kubelet/w1`) only where what is done does not say it: another design has other Nodes.
  const parties = [
    { from: componentKind(from), to: componentKind(to) },
    { from, to },
  ];
  return parties.flatMap((party) =>
    names.flatMap((name) => {
      const said: Finder = { ...party, verb, ...(name !== undefined && { object: name }) };
      return [said, { ...said, class: entry.class }, { ...said, class: entry.class, sub }];
    }),
  );
}

/** The first value in what is carried, or told beside it, that none of the others has. */
function withFact(finder: Finder, entry: TraceEntry, others: readonly TraceEntry[]): Finder | undefined {
  const facts = [
    ...leaves(entry.body as JsonValue | undefined, ''),
    ...leaves(entry.detail as JsonValue | undefined, 'detail.'),
  ].toSorted((one, other) => rank(one.path) - rank(other.path));
  for (const { path, value } of facts) {
    const inDetail = path.startsWith('detail.');
    const steps = pathOf(inDetail ? path.slice('detail.'.length) : path);
    const isOwn = others.every(({ body, detail }) => !jsonEqual(follow(inDetail ? detail : body, steps), value));
    if (isOwn) return { ...finder, where: { [path]: value } };
  }
  return undefined;
}

/** What an object is and wants says more than who wrote it. */
function rank(path: string): number {
  if (path.startsWith('status.')) return 0;
  if (path.startsWith('spec.')) return 1;
  if (path.startsWith('metadata.')) return 3;
  return 2;
}

/** Values that say when, or which of several equals: no teacher means them. */
const OPAQUE = /(?:resourceVersion|uid|managedFields|Time|Timestamp|Micros|observedGeneration|token|hash)$/i;
const DEEPEST = 7;

function* leaves(
  value: JsonValue | undefined,
  prefix: string,
  depth = 0,
): Generator<{ path: string; value: JsonValue }> {
  if (depth > DEEPEST) return;
  if (typeof value === 'string' ? !value.includes('*') : typeof value === 'number' || typeof value === 'boolean') {
    if (prefix !== '' && prefix !== 'detail.') yield { path: prefix.replace(/\.$/, ''), value: value! };
    return;
  }
  const bare = prefix.replace(/\.$/, '');
  if (Array.isArray(value)) {
    for (const [index, item] of (value as readonly JsonValue[]).entries()) {
      const type = isJsonObject(item) ? item['type'] : undefined;
      yield* leaves(item, `${bare}[${typeof type === 'string' ? `type=${type}` : index}].`, depth + 1);
    }
    return;
  }
  if (!isJsonObject(value)) return;
  for (const [key, own] of Object.entries(value))
    if (!OPAQUE.test(key)) yield* leaves(own, /^\w+$/.test(key) ? `${prefix}${key}.` : `${bare}[${key}].`, depth + 1);
}

/** A finder as the file of a lesson has it. */
export function finderObject({ waitMs, where, ...plain }: Finder): JsonObject {
  return {
    ...plain,
    ...(where !== undefined && { where }),
    ...(waitMs !== undefined && { wait: formatDurationMs(waitMs) }),
  };
}
