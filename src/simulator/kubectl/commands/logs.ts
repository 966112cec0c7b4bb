import { parseDurationMs } from '../../../apimachinery/duration.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import { stringAt } from '../../../base/json.ts';
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
  },
  run(terminal, flags) {
    const [first, second, ...more] = flags.positionals;
    const selector = textFlag(flags, 'selector');
    if ((first === undefined && selector === '') || more.length > 0) throw new KubectlError(USAGE);
    if (first !== undefined && selector !== '')
      throw new KubectlError('error: only a selector (-l) or a POD name is allowed');
    if (isOn(flags, 'follow'))
      throw new KubectlError('error: --follow never ends here; ask again later in the run for what was written since');
    const asked = second === undefined ? textFlag(flags, 'container') : second;
    for (const pod of loggedPods(terminal, flags, first)) {
      const names = isOn(flags, 'all-containers') ? containersOf(pod) : [containerOf(terminal, pod, asked)];
      for (const name of names) show(terminal, flags, pod, name);
    }
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

function show(terminal: Terminal, flags: Flags, pod: KubernetesObject, container: string): void {
  const result = answered(
    terminal.call({
      verb: 'get',
      resource: { group: '', version: 'v1', plural: 'pods' },
      namespace: namespaceOf(pod) ?? '',
      name: nameOf(pod),
      subresource: 'log',
      options: { connect: optionsOf(flags, container) },
    }),
  );
  const text = stringAt(result.object, 'text') ?? '';
  const prefix = isOn(flags, 'prefix') || isOn(flags, 'all-pods') ? `[pod/${nameOf(pod)}/${container}] ` : '';
  terminal.out(text.replaceAll(/^(?=.)/gm, prefix));
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
    ...(isOn(flags, 'timestamps') ? { timestamps: true } : {}),
    ...(tail === -1 ? {} : { tailLines: tail }),
    ...(bytes === 0 ? {} : { limitBytes: bytes }),
    ...(sinceMs === 0 ? {} : { sinceSeconds: Math.ceil(sinceMs / 1000) }),
  };
}
