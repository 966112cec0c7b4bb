import { isJsonObject, jsonEqual, valueAt } from '../base/json.ts';
import type { JsonValue, PathStep } from '../base/json.ts';
import type { TraceEntry } from '../simulator/kernel/trace.ts';

/**
 * Which step of a run is meant: the first that fits, after another. Names of components fit with the number or the Node
 * behind them (`kubelet` fits `kubelet/w1`); `*` stands for anything.
 */
export interface Finder {
  readonly from?: string;
  readonly to?: string;
  readonly class?: string;
  readonly verb?: string;
  /** `Pod/shop/web-*`. */
  readonly object?: string;
  /** The subresource that a request asks for, `status`; '' for none. */
  readonly sub?: string;
  /**
   * Values in what is carried, or behind `detail.` in what is told beside it: `status.conditions[type=Ready].status`. A
   * text may hold `*`; null: nothing is there.
   */
  readonly where?: Readonly<Record<string, JsonValue>>;
  /** Id of the step after which it comes; the step before it where left out. `start`: the beginning of the run. */
  readonly after?: string;
  /** It comes no sooner than so long after that step. */
  readonly waitMs?: number;
  /** It is the entry of the step before it: more is said of the same message. Nothing else is looked at then. */
  readonly stays?: true;
}

/** A finder made ready. */
export type Fits = (entry: TraceEntry) => boolean;

const SUBRESOURCE = /\/(status|binding|eviction|scale|token|resize|finalize|ephemeralcontainers)(?=\?|$)/;

export function fitsOf(finder: Finder): Fits {
  const tests: Fits[] = [];
  const { from, to, verb, object, sub } = finder;
  if (finder.class !== undefined) tests.push((entry) => entry.class === finder.class);
  if (verb !== undefined) tests.push(textTest(verb, (entry) => entry.verb));
  if (from !== undefined) tests.push(componentTest(from, (entry) => entry.from));
  if (to !== undefined) tests.push(componentTest(to, (entry) => entry.to));
  if (object !== undefined) tests.push(textTest(object, (entry) => entry.object ?? ''));
  if (sub !== undefined) tests.push((entry) => subresourceOf(entry) === sub);
  for (const [path, wanted] of Object.entries(finder.where ?? {})) tests.push(whereTest(path, wanted));
  return (entry) => tests.every((test) => test(entry));
}

export function subresourceOf({ detail }: TraceEntry): string {
  const path = detail?.['path'];
  return typeof path === 'string' ? (SUBRESOURCE.exec(path)?.[1] ?? '') : '';
}

function textTest(pattern: string, textOf: (entry: TraceEntry) => string): Fits {
  const fits = glob(pattern);
  return (entry) => fits(textOf(entry));
}

function componentTest(pattern: string, idOf: (entry: TraceEntry) => string): Fits {
  const fits = glob(pattern);
  return (entry) => {
    const id = idOf(entry);
    return fits(id) || fits(id.replace(/\/.*$/, '').replace(/-\d+$/, ''));
  };
}

/** Whether a text is that of a pattern, in which `*` stands for anything. */
export function glob(pattern: string): (text: string) => boolean {
  if (!pattern.includes('*')) return (text) => text === pattern;
  const parts = pattern.split('*').map((part) => part.replaceAll(/[\\^$.+?()[\]{}|]/g, String.raw`\$&`));
  const made = new RegExp(`^${parts.join('.*')}$`);
  return (text) => made.test(text);
}

function whereTest(path: string, wanted: JsonValue): Fits {
  const inDetail = path.startsWith('detail.');
  const steps = pathOf(inDetail ? path.slice('detail.'.length) : path);
  const fits =
    typeof wanted === 'string' && wanted.includes('*')
      ? (value: JsonValue | undefined) => typeof value === 'string' && glob(wanted)(value)
      : (value: JsonValue | undefined) => (wanted === null ? value === undefined : jsonEqual(value, wanted));
  return ({ body, detail }) => fits(follow(inDetail ? detail : body, steps));
}

type Step = PathStep | { readonly key: string; readonly value: string };

/** `status.conditions[type=Ready].status`, `metadata.labels[app.kubernetes.io/name]`, `spec.containers[0].image`. */
export function pathOf(text: string): readonly Step[] {
  return [...text.matchAll(/\[([^\]]*)\]|([^.[\]]+)/g)].map(([, inside, plain]): Step => {
    if (inside === undefined) return plain!;
    if (/^\d+$/.test(inside)) return Number(inside);
    const equals = inside.indexOf('=');
    return equals < 0 ? inside : { key: inside.slice(0, equals), value: inside.slice(equals + 1) };
  });
}

export function follow(value: unknown, steps: readonly Step[]): JsonValue | undefined {
  let current = value as JsonValue | undefined;
  for (const step of steps) {
    if (typeof step !== 'object') current = valueAt(current, step);
    else if (!Array.isArray(current)) return undefined;
    else
      current = (current as readonly JsonValue[]).find((item) => isJsonObject(item) && item[step.key] === step.value);
    if (current === undefined) return undefined;
  }
  return current;
}
