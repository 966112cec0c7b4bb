import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf } from '../../../apimachinery/object.ts';
import type { KubectlCommand, Terminal } from '../command.ts';
import { KubectlError } from '../command.ts';
import type { Flags } from '../flags.ts';
import { flag, isOn } from '../flags.ts';
import { withLastApplied } from '../last-applied.ts';
import { formatted } from '../output.ts';
import { fieldValidationOf } from '../validation-flag.ts';
import { FROM_FILES, SELECTING, callOf, manifestsOf, refusalText, spokenName, targetOf } from '../resources.ts';
import { dryRunMark } from './apply.ts';

export const CREATING = {
  namespace: SELECTING.namespace,
  'dry-run': { type: 'text', bare: 'client' },
  output: { type: 'text', short: 'o' },
  'save-config': { type: 'switch' },
  'field-manager': { type: 'text' },
  validate: { type: 'text', bare: 'strict' },
} as const;

/** Source: staging/src/k8s.io/kubectl/pkg/cmd/create/create.go, 1.36. */
export const create: KubectlCommand = {
  name: 'create',
  flags: { ...CREATING, ...FROM_FILES, recursive: { type: 'switch', short: 'R' } },
  run(terminal, flags) {
    const manifests = manifestsOf(terminal, flags);
    if (manifests.length === 0) throw new KubectlError('error: must specify one of -f and -k');
    const codes = manifests.map(([file, object]) => createObject(terminal, flags, file, object));
    return Math.max(...codes);
  },
};

/** How a command that makes an object calls it. */
interface Creating {
  readonly done: string;
  readonly fieldManager: string;
  /** What a refusal begins with; nothing of its own where left out. */
  readonly failed?: string;
}

/** Creates one object and says so. `file` is where it came from; '' where a command made it. */
export function createObject(
  terminal: Terminal,
  flags: Flags,
  file: string,
  object: KubernetesObject,
  { done, fieldManager, failed }: Creating = {
    done: 'created',
    fieldManager: 'kubectl-create',
    failed: 'failed to create',
  },
): number {
  const target = targetOf(terminal, file, object, flags);
  const { resource, namespace } = target;
  const dryRun = flag(flags, 'dry-run') ?? 'none';
  const body = isOn(flags, 'save-config') ? terminal.once(() => withLastApplied(object, namespace)) : object;
  const { name: _, ...place } = callOf('create', target);
  const options = {
    fieldManager: flag(flags, 'field-manager') ?? fieldManager,
    fieldValidation: fieldValidationOf(flags),
    ...(dryRun === 'server' ? { dryRun: true } : {}),
  } as const;
  const result = dryRun === 'client' ? undefined : terminal.call({ ...place, body, options });
  for (const warning of result?.warnings ?? []) terminal.err(`Warning: ${warning}\n`);
  if (result !== undefined && !result.ok) {
    const words = refusalText(result);
    const isPlain = result.code === 0 || result.reason === 'Invalid' || failed === undefined;
    terminal.err(
      isPlain
        ? `${words}\n`
        : file === ''
          ? `error: ${failed} ${resource.singular}: ${result.message}\n`
          : `Error from server (${result.reason}): error when creating "${file}": ${result.message}\n`,
    );
    return 1;
  }
  const made = result?.object ?? body;
  const output = flag(flags, 'output');
  if (output === undefined) terminal.out(`${spokenName(resource, nameOf(made))} ${done}${dryRunMark(flags)}\n`);
  else terminal.out(formatted([{ resource, object: made }], output, false));
  return 0;
}
