import { formatTime, momentOfMs } from '../../../apimachinery/time.ts';
import { parseDurationMs } from '../../../apimachinery/duration.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { annotationsOf, nameOf } from '../../../apimachinery/object.ts';
import { isControlledBy } from '../../../apimachinery/owner-reference.ts';
import type { JsonObject } from '../../../base/json.ts';
import { booleanAt, numberAt, objectAt } from '../../../base/json.ts';
import { RUN_BEGINS_MS } from '../../kernel/clock.ts';
import { patchObject } from '../change.ts';
import type { KubectlCommand, Terminal } from '../command.ts';
import { KubectlError } from '../command.ts';
import type { FlagSpecs, Flags } from '../flags.ts';
import { flag, isOn } from '../flags.ts';
import { columnsOf } from '../output.ts';
import {
  FROM_FILES,
  SELECTING,
  foundObjects,
  listAll,
  namespaceOfFlags,
  refusalText,
  resourceOf,
  servedNamed,
  spokenName,
} from '../resources.ts';
import type { Target } from '../resources.ts';
import { rolloutStatus } from '../rollout-status.ts';
import { follow } from '../waiting.ts';

const OF_ROLLOUTS: FlagSpecs = { ...SELECTING, ...FROM_FILES, 'dry-run': { type: 'text', bare: 'client' } };
const WEEK_MS = 168 * 3_600_000;
const REVISION = 'deployment.kubernetes.io/revision';
const CHANGE_CAUSE = 'kubernetes.io/change-cause';

function named(terminal: Terminal, flags: Flags) {
  if (flags.positionals.length === 0 && !flags.values.has('filename'))
    throw new KubectlError('error: required resource not specified');
  const found = foundObjects(terminal, flags, flags.positionals);
  if (found.length === 0) terminal.err(`No resources found in ${namespaceOfFlags(flags)} namespace.\n`);
  return found;
}

/** Source: staging/src/k8s.io/kubectl/pkg/cmd/rollout/rollout_status.go, 1.36. */
const rolloutStatusCommand: KubectlCommand = {
  name: 'rollout status',
  flags: {
    ...OF_ROLLOUTS,
    watch: { type: 'switch', short: 'w' },
    timeout: { type: 'text' },
    revision: { type: 'text' },
  },
  run(terminal, flags) {
    const timeoutMs = parseDurationMs(flag(flags, 'timeout') ?? '0s') ?? 0;
    const untilMs = terminal.now() + (timeoutMs > 0 ? timeoutMs : WEEK_MS);
    let failures = 0;
    for (const { target } of named(terminal, flags)) {
      let error: string | undefined;
      let said = '';
      const end = follow(terminal, target, untilMs, (object) => {
        const status = rolloutStatus(object, Number(flag(flags, 'revision') ?? '0'));
        if (status === undefined) error = `no status viewer has been implemented for ${object.kind}`;
        else if ('error' in status) ({ error } = status);
        else {
          if (status.message !== said) terminal.out(status.message);
          said = status.message;
          return status.isDone || flag(flags, 'watch') === 'false';
        }
        return true;
      });
      if (end === 'gone') error = 'object has been deleted';
      else if (end === 'late') error = 'timed out waiting for the condition';
      if (error === undefined) continue;
      terminal.err(`error: ${error}\n`);
      failures++;
    }
    return failures === 0 ? 0 : 1;
  },
};

/** A command that patches each object; the patch, or why there is none. */
function patching(
  name: string,
  done: string,
  kinds: readonly string[],
  make: (object: KubernetesObject, terminal: Terminal) => JsonObject | string,
): KubectlCommand {
  return {
    name: `rollout ${name}`,
    flags: OF_ROLLOUTS,
    run(terminal, flags) {
      let failures = 0;
      for (const { target, object } of named(terminal, flags)) {
        const spoken = spokenName(target.resource, target.name);
        const patch = kinds.includes(object.kind)
          ? make(object, terminal)
          : `${name.replace(/e?$/, 'ing')} is not supported`;
        if (typeof patch === 'string') {
          terminal.err(`error: ${target.resource.qualified} "${target.name}" ${patch}\n`);
          failures++;
          continue;
        }
        const result = patchObject(terminal, flags, target, patch, { fieldManager: 'kubectl-rollout' });
        if (result.ok) terminal.out(`${spoken} ${done}\n`);
        else {
          terminal.err(`error: failed to patch: ${refusalText(result)}\n`);
          failures++;
        }
      }
      return failures === 0 ? 0 : 1;
    },
  };
}

/** Source: staging/src/k8s.io/kubectl/pkg/polymorphichelpers/objectrestarter.go, objectpauser.go, objectresumer.go, 1.36. */
const restart = patching('restart', 'restarted', ['Deployment', 'DaemonSet', 'StatefulSet'], (object, terminal) => {
  if (booleanAt(object, 'spec', 'paused') === true) return "can't restart paused deployment (run rollout resume first)";
  const restartedAt = formatTime(momentOfMs(RUN_BEGINS_MS + terminal.now()));
  return { spec: { template: { metadata: { annotations: { 'kubectl.kubernetes.io/restartedAt': restartedAt } } } } };
});

const pause = patching('pause', 'paused', ['Deployment'], (object) =>
  booleanAt(object, 'spec', 'paused') === true ? 'is already paused' : { spec: { paused: true } },
);

const resume = patching('resume', 'resumed', ['Deployment'], (object) =>
  booleanAt(object, 'spec', 'paused') === true ? { spec: { paused: null } } : 'is not paused',
);

/** Revisions of a workload, oldest first: number, why, and what its template was. */
interface Revision {
  readonly number: number;
  readonly cause: string;
  readonly object: KubernetesObject;
}

function revisionsOf(terminal: Terminal, { namespace }: Target, owner: KubernetesObject): readonly Revision[] {
  const resource = servedNamed(owner.kind === 'Deployment' ? 'replicasets.apps' : 'controllerrevisions.apps');
  const place = namespace === undefined ? {} : { namespace };
  const owned = listAll(terminal, { verb: 'list', resource: resourceOf(resource), ...place });
  return owned
    .filter((object) => isControlledBy(object, owner))
    .map((object) => ({
      number: numberAt(object, 'revision') ?? Number(annotationsOf(object).get(REVISION) ?? '0'),
      cause: annotationsOf(object).get(CHANGE_CAUSE) ?? '<none>',
      object,
    }))
    .filter(({ number }) => number > 0)
    .sort((a, b) => a.number - b.number);
}

/** Source: staging/src/k8s.io/kubectl/pkg/polymorphichelpers/history.go, 1.36. */
const history: KubectlCommand = {
  name: 'rollout history',
  flags: { ...OF_ROLLOUTS, revision: { type: 'text' } },
  run(terminal, flags) {
    const wanted = Number(flag(flags, 'revision') ?? '0');
    for (const { target, object } of named(terminal, flags)) {
      const revisions = revisionsOf(terminal, target, object);
      const spoken = spokenName(target.resource, target.name);
      if (wanted > 0 && !revisions.some(({ number }) => number === wanted))
        throw new KubectlError('error: unable to find the specified revision');
      if (wanted > 0) terminal.out(`${spoken} with revision #${wanted}\n`);
      else
        terminal.out(
          `${spoken} \n${columnsOf([['REVISION', 'CHANGE-CAUSE'], ...revisions.map(({ number, cause }) => [String(number), cause])], 2, 0)}\n`,
        );
    }
    return 0;
  },
};

/** Source: staging/src/k8s.io/kubectl/pkg/polymorphichelpers/rollback.go, 1.36. */
const undo: KubectlCommand = {
  name: 'rollout undo',
  flags: { ...OF_ROLLOUTS, 'to-revision': { type: 'text' } },
  run(terminal, flags) {
    const wanted = Number(flag(flags, 'to-revision') ?? '0');
    for (const { target, object } of named(terminal, flags)) {
      const spoken = spokenName(target.resource, target.name);
      if (booleanAt(object, 'spec', 'paused') === true)
        throw new KubectlError(
          `error: you cannot rollback a paused deployment; resume it first with 'kubectl rollout resume' and try again`,
        );
      const revisions = revisionsOf(terminal, target, object);
      const revision = wanted > 0 ? revisions.find(({ number }) => number === wanted) : revisions.at(-2);
      if (revision === undefined)
        throw new KubectlError(
          wanted > 0
            ? `error: unable to find specified revision ${wanted} in history`
            : `error: no rollout history found for ${object.kind.toLowerCase()} "${nameOf(object)}"`,
        );
      const result =
        object.kind === 'Deployment'
          ? patchObject(
              terminal,
              flags,
              target,
              [{ op: 'replace', path: '/spec/template', value: templateOf(revision.object) }],
              {
                fieldManager: 'kubectl-rollout',
                patchType: 'json',
              },
            )
          : patchObject(terminal, flags, target, objectAt(revision.object, 'data') ?? {}, {
              fieldManager: 'kubectl-rollout',
            });
      if (!result.ok) throw new KubectlError(refusalText(result));
      terminal.out(`${spoken} rolled back${isOn(flags, 'dry-run') ? ' (dry run)' : ''}\n`);
    }
    return 0;
  },
};

/** The template of a ReplicaSet without the label that its Deployment gave it. */
function templateOf(replicaSet: KubernetesObject): JsonObject {
  const template = objectAt(replicaSet, 'spec', 'template') ?? {};
  const { 'pod-template-hash': _, ...labels } = objectAt(template, 'metadata', 'labels') ?? {};
  return { ...template, metadata: { ...objectAt(template, 'metadata'), labels } };
}

export const ROLLOUT_COMMANDS: readonly KubectlCommand[] = [
  rolloutStatusCommand,
  restart,
  pause,
  resume,
  history,
  undo,
];
