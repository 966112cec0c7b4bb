import { nameOf } from '../../../apimachinery/object.ts';
import type { KubectlCommand } from '../command.ts';
import { KubectlError } from '../command.ts';
import { flag, isOn } from '../flags.ts';
import { lastApplied, withLastApplied } from '../last-applied.ts';
import { formatted } from '../output.ts';
import { fieldValidationOf } from '../validation-flag.ts';
import { FROM_FILES, callOf, manifestsOf, refusalText, spokenName, targetOf } from '../resources.ts';
import { dryRunMark } from './apply.ts';
import { CREATING } from './create.ts';

/** `kubectl replace` without `--force`. Source: staging/src/k8s.io/kubectl/pkg/cmd/replace/replace.go, 1.36. */
export const replace: KubectlCommand = {
  name: 'replace',
  flags: { ...CREATING, ...FROM_FILES, subresource: { type: 'text' } },
  run(terminal, flags) {
    const manifests = manifestsOf(terminal, flags);
    if (manifests.length === 0) throw new KubectlError('error: must specify --filename to replace');
    let failures = 0;
    for (const [file, object] of manifests) {
      const target = targetOf(terminal, file, object, flags);
      // The record of what was applied is kept up only where there is one.
      const isRecorded = isOn(flags, 'save-config') || lastApplied(object) !== undefined;
      const body = isRecorded ? terminal.once(() => withLastApplied(object, target.namespace)) : object;
      const dryRun = flag(flags, 'dry-run') ?? 'none';
      const subresource = flag(flags, 'subresource');
      const result =
        dryRun === 'client'
          ? undefined
          : terminal.call({
              ...callOf('update', target),
              ...(subresource === undefined ? {} : { subresource }),
              body,
              options: {
                fieldManager: flag(flags, 'field-manager') ?? 'kubectl-replace',
                fieldValidation: fieldValidationOf(flags),
                ...(dryRun === 'server' ? { dryRun: true } : {}),
              },
            });
      for (const warning of result?.warnings ?? []) terminal.err(`Warning: ${warning}\n`);
      if (result !== undefined && !result.ok) {
        const isPlain = result.code === 0 || result.reason === 'Invalid';
        const words = `Error from server (${result.reason}): error when replacing "${file}": ${result.message}`;
        terminal.err(`${isPlain ? refusalText(result) : words}\n`);
        failures++;
        continue;
      }
      const made = result?.object ?? body;
      const output = flag(flags, 'output');
      if (output === undefined)
        terminal.out(`${spokenName(target.resource, nameOf(made))} replaced${dryRunMark(flags)}\n`);
      else terminal.out(formatted([{ resource: target.resource, object: made }], output, false));
    }
    return failures === 0 ? 0 : 1;
  },
};
