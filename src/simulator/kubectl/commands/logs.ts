import { parseDurationMs } from '../../../apimachinery/duration.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import { stringAt } from '../../../base/json.ts';
import type { ApiCall } from '../../client/api-client.ts';
import type { ConnectOptions } from '../../messages.ts';
import type { KubectlCommand, Terminal } from '../command.ts';
import { KubectlError } from '../command.ts';
import { containerOf, containersOf, podsOf } from '../containers.ts';
import type { Flags } from '../flags.ts';
import { isOn } from '../flags.ts';
import { numberFlag, textFlag } from '../generators/generator.ts';
import { SELECTING, answered, foundObjects } from '../resources.ts';

const USAGE =
  "error: expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.\nPOD or TYPE/NAME is a required argument for the logs command\nSee 'kubectl logs -h' for help and examples";
/** Lines of each Pod where many are asked by their labels. */
const TAIL_OF_MANY = 10;

/** Source: staging/src/k8s.io/kubectl/pkg/cmd/logs/logs.go, polymorphichelpers/logsforobject.go, 1.36. */
export const logs: KubectlCommand = {
  name: 'logs',
  flags: {
    namespace: SELECTING.namespace,
    selector: SELECTING.selector,
    container: { type: 'text', short: 'c' },
    previous: { type: 'switch', short: 'p' },
    follow: { type: 'switch', short: 'f' },
    tail: { type: 'text' },
    since: { type: 'text' },
    timestamps: { type: 'switch' },
    'limit-bytes': { type: 'text' },
    'all-containers': { type: 'switch' },
    'all-pods': { type: 'switch' },
    prefix: { type: 'switch' },
    'max-log-requests': { type: 'text' },
    'ignore-errors': { type: 'switch' },
    'pod-running-timeout': { type: 'text' },
  },
  run(terminal, flags) {
    const [first, second, ...more] = flags.positionals;
    const selector = textFlag(flags, 'selector');
    if ((first === undefined && selector === '') || more.length > 0) throw new KubectlError(USAGE);
    if (first !== undefined && selector !== '')
      throw new KubectlError('error: only a selector (-l) or a POD name is allowed');
    const asked = second === undefined ? textFlag(flags, 'container') : second;
    const found = loggedPods(terminal, flags, first).flatMap((pod) => {
      const names = isOn(flags, 'all-containers') ? containersOf(pod) : [containerOf(terminal, pod, asked)];
      return names.map((container) => ({ pod, container }));
    });
    if (isOn(flags, 'follow')) follow(terminal, flags, found);
    else for (const log of found) show(terminal, flags, log);
    return 0;
  },
};

function loggedPods(terminal: Terminal, flags: Flags, word: string | undefined): readonly KubernetesObject[] {
  if (word === undefined) {
    const found = foundObjects(terminal, flags, ['pods']).map(({ object }) => object);
    if (found.length === 0)
      terminal.err(`No resources found in ${textFlag(flags, 'namespace') || 'default'} namespace.\n`);
    return found;
  }
  const { object } = foundObjects(terminal, flags, [word.includes('/') ? word : `pods/${word}`])[0]!;
  if (object.kind === 'Pod') return [object];
  const pods = podsOf(terminal, object);
  if (pods.length === 0) throw new KubectlError('error: timed out waiting for the condition');
  if (isOn(flags, 'all-pods')) return pods;
  if (pods.length > 1) terminal.err(`Found ${pods.length} pods, using pod/${nameOf(pods[0]!)}\n`);
  return pods.slice(0, 1);
}

interface Log {
  readonly pod: KubernetesObject;
  readonly container: string;
}

function show(terminal: Terminal, flags: Flags, log: Log): void {
  const result = answered(terminal.call(callOf(flags, log)));
  terminal.out(prefixed(flags, log, stringAt(result.object, 'text') ?? ''));
}

function callOf(flags: Flags, { pod, container }: Log): ApiCall {
  return {
    verb: 'get',
    resource: { group: '', version: 'v1', plural: 'pods' },
    namespace: namespaceOf(pod) ?? '',
    name: nameOf(pod),
    subresource: 'log',
    options: { connect: optionsOf(flags, container) },
  };
}

function prefixed(flags: Flags, { pod, container }: Log, text: string): string {
  const prefix = isOn(flags, 'prefix') || isOn(flags, 'all-pods') ? `[pod/${nameOf(pod)}/${container}] ` : '';
  return text.replaceAll(/^(?=.)/gm, prefix);
}

/** A log that is read on, and when it is asked for again where it was refused. */
interface Followed {
  readonly log: Log;
  stream: number;
  againAtMs: number;
}

const RETRY_MS = 1000;

/**
 * Reads on until every container has ended; a log that is not there yet is asked for again each second for a while.
 * Source: logs.go `parallelConsumeRequest`, `consumeWithRetry`.
 */
function follow(terminal: Terminal, flags: Flags, logs: readonly Log[]): void {
  const most = numberFlag(flags, 'max-log-requests', 5, { command: 'logs' });
  if (logs.length > most)
    throw new KubectlError(
      `error: you are attempting to follow ${logs.length} log streams, but maximum allowed concurrency is ${most}, use --max-log-requests to increase the limit`,
    );
  const timeoutMs = parseDurationMs(textFlag(flags, 'pod-running-timeout') || '20s') ?? 20_000;
  const untilMs = terminal.now() + timeoutMs;
  const open = (log: Log): number => terminal.watch(callOf(flags, log));
  let followed: Followed[] = logs.map((log) => ({ log, stream: open(log), againAtMs: Infinity }));
  while (followed.length > 0) {
    const waiting = Math.min(...followed.map(({ againAtMs }) => againAtMs));
    const streams = followed.filter(({ againAtMs }) => againAtMs === Infinity).map(({ stream }) => stream);
    const came = terminal.pieces(streams, waiting);
    const nowMs = terminal.now();
    for (const one of followed) {
      if (one.againAtMs > nowMs) continue;
      one.stream = open(one.log);
      one.againAtMs = Infinity;
    }
    const one = came && followed.find(({ stream }) => stream === came.stream);
    if (came === undefined || one === undefined) continue;
    terminal.out(prefixed(flags, one.log, came.text));
    if (came.failure === undefined) {
      if (came.isOver) followed = followed.filter((other) => other !== one);
      continue;
    }
    const { code, message } = came.failure;
    if (isOn(flags, 'ignore-errors')) {
      terminal.out(`error: ${message}\n`);
      followed = followed.filter((other) => other !== one);
      continue;
    }
    terminal.err(`${code === 0 ? 'unexpected EOF' : message}\n`);
    if (code === 0) throw new KubectlError('error: unexpected EOF');
    if (nowMs + RETRY_MS > untilMs) throw new KubectlError('error: context deadline exceeded');
    one.againAtMs = nowMs + RETRY_MS;
  }
}

function optionsOf(flags: Flags, container: string): ConnectOptions {
  const many = flags.values.has('selector') ? TAIL_OF_MANY : -1;
  const [tail, bytes] = [
    numberFlag(flags, 'tail', many, { command: 'logs' }),
    numberFlag(flags, 'limit-bytes', 0, { command: 'logs' }),
  ];
  if (tail < -1) throw new KubectlError('error: --tail must be greater than or equal to -1');
  const since = textFlag(flags, 'since');
  const sinceMs = since === '' ? 0 : parseDurationMs(since);
  if (sinceMs === undefined)
    throw new KubectlError(
      `error: invalid argument "${since}" for "--since" flag: time: invalid duration "${since}"\nSee 'kubectl logs --help' for usage.`,
    );
  return {
    container,
    ...(isOn(flags, 'previous') ? { previous: true } : {}),
    ...(isOn(flags, 'follow') ? { follow: true } : {}),
    ...(isOn(flags, 'timestamps') ? { timestamps: true } : {}),
    ...(tail === -1 ? {} : { tailLines: tail }),
    ...(bytes === 0 ? {} : { limitBytes: bytes }),
    ...(sinceMs === 0 ? {} : { sinceSeconds: Math.ceil(sinceMs / 1000) }),
  };
}
