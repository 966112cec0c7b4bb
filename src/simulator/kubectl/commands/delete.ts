import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { namespaceOf } from '../../../apimachinery/object.ts';
import { stringAt } from '../../../base/json.ts';
import type { ServedResource } from '../../apiserver/served-resources.ts';
import type { RequestOptions } from '../../messages.ts';
import type { KubectlCommand, Terminal } from '../command.ts';
import { KubectlError } from '../command.ts';
import type { Flags } from '../flags.ts';
import { flag, isOn } from '../flags.ts';
import {
  FROM_FILES,
  SELECTING,
  callOf,
  listAll,
  listCall,
  manifestsOf,
  namedBy,
  refusalText,
  targetOf,
} from '../resources.ts';
import type { Target } from '../resources.ts';
import { parseDurationMs } from '../../../apimachinery/duration.ts';
import { follow } from '../waiting.ts';

/** A week, as kubectl waits without `--timeout`. */
const WEEK_MS = 168 * 3_600_000;

/** Source: staging/src/k8s.io/kubectl/pkg/cmd/delete/delete.go, 1.36. */
export const remove: KubectlCommand = {
  name: 'delete',
  flags: {
    ...SELECTING,
    ...FROM_FILES,
    all: { type: 'switch' },
    force: { type: 'switch' },
    now: { type: 'switch' },
    'grace-period': { type: 'text' },
    cascade: { type: 'text', bare: 'background' },
    wait: { type: 'switch' },
    timeout: { type: 'text' },
    'ignore-not-found': { type: 'switch' },
    'dry-run': { type: 'text', bare: 'client' },
    output: { type: 'text', short: 'o' },
  },
  run(terminal, flags) {
    checkFlags(flags);
    const targets = targetsOf(terminal, flags);
    if (targets.length === 0) {
      terminal.out('No resources found\n');
      return 0;
    }
    const isForced = isOn(flags, 'force');
    const gracePeriod = isOn(flags, 'now') ? '1' : (flag(flags, 'grace-period') ?? (isForced ? '0' : '-1'));
    if (gracePeriod === '0' && isForced)
      terminal.err(
        'Warning: Immediate deletion does not wait for confirmation that the running resource has been terminated. The resource may continue to run on the cluster indefinitely.\n',
      );
    let failures = 0;
    const deleted: { readonly target: Target; readonly uid: string | undefined }[] = [];
    for (const target of targets) {
      const dryRun = flag(flags, 'dry-run') ?? 'none';
      const result =
        dryRun === 'client'
          ? undefined
          : terminal.call({ ...callOf('delete', target), options: optionsOf(flags, Number(gracePeriod)) });
      if (result !== undefined && !result.ok) {
        if (result.code === 404 && (isOn(flags, 'ignore-not-found') || isAll(flags))) continue;
        terminal.err(`${refusalText(result)}\n`);
        failures++;
        continue;
      }
      say(terminal, flags, target, isForced && gracePeriod === '0');
      if (dryRun === 'none') deleted.push({ target, uid: uidOf(result?.object) });
    }
    if (flag(flags, 'wait') !== 'false' && !(isForced && flag(flags, 'wait') === undefined))
      failures += waitForThem(terminal, flags, deleted);
    return failures === 0 ? 0 : 1;
  },
};

function checkFlags(flags: Flags): void {
  const [all, now, force] = [isOn(flags, 'all'), isOn(flags, 'now'), isOn(flags, 'force')];
  const grace = Number(flag(flags, 'grace-period') ?? '-1');
  if (all && flag(flags, 'selector') !== undefined)
    throw new KubectlError('error: cannot set --all and --selector at the same time');
  if (all && flag(flags, 'field-selector') !== undefined)
    throw new KubectlError('error: cannot set --all and --field-selector at the same time');
  if (now && grace !== -1) throw new KubectlError('error: --now and --grace-period cannot be specified together');
  if (force && grace > 0)
    throw new KubectlError('error: --force and --grace-period greater than 0 cannot be specified together');
}

function isAll(flags: Flags): boolean {
  return isOn(flags, 'all') || flag(flags, 'selector') !== undefined || flag(flags, 'field-selector') !== undefined;
}

function targetsOf(terminal: Terminal, flags: Flags): readonly Target[] {
  const fromFiles = manifestsOf(terminal, flags).map(([file, object]) => targetOf(terminal, file, object, flags));
  if (fromFiles.length > 0) return fromFiles;
  const named = namedBy(terminal, flags.positionals, flags);
  if (named.type === 'objects') return named.targets;
  if (!isAll(flags)) throw new KubectlError('error: resource(s) were provided, but no name was specified');
  return named.resources.flatMap((resource) =>
    listAll(terminal, listCall(resource, flags)).map((object) => ({
      resource,
      name: stringAt(object, 'metadata', 'name') ?? '',
      namespace: namespaceOf(object),
    })),
  );
}

const POLICIES = {
  background: 'Background',
  foreground: 'Foreground',
  orphan: 'Orphan',
  true: 'Background',
  false: 'Orphan',
} as const;

function optionsOf(flags: Flags, gracePeriod: number): RequestOptions {
  const cascade = flag(flags, 'cascade') ?? 'background';
  if (!Object.hasOwn(POLICIES, cascade))
    throw new KubectlError(
      `error: invalid cascade value (${cascade}). Must be "background", "foreground", or "orphan"`,
    );
  return {
    propagationPolicy: POLICIES[cascade as keyof typeof POLICIES],
    ...(gracePeriod >= 0 ? { gracePeriodSeconds: gracePeriod } : {}),
    ...(flag(flags, 'dry-run') === 'server' ? { dryRun: true } : {}),
  };
}

function say(terminal: Terminal, flags: Flags, { resource, name, namespace }: Target, isForced: boolean): void {
  if (flag(flags, 'output') === 'name') return terminal.out(`${spoken(resource)}/${name}\n`);
  const dryRun = flag(flags, 'dry-run');
  const mark = dryRun === 'server' ? ' (server dry run)' : dryRun === 'client' ? ' (dry run)' : '';
  const where = namespace === undefined ? '' : ` from ${namespace} namespace`;
  terminal.out(`${spoken(resource)} "${name}" ${isForced ? 'force deleted' : 'deleted'}${where}${mark}\n`);
}

function spoken({ kind, group }: ServedResource): string {
  return group === '' ? kind.toLowerCase() : `${kind.toLowerCase()}.${group}`;
}

/** The object that a deletion answers with, or what its Status tells of it. */
function uidOf(object: KubernetesObject | undefined): string | undefined {
  return stringAt(object, 'metadata', 'uid') ?? stringAt(object, 'details', 'uid');
}

/** Waits until the objects have gone; one of the same name that came after is another. */
function waitForThem(
  terminal: Terminal,
  flags: Flags,
  deleted: readonly { readonly target: Target; readonly uid: string | undefined }[],
): number {
  const timeoutMs = parseDurationMs(flag(flags, 'timeout') ?? '0s') ?? 0;
  const untilMs = terminal.now() + (timeoutMs > 0 ? timeoutMs : WEEK_MS);
  let failures = 0;
  for (const { target, uid } of deleted) {
    const end = follow(terminal, target, untilMs, (object) => uid !== undefined && uidOf(object) !== uid);
    if (end !== 'late') continue;
    terminal.err(`error: timed out waiting for the condition on ${target.resource.plural}/${target.name}\n`);
    failures++;
  }
  return failures;
}
