import type { KubernetesObject } from '../../../apimachinery/object.ts';
import type { JsonObject } from '../../../base/json.ts';
import { objectAt } from '../../../base/json.ts';
import { unifiedDiff } from '../../../base/unified-diff.ts';
import { timeOf } from '../../kernel/clock.ts';
import type { KubectlCommand, Terminal } from '../command.ts';
import { KubectlError } from '../command.ts';
import type { Flags } from '../flags.ts';
import { flag, isOn } from '../flags.ts';
import { configurationOf } from '../last-applied.ts';
import { formatted } from '../output.ts';
import { FROM_FILES, SELECTING, answered, callOf, manifestsOf, resourceOf, targetOf } from '../resources.ts';
import type { Target } from '../resources.ts';
import { threeWayPatch } from './apply.ts';

/**
 * What an apply would change, as the server answers a dry run. Exit code 1 where there is a difference, more where it
 * could not be told. Source: staging/src/k8s.io/kubectl/pkg/cmd/diff/diff.go, 1.36.
 */
export const diff: KubectlCommand = {
  name: 'diff',
  flags: {
    namespace: SELECTING.namespace,
    ...FROM_FILES,
    'server-side': { type: 'switch' },
    'force-conflicts': { type: 'switch' },
    'field-manager': { type: 'text' },
  },
  run(terminal, flags) {
    if (!flags.values.has('filename')) throw new KubectlError('error: must specify one of -f and -k');
    try {
      const texts = manifestsOf(terminal, flags).map(([file, object]) => {
        const target = targetOf(terminal, file, object, flags);
        const found = terminal.call(callOf('get', target));
        const live = found.ok || found.code !== 404 ? answered(found).object : undefined;
        return differenceOf(terminal, target, live, merged(terminal, flags, target, object, live));
      });
      const text = texts.join('');
      terminal.out(text);
      return text === '' ? 0 : 1;
    } catch (error) {
      if (!(error instanceof KubectlError)) throw error;
      terminal.err(`${error.message}\n`);
      return 2;
    }
  },
};

/** The object as it would be. */
function merged(
  terminal: Terminal,
  flags: Flags,
  target: Target,
  object: KubernetesObject,
  live: KubernetesObject | undefined,
): KubernetesObject {
  const isServerSide = isOn(flags, 'server-side');
  const fieldManager = flag(flags, 'field-manager') ?? (isServerSide ? 'kubectl' : 'kubectl-client-side-apply');
  const options = { dryRun: true, fieldManager } as const;
  if (isServerSide) {
    const force = isOn(flags, 'force-conflicts');
    return answered(
      terminal.call({ ...callOf('patch', target), body: object, options: { ...options, force, patchType: 'apply' } }),
    ).object;
  }
  if (live === undefined) {
    const { name: _, ...place } = callOf('create', target);
    return answered(terminal.call({ ...place, body: object, options })).object;
  }
  const { patch, patchType } = terminal.once(() =>
    threeWayPatch(terminal, configurationOf(object, target.namespace), live),
  );
  if (Object.keys(patch).length === 0) return live;
  const body = patch as unknown as KubernetesObject;
  return answered(terminal.call({ ...callOf('patch', target), body, options: { ...options, patchType } })).object;
}

function differenceOf(
  terminal: Terminal,
  target: Target,
  live: KubernetesObject | undefined,
  made: KubernetesObject,
): string {
  const [before, after] = masked(live, made);
  const text = (object: KubernetesObject | undefined): string =>
    object === undefined ? '' : formatted([{ resource: target.resource, object }], 'yaml', false);
  const [old, changed] = [text(before), text(after)];
  if (old === changed) return '';
  const { group, version } = resourceOf(target.resource);
  const name = [group, version, target.resource.kind, target.namespace ?? '', target.name];
  const file = (group === '' ? name.slice(1) : name).join('.');
  const [from, to] = [`/tmp/LIVE/${file}`, `/tmp/MERGED/${file}`];
  const moment = timeOf(terminal.now()).replace('T', ' ').replace('Z', '.000000000 +0000');
  const head = `diff -u -N ${from} ${to}\n--- ${from}\t${moment}\n+++ ${to}\t${moment}\n`;
  if (old !== '') return head + unifiedDiff(old.slice(0, -1), changed.slice(0, -1));
  const lines = changed.slice(0, -1).split('\n');
  return `${head}@@ -0,0 +1,${lines.length} @@\n${lines.map((line) => `+${line}\n`).join('')}`;
}

/** Values of Secrets are not shown, only whether they change. Source: diff.go `Masker`. */
function masked(
  live: KubernetesObject | undefined,
  made: KubernetesObject,
): readonly [KubernetesObject | undefined, KubernetesObject] {
  if (made.apiVersion !== 'v1' || made.kind !== 'Secret') return [live, made];
  const [before, after] = [dataOf(live), dataOf(made)];
  const hide = (object: KubernetesObject, own: JsonObject, other: JsonObject, mark: string): KubernetesObject => {
    if (Object.keys(own).length === 0) return object;
    const data = Object.fromEntries(
      Object.entries(own).map(([key, value]) => {
        const isChanged = Object.hasOwn(other, key) && other[key] !== value;
        return [key, isChanged ? `*** (${mark})` : '***'];
      }),
    );
    return { ...object, data };
  };
  return [live && hide(live, before, after, 'before'), hide(made, after, before, 'after')];
}

function dataOf(object: KubernetesObject | undefined): JsonObject {
  return objectAt(object, 'data') ?? {};
}
