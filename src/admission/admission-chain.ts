import { assert } from '../base/assert.ts';
import type { AdmissionPlugin } from './admission-plugin.ts';
import type { AdmissionRequest } from './admission-request.ts';
import type { Admitted, Refusal } from './answer.ts';
import { isRefusal, withWarnings } from './answer.ts';
import type { ClusterView } from './cluster-view.ts';
import type { EventRateLimitConfiguration } from './event-rate-limit/configuration.ts';
import { eventRateLimit, eventRateLimitWith } from './event-rate-limit/event-rate-limit.ts';
import { ALL_ORDERED_PLUGINS } from './plugin-order.ts';
import { ABSENT_PLUGINS, PLUGINS } from './plugins.ts';
import { ReinvocationContext } from './reinvocation-context.ts';

/** As `--enable-admission-plugins` and `--disable-admission-plugins`. */
export interface PluginSwitches {
  readonly enable?: readonly string[];
  readonly disable?: readonly string[];
  /** Without it EventRateLimit cannot be switched on. */
  readonly eventRateLimit?: EventRateLimitConfiguration;
}

/**
 * The plugins that a server asks, in order. Refuses plugins that stand twice, out of order, or that the server does not know,
 * and plugins of the server that are neither here nor said to be absent.
 */
export function admissionChain(
  { enable = [], disable = [], eventRateLimit: limits }: PluginSwitches = {},
  plugins: readonly AdmissionPlugin[] = PLUGINS,
): readonly AdmissionPlugin[] {
  const places = new Map(ALL_ORDERED_PLUGINS.map(({ name }, place) => [name, place]));
  for (const name of [...enable, ...disable]) assert(places.has(name), `no admission plugin is named ${name}`);
  const here = new Set(PLUGINS.map(({ name }) => name));
  for (const name of places.keys())
    assert(
      here.has(name) !== Object.hasOwn(ABSENT_PLUGINS, name),
      `the admission plugin ${name} is neither here nor absent, or both`,
    );
  let last = -1;
  for (const { name } of plugins) {
    const place = places.get(name);
    assert(place !== undefined, `the API server has no admission plugin ${name}`);
    assert(place > last, `the admission plugin ${name} stands twice or out of order`);
    last = place;
  }
  const asked = new Set(
    ALL_ORDERED_PLUGINS.filter(
      ({ name, isDefaultOn }) => enable.includes(name) || (isDefaultOn && !disable.includes(name)),
    ),
  );
  const names = new Set([...asked].map(({ name }) => name));
  return plugins
    .filter(({ name }) => names.has(name))
    .map((plugin) => {
      if (plugin !== eventRateLimit) return plugin;
      assert(limits !== undefined, 'EventRateLimit does not start without limits');
      return eventRateLimitWith(limits);
    });
}

/** What the whole chain says: what passes and as what, or the first refusal and whose it is. */
export type ChainAnswer =
  | (Required<Omit<Admitted, 'object'>> &
      Pick<Admitted, 'object'> & {
        /** Names of the plugins that changed the object, in their order. */
        readonly changedBy: readonly string[];
      })
  | { readonly plugin: string; readonly refusal: Refusal };

/**
 * The request with the object as the plugins leave it, or the first refusal. All are asked twice where a policy wants it.
 * Source: staging/src/k8s.io/apiserver/pkg/admission/reinvocation.go, 1.36.2.
 */
export function admit(request: AdmissionRequest, cluster: ClusterView, chain: readonly AdmissionPlugin[]): ChainAnswer {
  const reinvocation = new ReinvocationContext();
  const first = ask('admit', { ...request, reinvocation }, cluster, chain);
  if ('refusal' in first || !reinvocation.shouldReinvoke) return first;
  reinvocation.isReinvoke = true;
  const { object } = first;
  const second = ask(
    'admit',
    { ...request, ...(object === undefined ? {} : { object }), reinvocation },
    cluster,
    chain,
  );
  if (!('refusal' in second)) return joined(first, second);
  return { ...second, refusal: withWarnings(second.refusal, first.warnings) };
}

type Passed = Exclude<ChainAnswer, { readonly refusal: Refusal }>;

/** A warning that is given twice is heard once. */
function joined(first: Passed, second: Passed): Passed {
  return {
    ...second,
    warnings: [...new Set([...first.warnings, ...second.warnings])],
    writes: [...first.writes, ...second.writes],
    auditAnnotations: { ...first.auditAnnotations, ...second.auditAnnotations },
    changedBy: [...new Set([...first.changedBy, ...second.changedBy])],
  };
}

/** The same once all have changed what they change, and the object was found valid. */
export function validate(
  request: AdmissionRequest,
  cluster: ClusterView,
  chain: readonly AdmissionPlugin[],
): ChainAnswer {
  return ask('validate', request, cluster, chain);
}

type Phase = 'admit' | 'validate';

/** The plugins of a chain that are asked at all, by phase and operation. */
const asked = new WeakMap<readonly AdmissionPlugin[], Map<string, readonly AdmissionPlugin[]>>();

function askedIn(
  chain: readonly AdmissionPlugin[],
  phase: Phase,
  operation: AdmissionRequest['operation'],
): readonly AdmissionPlugin[] {
  let known = asked.get(chain);
  if (known === undefined) asked.set(chain, (known = new Map()));
  const key = `${phase} ${operation}`;
  let plugins = known.get(key);
  if (plugins === undefined) {
    plugins = chain.filter((plugin) => plugin[phase] !== undefined && plugin.operations.includes(operation));
    known.set(key, plugins);
  }
  return plugins;
}

function ask(
  phase: Phase,
  request: AdmissionRequest,
  cluster: ClusterView,
  chain: readonly AdmissionPlugin[],
): ChainAnswer {
  let current = request;
  const warnings: string[] = [];
  const writes = [];
  const auditAnnotations: Record<string, string> = {};
  const changedBy: string[] = [];
  for (const plugin of askedIn(chain, phase, request.operation)) {
    const answer = plugin[phase]?.(current, cluster);
    if (answer === undefined) continue;
    if (isRefusal(answer)) return { plugin: plugin.name, refusal: withWarnings(answer, warnings) };
    if (answer.warnings !== undefined) warnings.push(...answer.warnings);
    if (answer.writes !== undefined) writes.push(...answer.writes);
    if (answer.auditAnnotations !== undefined) Object.assign(auditAnnotations, answer.auditAnnotations);
    if (answer.object === undefined) continue;
    if (answer.object !== current.object) changedBy.push(plugin.name);
    current = { ...current, object: answer.object };
  }
  const rest = { warnings, writes, auditAnnotations, changedBy };
  return current.object === undefined ? rest : { ...rest, object: current.object };
}
