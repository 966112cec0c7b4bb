import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import { createTwoWayStrategicMergePatch } from '../../../apimachinery/patch/strategic-merge-patch.ts';
import { anySchema } from '../../../apimachinery/patch/patch-schema.ts';
import type { JsonObject } from '../../../base/json.ts';
import { arrayAt, numberAt, objectAt, stringAt } from '../../../base/json.ts';
import { isVerdict, servedKindOf } from '../../../kinds/served-kind.ts';
import { patchSchemaOf } from '../../../openapi/patch-schema.ts';
import type { KubectlCommand, Terminal } from '../command.ts';
import { KubectlError } from '../command.ts';
import type { DebugOptions } from '../debug/options.ts';
import { DEBUG_FLAGS, debugOptionsOf } from '../debug/options.ts';
import type { DebugPod, DebugTools } from '../debug/pods.ts';
import { debugCopy, nodeDebugPod, withDebugContainer } from '../debug/pods.ts';
import type { Flags } from '../flags.ts';
import { answered, callOf, foundObjects, namespaceOfFlags } from '../resources.ts';
import { follow } from '../waiting.ts';

const PODS = { group: '', version: 'v1', plural: 'pods' } as const;

/** A container for looking into a Pod or a Node. Source: staging/src/k8s.io/kubectl/pkg/cmd/debug/debug.go, 1.36.2. */
export const debug: KubectlCommand = {
  name: 'debug',
  flags: DEBUG_FLAGS,
  run(terminal, flags) {
    const options = debugOptionsOf(flags, terminal.files);
    const { targetContainer, quiet } = options;
    if (targetContainer !== '' && !quiet)
      terminal.out(
        `Targeting container "${targetContainer}". If you don't see processes from this container it may be because the container runtime doesn't support this feature.\n`,
      );
    if (options.profile === 'legacy')
      terminal.err(
        '--profile=legacy is deprecated and planned to be removed in v1.39. It is recommended to specify other profile, for example "--profile=general".\n',
      );
    const words = options.targetNames.map((word) => (word.includes('/') ? word : `pods/${word}`));
    for (const { object } of foundObjects(terminal, flags, words)) {
      const { pod, container } = made(terminal, flags, options, object);
      if (options.attach && container !== '') attach(terminal, options, pod, container);
    }
    return 0;
  },
};

interface Made {
  readonly pod: KubernetesObject;
  readonly container: string;
}

function made(terminal: Terminal, flags: Flags, options: DebugOptions, object: KubernetesObject): Made {
  const tools = toolsOf(terminal);
  const create = ({ pod, container }: DebugPod, namespace: string): Made => {
    const body = { apiVersion: 'v1', kind: 'Pod', ...pod } as unknown as KubernetesObject;
    const result = answered(terminal.call({ verb: 'create', resource: PODS, namespace, body }));
    return { pod: result.object, container };
  };
  if (object.kind === 'Node') return create(nodeDebugPod(nameOf(object), options, tools), namespaceOfFlags(flags));
  if (object.kind !== 'Pod')
    throw new KubectlError(`error: "${object.apiVersion}, Kind=${object.kind}" not supported by debug`);
  const namespace = namespaceOf(object) ?? 'default';
  const pod = object as unknown as JsonObject;
  if (options.copyTo !== '') {
    const copy = debugCopy(pod, options, tools);
    warn(terminal, copy);
    const result = create(copy, namespace);
    if (options.replace)
      answered(
        terminal.call({
          verb: 'delete',
          resource: PODS,
          namespace,
          name: nameOf(object),
          options: { gracePeriodSeconds: 0 },
        }),
      );
    return result;
  }
  const changed = withDebugContainer(pod, options, tools);
  warn(terminal, changed);
  const result = answered(
    terminal.call({
      verb: 'patch',
      resource: PODS,
      namespace,
      name: nameOf(object),
      subresource: 'ephemeralcontainers',
      body: ephemeralPatch(terminal, object, changed.pod),
      options: { patchType: 'strategic' },
    }),
  );
  return { pod: result.object, container: changed.container };
}

function podSchema(terminal: Terminal) {
  const served = servedKindOf({ apiVersion: 'v1', kind: 'Pod', metadata: {} }, terminal.kinds);
  return isVerdict(served) ? anySchema('granular') : patchSchemaOf(served.schema);
}

function ephemeralPatch(terminal: Terminal, pod: KubernetesObject, changed: JsonObject): KubernetesObject {
  return terminal.once(() => {
    const patch = createTwoWayStrategicMergePatch(pod as unknown as JsonObject, changed, podSchema(terminal));
    if (!patch.ok) throw new KubectlError(`error: error creating patch to add debug container: ${patch.message}`);
    return Object.freeze(patch.value) as unknown as KubernetesObject;
  });
}

function toolsOf(terminal: Terminal): DebugTools {
  const containers = podSchema(terminal).field('spec')?.field('containers')?.items();
  return {
    suffix: () => terminal.letters(SUFFIX_LENGTH),
    say: (text) => terminal.out(text),
    container: containers ?? anySchema('granular'),
  };
}

const SUFFIX_LENGTH = 5;

/** Source: debug.go `displayWarning`. */
function warn(terminal: Terminal, { pod, container: name }: DebugPod): void {
  const user = numberAt(pod, 'spec', 'securityContext', 'runAsUser') ?? 0;
  const container = ['containers', 'ephemeralContainers']
    .flatMap((field) => arrayAt(pod, 'spec', field))
    .find((candidate) => stringAt(candidate, 'name') === name);
  const security = objectAt(container, 'securityContext');
  if (user === 0 || security === undefined || security['runAsUser'] === 0) return;
  if (security['privileged'] !== true && arrayAt(security, 'capabilities', 'add').length === 0) return;
  terminal.err(
    'Warning: Non-root user is configured for the entire target Pod, and some capabilities granted by debug profile may not work. Please consider using "--custom" with a custom profile that specifies "securityContext.runAsUser: 0".\n',
  );
}

const STATUSES = ['initContainerStatuses', 'containerStatuses', 'ephemeralContainerStatuses'];

function stateOf(pod: KubernetesObject, container: string): JsonObject | undefined {
  const status = STATUSES.flatMap((field) => arrayAt(pod, 'status', field)).find(
    (candidate) => stringAt(candidate, 'name') === container,
  );
  return objectAt(status, 'state');
}

/**
 * Waits for the container, then prints what it writes until it has ended: nobody types anything into it.
 * Source: debug.go `handleAttachPod`, `waitForContainer`; staging/src/k8s.io/kubectl/pkg/cmd/attach/attach.go.
 */
function attach(terminal: Terminal, { quiet }: DebugOptions, pod: KubernetesObject, container: string): void {
  const [name, namespace] = [nameOf(pod), namespaceOf(pod) ?? 'default'];
  const found = foundObjects(terminal, NO_FLAGS(namespace), [`pods/${name}`])[0]!;
  let told = '';
  const running = follow(terminal, found.target, Infinity, (now) => {
    const state = stateOf(now, container);
    if (state?.['running'] !== undefined || state?.['terminated'] !== undefined) return true;
    const message = stringAt(state, 'waiting', 'message') ?? '';
    if (!quiet && message !== '' && message !== told) terminal.err(`Warning: container ${container}: ${message}\n`);
    told = message;
    return false;
  });
  if (typeof running === 'string') throw new KubectlError(`Error from server (NotFound): pods "${name}" not found`);
  const hasEnded = stateOf(running, container)?.['terminated'] !== undefined;
  if (!hasEnded && !quiet) terminal.err(ATTACHED);
  const stream = terminal.watch({
    ...callOf('get', found.target),
    subresource: 'log',
    options: { connect: { container, ...(hasEnded ? {} : { follow: true }) } },
  });
  for (;;) {
    const piece = terminal.pieces([stream], Infinity);
    if (piece?.failure !== undefined) throw new KubectlError(`error: ${piece.failure.message}`);
    terminal.out(piece?.text ?? '');
    if (piece === undefined || piece.isOver) return;
  }
}

const NO_FLAGS = (namespace: string): Flags => ({
  positionals: [],
  rest: [],
  values: new Map([['namespace', [namespace]]]),
});

const ATTACHED =
  "All commands and output from this session will be recorded in container logs, including credentials and sensitive information passed through the command prompt.\nIf you don't see a command prompt, try pressing enter.\n";
