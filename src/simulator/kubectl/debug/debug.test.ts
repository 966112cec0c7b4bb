import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { anySchema } from '../../../apimachinery/patch/patch-schema.ts';
import type { JsonObject, JsonValue } from '../../../base/json.ts';
import { arrayAt, booleanAt, isJsonObject, nameAt, objectAt, stringAt, valueAt } from '../../../base/json.ts';
import { upstreamEach } from '../../../base/testing/upstream-table.ts';
import { isVerdict, servedKindOf } from '../../../kinds/served-kind.ts';
import { patchSchemaOf } from '../../../openapi/patch-schema.ts';
import { Cluster } from '../../cluster.ts';
import { kinds, preloadKinds } from '../../testing/built-in-kinds.ts';
import { KubectlError } from '../command.ts';
import { readFlags } from '../flags.ts';
import { shellOf } from '../testing/shell.ts';
import type { DebugOptions } from './options.ts';
import { DEBUG_FLAGS, debugOptionsOf } from './options.ts';
import type { DebugTools } from './pods.ts';
import { debugCopy, nodeDebugPod, withDebugContainer } from './pods.ts';
import { PROFILES } from './profiles.ts';

beforeAll(preloadKinds);

interface Table {
  readonly source: string;
  readonly release: string;
  readonly tests: Readonly<Record<string, readonly (JsonObject & { readonly name: string })[]>>;
}

const table = JSON.parse(readFileSync(new URL('./testdata/debug.json', import.meta.url), 'utf8')) as Table;

/** Options as upstream's tables give them. */
function optionsOf(opts: JsonValue | undefined): DebugOptions {
  const text = (field: string): string => stringAt(opts, field) ?? '';
  const truth = (field: string): boolean => booleanAt(opts, field) ?? false;
  const env = arrayAt(opts, 'env').map((one) => [nameAt(one, 'name') ?? '', stringAt(one, 'value') ?? ''] as const);
  return {
    targetNames: arrayAt(opts, 'targetNames') as readonly string[],
    args: arrayAt(opts, 'args') as readonly string[],
    argsOnly: truth('argsOnly'),
    attach: truth('attach'),
    container: text('container'),
    copyTo: text('copyTo'),
    replace: truth('replace'),
    env: Object.fromEntries(env),
    image: text('image'),
    keep: {
      labels: truth('keepLabels'),
      annotations: truth('keepAnnotations'),
      liveness: truth('keepLiveness'),
      readiness: truth('keepReadiness'),
      startup: truth('keepStartup'),
      initContainers: truth('keepInitContainers'),
    },
    setImages: objectAt(opts, 'setImages') ?? {},
    pullPolicy: text('pullPolicy'),
    interactive: truth('interactive'),
    quiet: truth('quiet'),
    sameNode: truth('sameNode'),
    shareProcesses: booleanAt(opts, 'shareProcessedChanged') === true ? truth('shareProcesses') : undefined,
    targetContainer: text('targetContainer'),
    tty: truth('tty'),
    profile: PROFILES.find((name) => name === text('profile')) ?? 'legacy',
    customProfile: objectAt(opts, 'customProfile'),
  };
}

function tools(): DebugTools {
  let count = 0;
  const served = servedKindOf({ apiVersion: 'v1', kind: 'Pod', metadata: {} }, kinds);
  const pod = isVerdict(served) ? anySchema('granular') : patchSchemaOf(served.schema);
  const container = pod.field('spec')?.field('containers')?.items() ?? anySchema('granular');
  return { suffix: () => String(++count), say: () => undefined, container };
}

const ZERO_IS_FALSE = ['hostIPC', 'hostNetwork', 'hostPID', 'stdin', 'tty'];

/** What is empty in Go is not there in JSON. */
function pruned(value: JsonValue | undefined): JsonValue | undefined {
  if (Array.isArray(value)) return value.length === 0 ? undefined : value.map((item: JsonValue) => pruned(item) ?? {});
  if (!isJsonObject(value)) return value === '' ? undefined : value;
  const kept = Object.entries(value).flatMap(([key, own]) => {
    if (own === false && ZERO_IS_FALSE.includes(key)) return [];
    const made = pruned(own);
    return made === undefined ? [] : [[key, made] as const];
  });
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}

const same = (made: JsonValue | undefined, wanted: JsonValue | undefined): void =>
  expect(pruned(made)).toEqual(pruned(wanted));

const lastEphemeral = (pod: JsonObject): JsonValue | undefined => arrayAt(pod, 'spec', 'ephemeralContainers').at(-1);
const podOf = (one: JsonObject, field: string): JsonObject => objectAt(one, field) ?? {};

/** The Pod with the name of its container as the table has it: what kubectl makes up is not compared. */
function named(pod: JsonObject, field: string, one: JsonObject): JsonObject {
  const name = nameAt(arrayAt(one, 'expected', 'spec', field)[0], 'name') ?? '';
  const containers = arrayAt(pod, 'spec', field).map((container) => ({ ...(container as JsonObject), name }));
  return { ...pod, spec: { ...objectAt(pod, 'spec'), [field]: containers } };
}

const RUN: Readonly<Record<string, (one: JsonObject) => void>> = {
  TestGenerateDebugContainer(one) {
    same(lastEphemeral(withDebugContainer(podOf(one, 'pod'), optionsOf(one['opts']), tools()).pod), one['expected']);
  },
  TestGeneratePodCopyWithDebugContainer(one) {
    same(debugCopy(podOf(one, 'havePod'), optionsOf(one['opts']), tools()).pod, one['wantPod']);
  },
  TestGenerateNodeDebugPod(one) {
    same(
      nodeDebugPod(nameAt(one, 'node', 'metadata', 'name') ?? '', optionsOf(one['opts']), tools()).pod,
      one['expected'],
    );
  },
  TestGenerateNodeDebugPodCustomProfile(one) {
    const made = nodeDebugPod(nameAt(one, 'node', 'metadata', 'name') ?? '', optionsOf(one['opts']), tools()).pod;
    const expected = podOf(one, 'expected');
    same(made, {
      ...expected,
      metadata: { ...objectAt(expected, 'metadata'), name: valueAt(made, 'metadata', 'name') },
    });
  },
  TestGenerateCopyDebugPodCustomProfile(one) {
    const made = debugCopy(podOf(one, 'copyPod'), optionsOf(one['opts']), tools()).pod;
    same(named(made, 'containers', one), {
      ...podOf(one, 'expected'),
      metadata: { ...objectAt(one, 'expected', 'metadata'), name: valueAt(made, 'metadata', 'name') },
    });
  },
  TestGenerateEphemeralDebugPodCustomProfile(one) {
    const { pod } = withDebugContainer(podOf(one, 'copyPod'), optionsOf(one['opts']), tools());
    same(named(pod, 'ephemeralContainers', one), one['expected']);
  },
  TestCompleteAndValidate(one) {
    const flags = readFlags((stringAt(one, 'args') ?? '').split(' '), DEBUG_FLAGS);
    if (booleanAt(one, 'wantError') === true) {
      if (!('error' in flags)) expect(() => debugOptionsOf(flags, {})).toThrow(KubectlError);
      return;
    }
    if ('error' in flags) throw new Error(flags.error);
    expect({ ...debugOptionsOf(flags, {}), shareProcesses: undefined }).toEqual(optionsOf(one['wantOpts']));
  },
};

describe(table.source, () => {
  for (const [test, cases] of Object.entries(table.tests))
    upstreamEach(
      { area: 'kubectl', file: table.source, release: table.release },
      test,
    )(cases.map((one) => [one.name, one] as const))('%s', (_name, one) => RUN[test]!(one));
});

describe('kubectl debug', () => {
  const behaviours = [
    { match: { image: 'busybox*' }, logs: [{ atMs: 500, line: 'PID 1 is nginx' }], exitAfterMs: 20_000 },
  ];

  it('gives a Pod a container that looks at another, and prints what that writes', () => {
    const cluster = Cluster.create({ seed: 5, kinds, behaviours });
    const run = shellOf(cluster);
    run('run web --image=nginx');
    const token = cluster.kubectl('debug web -it --image=busybox --target=web -- ps');
    cluster.runUntil(cluster.nowMs + 60_000);
    const { stdout, stderr, exitCode } = cluster.outcomeOf(token)!;
    expect(stdout).toMatch(
      /^Targeting container "web"\. .*\nDefaulting debug container name to debugger-[a-z0-9]{5}\.\nPID 1 is nginx\n$/,
    );
    expect(stderr).toContain("If you don't see a command prompt, try pressing enter.\n");
    expect(exitCode).toBe(0);
    expect(run('get pod web -o jsonpath={.spec.ephemeralContainers[0].targetContainerName}').stdout).toBe('web');
    expect(run('get pod web -o jsonpath={.status.ephemeralContainerStatuses[0].state.terminated.reason}').stdout).toBe(
      'Completed',
    );
  });

  it('makes a copy of a Pod, or a Pod on a Node', () => {
    const cluster = Cluster.create({ seed: 5, kinds, behaviours });
    const run = shellOf(cluster);
    run('run web --image=nginx --labels=app=web');
    expect(run('debug web --image=busybox --copy-to=look --container=look')).toEqual({
      stdout: '',
      stderr: '',
      exitCode: 0,
    });
    expect(run('get pod look -o jsonpath={.spec.containers[*].name}').stdout).toBe('web look');
    expect(run('get pods -l app=web -o name').stdout).toBe('pod/web\n');
    const { stdout } = run('debug node/w1 --image=busybox');
    expect(stdout).toMatch(
      /^Creating debugging pod node-debugger-w1-[a-z0-9]{5} with container debugger on node w1\.\n$/,
    );
    expect(run('get pods -l app.kubernetes.io/managed-by=kubectl-debug').stdout).toContain('Running');
  });
});
