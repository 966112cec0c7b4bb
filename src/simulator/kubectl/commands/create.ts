import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf } from '../../../apimachinery/object.ts';
import type { KubectlCommand, Terminal } from '../command.ts';
import { KubectlError } from '../command.ts';
import type { Flags } from '../flags.ts';
import { flag, isOn } from '../flags.ts';
import { withLastApplied } from '../last-applied.ts';
import { formatted } from '../output.ts';
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

/** Creates one object and says so. */
export function createObject(terminal: Terminal, flags: Flags, file: string, object: KubernetesObject): number {
  const target = targetOf(terminal, file, object, flags);
  const { resource, namespace } = target;
  const dryRun = flag(flags, 'dry-run') ?? 'none';
  const body = isOn(flags, 'save-config') ? terminal.once(() => withLastApplied(object, namespace)) : object;
  const { name: _, ...place } = callOf('create', target);
  const options = {
    fieldManager: flag(flags, 'field-manager') ?? 'kubectl-create',
    fieldValidation: 'Strict',
    ...(dryRun === 'server' ? { dryRun: true } : {}),
  } as const;
  const result = dryRun === 'client' ? undefined : terminal.call({ ...place, body, options });
  if (result !== undefined && !result.ok) {
    const words = refusalText(result);
    const source = file === '' ? `failed to create ${resource.singular}` : `error when creating "${file}"`;
    const isPlain = result.code === 0 || result.reason === 'Invalid';
    terminal.err(
      isPlain
        ? `${words}\n`
        : file === ''
          ? `error: ${source}: ${result.message}\n`
          : `Error from server (${result.reason}): ${source}: ${result.message}\n`,
    );
    return 1;
  }
  for (const warning of result?.warnings ?? []) terminal.err(`Warning: ${warning}\n`);
  const made = result?.object ?? body;
  const output = flag(flags, 'output');
  if (output === undefined) terminal.out(`${spokenName(resource, nameOf(made))} created${dryRunMark(flags)}\n`);
  else terminal.out(formatted([{ resource, object: made }], output, false));
  return 0;
}
