import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import { parseDurationMs } from '../../../apimachinery/duration.ts';
import { booleanAt, stringAt } from '../../../base/json.ts';
import { patchObject } from '../change.ts';
import type { KubectlCommand, Terminal } from '../command.ts';
import { KubectlError } from '../command.ts';
import { drainVerdict, verdictWords } from '../drain-filters.ts';
import type { Flags } from '../flags.ts';
import { flag, isOn } from '../flags.ts';
import { SELECTING, callOf, foundObjects, listAll, resourceOf, servedNamed } from '../resources.ts';
import { follow } from '../waiting.ts';

const OF_NODES = { selector: SELECTING.selector, 'dry-run': { type: 'text', bare: 'client' } } as const;

/** How long before an eviction that a budget refuses is tried again. Source: kubectl/pkg/drain/drain.go, 1.36. */
const EVICT_RETRY_MS = 5000;
const NEVER_MS = Number.MAX_SAFE_INTEGER / 4;

function nodesOf(terminal: Terminal, flags: Flags, name: string) {
  if (flags.positionals.length === 0 && flag(flags, 'selector') === undefined)
    throw new KubectlError(`error: USAGE: ${name} [flags]\nSee 'kubectl ${name} -h' for help and examples`);
  const words = ['nodes', ...flags.positionals.map((word) => word.replace(/^(?:nodes?|no)\//, ''))];
  return foundObjects(terminal, flags, words);
}

function mark(terminal: Terminal, flags: Flags, name: string, isCordoned: boolean): number {
  let failures = 0;
  for (const { target, object } of nodesOf(terminal, flags, name)) {
    const word = isCordoned ? 'cordon' : 'uncordon';
    if ((booleanAt(object, 'spec', 'unschedulable') === true) === isCordoned) {
      terminal.out(`node/${target.name} already ${word}ed\n`);
      continue;
    }
    if (flag(flags, 'dry-run') !== 'client') {
      const patch = { spec: { unschedulable: isCordoned ? true : null } };
      const result = patchObject(terminal, flags, target, patch, { fieldManager: 'kubectl' });
      if (!result.ok) {
        terminal.err(`error: unable to ${word} node "${target.name}": ${result.message}\n`);
        failures++;
        continue;
      }
    }
    terminal.out(`node/${target.name} ${word}ed\n`);
  }
  return failures === 0 ? 0 : 1;
}

/** Source: staging/src/k8s.io/kubectl/pkg/cmd/drain/drain.go, 1.36. */
const cordon: KubectlCommand = {
  name: 'cordon',
  flags: OF_NODES,
  run: (terminal, flags) => mark(terminal, flags, 'cordon', true),
};

const uncordon: KubectlCommand = {
  name: 'uncordon',
  flags: OF_NODES,
  run: (terminal, flags) => mark(terminal, flags, 'uncordon', false),
};

const drain: KubectlCommand = {
  name: 'drain',
  flags: {
    ...OF_NODES,
    'ignore-daemonsets': { type: 'switch' },
    'delete-emptydir-data': { type: 'switch' },
    force: { type: 'switch' },
    'grace-period': { type: 'text' },
    'pod-selector': { type: 'text' },
    timeout: { type: 'text' },
    'disable-eviction': { type: 'switch' },
  },
  run(terminal, flags) {
    if (mark(terminal, flags, 'drain', true) !== 0) return 1;
    const pending: string[] = [];
    for (const { target } of nodesOf(terminal, flags, 'drain')) {
      try {
        empty(terminal, flags, target.name);
        terminal.out(`node/${target.name} drained\n`);
      } catch (error) {
        if (!(error instanceof KubectlError)) throw error;
        terminal.err(
          `error: unable to drain node "${target.name}" due to error: ${error.message}, continuing command...\n`,
        );
        pending.push(target.name);
      }
    }
    if (pending.length === 0) return 0;
    terminal.err(`There are pending nodes to be drained:\n${pending.map((name) => ` ${name}\n`).join('')}`);
    return 1;
  },
};

export const DRAIN_COMMANDS: readonly KubectlCommand[] = [cordon, uncordon, drain];

const PODS = servedNamed('pods');

function empty(terminal: Terminal, flags: Flags, node: string): void {
  const podSelector = flag(flags, 'pod-selector');
  const pods = listAll(terminal, {
    verb: 'list',
    resource: resourceOf(PODS),
    options: {
      fieldSelector: `spec.nodeName=${node}`,
      ...(podSelector === undefined ? {} : { labelSelector: podSelector }),
    },
  });
  const daemonSets = listAll(terminal, { verb: 'list', resource: resourceOf(servedNamed('daemonsets.apps')) });
  const options = {
    ignoreDaemonSets: isOn(flags, 'ignore-daemonsets'),
    deleteEmptyDirData: isOn(flags, 'delete-emptydir-data'),
    force: isOn(flags, 'force'),
    daemonSets: new Set(daemonSets.map((object) => `${namespaceOf(object) ?? ''}/${nameOf(object)}`)),
  };
  const judged = pods.map((pod) => ({ pod, verdict: drainVerdict(pod, options) }));
  const errors = verdictWords(judged, 'Error').map(([message, names]) => `cannot delete ${message}: ${names}`);
  if (errors.length > 0) throw new KubectlError(errors.length === 1 ? errors[0]! : `[${errors.join(', ')}]`);
  const warnings = verdictWords(judged, 'Warning').map(([message, names]) => `${message}: ${names}`);
  if (warnings.length > 0) terminal.err(`Warning: ${warnings.join('; ')}\n`);
  const leaving = judged.filter(({ verdict }) => verdict.delete).map(({ pod }) => pod);
  if (flag(flags, 'dry-run') === 'client') {
    for (const pod of leaving) terminal.out(`evicting pod ${placeOf(pod)} (dry run)\n`);
    return;
  }
  const timeoutMs = parseDurationMs(flag(flags, 'timeout') ?? '0s') ?? 0;
  evict(terminal, flags, leaving, timeoutMs > 0 ? terminal.now() + timeoutMs : NEVER_MS);
}

function placeOf(pod: KubernetesObject): string {
  return `${namespaceOf(pod) ?? ''}/${nameOf(pod)}`;
}

/** Evicts all at once, tries again where a budget refuses, and waits until the Pods have gone. */
function evict(terminal: Terminal, flags: Flags, pods: readonly KubernetesObject[], untilMs: number): void {
  const grace = Number(flag(flags, 'grace-period') ?? '-1');
  const gracePeriod = grace < 0 ? {} : { gracePeriodSeconds: grace };
  const verb = isOn(flags, 'disable-eviction') ? 'delete' : 'create';
  let left = pods;
  const going: KubernetesObject[] = [];
  while (left.length > 0) {
    for (const pod of left) terminal.out(`evicting pod ${placeOf(pod)}\n`);
    const results = terminal.callAll(
      left.map((pod) => {
        const call = callOf(verb, { resource: PODS, name: nameOf(pod), namespace: namespaceOf(pod) });
        if (verb === 'delete') return { ...call, options: gracePeriod };
        const metadata = { name: nameOf(pod), namespace: namespaceOf(pod) ?? '' };
        const body = { apiVersion: 'policy/v1', kind: 'Eviction', metadata, deleteOptions: gracePeriod };
        return { ...call, subresource: 'eviction', body };
      }),
    );
    const refused: KubernetesObject[] = [];
    for (const [index, result] of results.entries()) {
      const pod = left[index]!;
      const about = `when evicting pods/"${nameOf(pod)}" -n "${namespaceOf(pod) ?? ''}"`;
      if (result.ok) going.push(pod);
      else if (result.code === 429) {
        terminal.err(`error ${about} (will retry after 5s): ${result.message}\n`);
        refused.push(pod);
      } else if (result.code !== 404) throw new KubectlError(`error ${about}: ${result.message}`);
    }
    left = refused;
    if (left.length === 0) break;
    if (terminal.now() + EVICT_RETRY_MS > untilMs)
      throw new KubectlError(
        `error when evicting pods/"${nameOf(left[0]!)}" -n "${namespaceOf(left[0]!) ?? ''}": global timeout reached: ${flag(flags, 'timeout') ?? ''}`,
      );
    terminal.sleep(EVICT_RETRY_MS);
  }
  for (const pod of going) {
    const target = { resource: PODS, name: nameOf(pod), namespace: namespaceOf(pod) };
    const uid = stringAt(pod, 'metadata', 'uid');
    const end = follow(terminal, target, untilMs, (now) => stringAt(now, 'metadata', 'uid') !== uid);
    if (end === 'late')
      throw new KubectlError(
        `error when waiting for pod "${nameOf(pod)}" in namespace "${namespaceOf(pod) ?? ''}" to terminate: global timeout reached: ${flag(flags, 'timeout') ?? ''}`,
      );
    terminal.out(`pod/${nameOf(pod)} ${verb === 'delete' ? 'deleted' : 'evicted'}\n`);
  }
}
