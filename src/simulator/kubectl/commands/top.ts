import { nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { formatDurationMs } from '../../../apimachinery/duration.ts';
import type { JsonValue } from '../../../base/json.ts';
import { arrayAt, objectAt, stringAt } from '../../../base/json.ts';
import type { ApiCall } from '../../client/api-client.ts';
import { msOf } from '../../kernel/clock.ts';
import type { KubectlCommand, Terminal } from '../command.ts';
import { KubectlError } from '../command.ts';
import type { Flags } from '../flags.ts';
import { isOn } from '../flags.ts';
import { textFlag } from '../generators/generator.ts';
import { SELECTING, answered, discovered, namespaceOfFlags } from '../resources.ts';
import { nodeTable, podTable } from './top-table.ts';

const METRICS = { group: 'metrics.k8s.io', version: 'v1beta1' } as const;
const CORE = { group: '', version: 'v1' } as const;
/** Source: top.go `metricsCreationDelay`. */
const METRICS_CREATION_MS = 120_000;

/**
 * `kubectl top pods`, `kubectl top nodes`: what the Metrics API says, where the cluster has one.
 * Source: staging/src/k8s.io/kubectl/pkg/cmd/top/top_pod.go, top_node.go, 1.36.
 */
function top(word: string, isPod: boolean): KubectlCommand {
  return {
    name: `top ${word}`,
    flags: {
      ...(isPod ? SELECTING : { selector: SELECTING.selector }),
      'sort-by': { type: 'text' },
      'no-headers': { type: 'switch' },
      'show-swap': { type: 'switch' },
      ...(isPod
        ? { containers: { type: 'switch' as const }, sum: { type: 'switch' as const } }
        : { 'show-capacity': { type: 'switch' as const } }),
    },
    run(terminal, flags) {
      const sortBy = textFlag(flags, 'sort-by');
      if (sortBy !== '' && sortBy !== 'cpu' && sortBy !== 'memory')
        throw new KubectlError('error: --sort-by accepts only cpu or memory');
      const isSelected = textFlag(flags, 'selector') !== '' || textFlag(flags, 'field-selector') !== '';
      if (flags.positionals.length > 0 && isSelected)
        throw new KubectlError(`error: only one of NAME or ${isPod ? 'selector' : '--selector'} can be provided`);
      if (!discovered(terminal).some(({ group }) => group === METRICS.group))
        throw new KubectlError('error: Metrics API not available');
      if (isOn(flags, 'show-swap')) throw new KubectlError('error: swap is not simulated: no Node has any');
      return isPod ? topPods(terminal, flags, sortBy) : topNodes(terminal, flags, sortBy);
    },
  };
}

/** An object that is named, or a list that is selected. */
function callFor(flags: Flags, resource: ApiCall['resource'], namespace: string | undefined): ApiCall {
  const [name] = flags.positionals;
  const place = namespace === undefined ? {} : { namespace };
  if (name !== undefined) return { verb: 'get', resource, name, ...place };
  const [labelSelector, fieldSelector] = [textFlag(flags, 'selector'), textFlag(flags, 'field-selector')];
  const options = {
    ...(labelSelector === '' ? {} : { labelSelector }),
    ...(fieldSelector === '' ? {} : { fieldSelector }),
  };
  return { verb: 'list', resource, options, ...place };
}

function itemsOf(terminal: Terminal, call: ApiCall): readonly JsonValue[] {
  const { object } = answered(terminal.call(call));
  return call.verb === 'get' ? [object] : arrayAt(object, 'items');
}

function topPods(terminal: Terminal, flags: Flags, sortBy: string): number {
  const isEverywhere = isOn(flags, 'all-namespaces');
  const namespace = isEverywhere ? undefined : namespaceOfFlags(flags);
  const metrics = itemsOf(terminal, callFor(flags, { ...METRICS, plural: 'pods' }, namespace));
  if (metrics.length === 0) {
    whyEmpty(terminal, itemsOf(terminal, callFor(flags, { ...CORE, plural: 'pods' }, namespace)));
    terminal.err(isEverywhere ? 'No resources found\n' : `No resources found in ${namespace ?? ''} namespace.\n`);
    return 0;
  }
  const options = {
    containers: isOn(flags, 'containers'),
    withNamespace: isEverywhere,
    noHeaders: isOn(flags, 'no-headers'),
    sum: isOn(flags, 'sum'),
    sortBy,
  };
  terminal.out(podTable(metrics, options));
  return 0;
}

/** Source: `verifyEmptyMetrics`, `checkPodAge`. */
function whyEmpty(terminal: Terminal, pods: readonly JsonValue[]): void {
  for (const pod of pods as readonly KubernetesObject[]) {
    const ageMs = terminal.now() - (msOf(stringAt(pod, 'metadata', 'creationTimestamp') ?? '') ?? 0);
    if (ageMs <= METRICS_CREATION_MS) continue;
    const age = formatDurationMs(ageMs);
    throw new KubectlError(
      `error: Metrics not available for pod ${namespaceOf(pod) ?? ''}/${nameOf(pod)}, age: ${age}`,
    );
  }
  if (pods.length > 0) throw new KubectlError('error: metrics not available yet');
}

function topNodes(terminal: Terminal, flags: Flags, sortBy: string): number {
  const metrics = itemsOf(terminal, callFor(flags, { ...METRICS, plural: 'nodes' }, undefined));
  if (metrics.length === 0) throw new KubectlError('error: metrics not available yet');
  const nodes = itemsOf(terminal, callFor(flags, { ...CORE, plural: 'nodes' }, undefined));
  const field = isOn(flags, 'show-capacity') ? 'capacity' : 'allocatable';
  const available = new Map(
    nodes.map((node) => [stringAt(node, 'metadata', 'name') ?? '', objectAt(node, 'status', field) ?? {}]),
  );
  terminal.out(nodeTable(metrics, available, { noHeaders: isOn(flags, 'no-headers'), sortBy }));
  return 0;
}

export const TOP_COMMANDS: readonly KubectlCommand[] = [
  ...['pods', 'pod', 'po'].map((word) => top(word, true)),
  ...['nodes', 'node', 'no'].map((word) => top(word, false)),
];
