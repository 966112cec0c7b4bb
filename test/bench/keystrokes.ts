import type { KubernetesObject } from '../../src/apimachinery/object.ts';
import type { FieldEdit } from '../../src/kinds/field-edit.ts';
import { DesignAdmission } from '../../src/design/admission/design-admission.ts';
import { DesignProblems } from '../../src/design/design-problems.ts';
import type { Design } from '../../src/design/design.ts';
import { editFields, isRefused } from '../../src/design/edit-segment.ts';
import { designRegistry } from '../../src/design/import.ts';
import { NO_SWITCHES } from '../../src/design/lints/switches.ts';
import { ReferenceResolver } from '../../src/design/reference-resolver.ts';
import { judgeContextOf, preloadValidity, refusalsAmong } from '../../src/design/validity.ts';
import { BUILT_IN_KINDS } from '../../src/kinds/index.ts';
import { table } from './measure.ts';

/** A person types: what each keystroke writes into the object that is edited, by its number. */
interface Typing {
  readonly name: string;
  readonly kind: string;
  edits(number: number, object: KubernetesObject): readonly FieldEdit[];
}

const set = (path: readonly (string | number)[], value: string | number): readonly FieldEdit[] => [
  { op: 'set', path, value },
];

const TYPINGS: readonly Typing[] = [
  { name: 'replicas', kind: 'Deployment', edits: (number) => set(['spec', 'replicas'], number) },
  {
    name: 'a variable of a container',
    kind: 'Deployment',
    edits: (number) => set(['spec', 'template', 'spec', 'containers', 0, 'env', 0, 'value'], `v${number}`),
  },
  {
    name: 'a label of the object',
    kind: 'Deployment',
    edits: (number) => set(['metadata', 'labels', 'tier'], `t${number}`),
  },
  {
    name: 'a label of the Pod template',
    kind: 'Deployment',
    edits: (number) => set(['spec', 'template', 'metadata', 'labels', 'tier'], `t${number}`),
  },
  {
    name: 'the selector of a Service',
    kind: 'Service',
    edits: (number) => set(['spec', 'selector', 'app.kubernetes.io/name'], `app-${number}`),
  },
  {
    name: 'the most replicas of an autoscaler',
    kind: 'HorizontalPodAutoscaler',
    edits: (number) => set(['spec', 'maxReplicas'], 5 + number),
  },
  { name: 'the name of a ConfigMap', kind: 'ConfigMap', edits: (number) => set(['metadata', 'name'], `c${number}`) },
];

const KEYSTROKES = 100;

interface Cost {
  readonly wallMs: readonly number[];
  /** Of all keystrokes together, collection of garbage and compilation with it. */
  readonly cpuMs: number;
  readonly parts: ReadonlyMap<string, readonly number[]>;
}

/**
 * What one keystroke costs the thread of the document, but for the picture: what changed, and what refers to it, is judged
 * again by all judges. Time on the clock, and time of the processor, as machines are shared.
 */
export async function printKeystrokes(design: Design): Promise<void> {
  const rows = [['keystroke in', 'wall ms: p50', 'p95', 'least', 'CPU ms: mean', 'of these, medians']];
  for (const typing of TYPINGS) {
    const { wallMs, cpuMs, parts } = await costOf(design, typing);
    rows.push([
      typing.name,
      median(wallMs).toFixed(1),
      percentile(wallMs, 95).toFixed(1),
      Math.min(...wallMs).toFixed(1),
      (cpuMs / wallMs.length).toFixed(1),
      [...parts].map(([part, times]) => `${part} ${median(times).toFixed(1)}`).join(', '),
    ]);
  }
  console.log(`one keystroke at ${design.records.size} objects, every judge of the document thread (aim: below 10 ms)`);
  console.log(table(rows));
}

async function costOf(design: Design, typing: Typing): Promise<Cost> {
  const registry = designRegistry(design, BUILT_IN_KINDS);
  await preloadValidity(design, registry);
  const [admission, problems, references] = [new DesignAdmission(), new DesignProblems(), new ReferenceResolver()];
  const parts = new Map<string, number[]>();
  const timed = <Value>(part: string, work: () => Value): Value => {
    const start = performance.now();
    const value = work();
    parts.set(part, [...(parts.get(part) ?? []), performance.now() - start]);
    return value;
  };
  const judgeAll = (current: Design): void => {
    const graph = timed('references', () => references.of(current, registry));
    const context = judgeContextOf(current, registry);
    const refusals = timed('refusals', () => refusalsAmong(current.records.values(), context));
    const refused = timed('admission', () => admission.problems(current, context));
    timed('checks and lints', () =>
      problems.of({ design: current, graph, registry }, [...refusals, ...refused], NO_SWITCHES),
    );
  };
  judgeAll(design);
  const [warm, ...edited] = designsOf(design, typing, registry);
  if (warm !== undefined) judgeAll(warm);
  parts.clear();
  (globalThis as { gc?: () => void }).gc?.();
  const before = process.cpuUsage();
  const wallMs = edited.map((current) => {
    const start = performance.now();
    judgeAll(current);
    return performance.now() - start;
  });
  const { user, system } = process.cpuUsage(before);
  return { wallMs, cpuMs: (user + system) / 1000, parts };
}

/** Designs that differ by one keystroke from the one before. */
function designsOf(
  design: Design,
  { kind, edits }: Typing,
  registry: ReturnType<typeof designRegistry>,
): readonly Design[] {
  const first = [...design.records.values()].find(({ object }) => object.kind === kind);
  if (first === undefined) throw new Error(`there is no ${kind} to type in`);
  let current = design;
  return Array.from({ length: KEYSTROKES + 1 }, (_, number) => {
    const record = current.records.get(first.id);
    if (record === undefined) throw new Error(`the ${kind} is gone`);
    const next = editFields(current, registry, record, edits(number + 2, record.object));
    if (isRefused(next)) throw new Error(next.refused);
    return (current = next);
  });
}

function median(times: readonly number[]): number {
  return percentile(times, 50);
}

/** The least time that so many of a hundred do not exceed. */
function percentile(times: readonly number[], share: number): number {
  return [...times].sort((a, b) => a - b)[Math.max(0, Math.ceil((times.length * share) / 100) - 1)] ?? 0;
}
