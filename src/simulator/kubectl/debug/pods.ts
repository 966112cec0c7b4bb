import { applyStrategicMergePatch } from '../../../apimachinery/patch/strategic-merge-patch.ts';
import type { PatchSchema } from '../../../apimachinery/patch/patch-schema.ts';
import type { JsonObject } from '../../../base/json.ts';
import { arrayAt, objectAt, stringAt } from '../../../base/json.ts';
import { KubectlError } from '../command.ts';
import { containersOf } from '../containers.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import type { DebugOptions } from './options.ts';
import { changeContainer, withProfile } from './profiles.ts';

/** What the making of a Pod needs beside its options. */
export interface DebugTools {
  /** Letters that end a name which kubectl makes up. */
  suffix(): string;
  say(text: string): void;
  /** How the parts of a container are merged. */
  readonly container: PatchSchema;
}

/** A Pod for debugging, and the container that is meant; '' for none. */
export interface DebugPod {
  readonly pod: JsonObject;
  readonly container: string;
}

/** The Pod with one ephemeral container more. Source: debug.go `generateDebugContainer`. */
export function withDebugContainer(pod: JsonObject, options: DebugOptions, tools: DebugTools): DebugPod {
  const name = containerName(pod, options, tools);
  const { targetContainer } = options;
  const container = {
    ...newContainer(name, options),
    ...(targetContainer === '' ? {} : { targetContainerName: targetContainer }),
  };
  const spec = objectAt(pod, 'spec') ?? {};
  const ephemeralContainers = [...arrayAt(spec, 'ephemeralContainers'), container];
  const made = withProfile(
    { ...pod, spec: { ...spec, ephemeralContainers } },
    name,
    'ephemeral',
    options.profile,
    options.keep,
  );
  return { pod: customized(made, name, options, tools), container: name };
}

/** A Pod that runs in the namespaces of a Node. Source: debug.go `generateNodeDebugPod`. */
export function nodeDebugPod(node: string, options: DebugOptions, tools: DebugTools): DebugPod {
  const container = options.container || 'debugger';
  const name = `node-debugger-${node}-${tools.suffix()}`;
  if (!options.quiet) tools.say(`Creating debugging pod ${name} with container ${container} on node ${node}.\n`);
  const pod: JsonObject = {
    metadata: { name, labels: { 'app.kubernetes.io/managed-by': 'kubectl-debug' } },
    spec: {
      containers: [newContainer(container, options)],
      nodeName: node,
      restartPolicy: 'Never',
      tolerations: [{ operator: 'Exists' }],
    },
  };
  const made = withProfile(pod, container, 'node', options.profile, options.keep);
  return { pod: customized(made, container, options, tools), container };
}

/** A copy of a Pod with a container more, or with one of its own changed. Source: debug.go `generatePodCopyWithDebugContainer`. */
export function debugCopy(original: JsonObject, options: DebugOptions, tools: DebugTools): DebugPod {
  const { copyTo, shareProcesses, sameNode, setImages, image } = options;
  const { namespace, labels, annotations } = objectAt(original, 'metadata') ?? {};
  const { ephemeralContainers: _, nodeName, ...spec } = objectAt(original, 'spec') ?? {};
  const containers = arrayAt(spec, 'containers').map((container) => {
    const override = setImages[stringAt(container, 'name') ?? ''] ?? setImages['*'];
    return override === undefined ? container : { ...(container as JsonObject), image: override };
  });
  const copy: JsonObject = {
    metadata: {
      name: copyTo,
      ...(namespace === undefined ? {} : { namespace }),
      ...(annotations === undefined ? {} : { annotations }),
      ...(labels === undefined ? {} : { labels }),
    },
    spec: {
      ...spec,
      ...(sameNode && nodeName !== undefined ? { nodeName } : {}),
      ...(spec['containers'] === undefined ? {} : { containers }),
      ...(shareProcesses === undefined ? {} : { shareProcessNamespace: shareProcesses }),
    },
  };
  const isThere = containersOf(copy as unknown as KubernetesObject).includes(options.container);
  if (!isThere && image === '') {
    if (Object.keys(setImages).length > 0) return { pod: copy, container: '' };
    throw new KubectlError('error: you must specify image when creating new container');
  }
  const name = isThere ? options.container : containerName(copy, options, tools);
  const added = isThere ? copy : withContainer(copy, { name, terminationMessagePolicy: 'File' });
  const changed = changeContainer(added, name, (container) => debugged(container, options));
  const made = withProfile(changed, name, 'podCopy', options.profile, options.keep);
  return { pod: customized(made, name, options, tools), container: name };
}

function withContainer(pod: JsonObject, container: JsonObject): JsonObject {
  const spec = objectAt(pod, 'spec') ?? {};
  return { ...pod, spec: { ...spec, containers: [...arrayAt(spec, 'containers'), container] } };
}

/** A container of the copy that runs what the line says. */
function debugged(
  container: JsonObject,
  { args, argsOnly, env, image, pullPolicy, interactive, tty }: DebugOptions,
): JsonObject {
  const { args: ownArgs, stdin: _, tty: __, ...rest } = container;
  const kept = ownArgs === undefined ? {} : { args: ownArgs };
  const run = args.length === 0 ? kept : argsOnly ? { args } : { command: args };
  return {
    ...rest,
    ...run,
    ...(Object.keys(env).length === 0 ? {} : { env: variables(env) }),
    ...(image === '' ? {} : { image }),
    ...(pullPolicy === '' ? {} : { imagePullPolicy: pullPolicy }),
    ...(interactive ? { stdin: true } : {}),
    ...(tty ? { tty: true } : {}),
  };
}

function newContainer(name: string, options: DebugOptions): JsonObject {
  return { ...debugged({ name, terminationMessagePolicy: 'File' }, options) };
}

function variables(env: JsonObject): readonly JsonObject[] {
  return Object.entries(env).map(([name, value]) => (value === '' ? { name } : { name, value: value ?? '' }));
}

/** Source: debug.go `computeDebugContainerName`. */
function containerName(pod: JsonObject, { container, quiet }: DebugOptions, { suffix, say }: DebugTools): string {
  if (container !== '') return container;
  const taken = containersOf(pod as unknown as KubernetesObject);
  let name = `debugger-${suffix()}`;
  while (taken.includes(name)) name = `debugger-${suffix()}`;
  if (!quiet) say(`Defaulting debug container name to ${name}.\n`);
  return name;
}

/** Source: debug.go `applyCustomProfile`. */
function customized(
  pod: JsonObject,
  name: string,
  { customProfile }: DebugOptions,
  { container: schema }: DebugTools,
): JsonObject {
  if (customProfile === undefined) return pod;
  return changeContainer(pod, name, (container) => {
    const merged = applyStrategicMergePatch(container, { ...customProfile, name }, schema);
    if (!merged.ok)
      throw new KubectlError(`error: error creating three way patch to add debug container: ${merged.message}`);
    return merged.value;
  });
}
