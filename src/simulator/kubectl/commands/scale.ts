import { numberAt } from '../../../base/json.ts';
import type { KubectlCommand } from '../command.ts';
import { KubectlError } from '../command.ts';
import { flag } from '../flags.ts';
import { FROM_FILES, SELECTING, callOf, foundObjects, refusalText, spokenName } from '../resources.ts';
import { dryRunMark } from './apply.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';

/** Source: staging/src/k8s.io/kubectl/pkg/cmd/scale/scale.go, 1.36. */
export const scale: KubectlCommand = {
  name: 'scale',
  flags: {
    ...SELECTING,
    ...FROM_FILES,
    replicas: { type: 'text' },
    'current-replicas': { type: 'text' },
    timeout: { type: 'text' },
    all: { type: 'switch' },
    'dry-run': { type: 'text', bare: 'client' },
  },
  run(terminal, flags) {
    const replicas = Number(flag(flags, 'replicas') ?? '-1');
    const expected = Number(flag(flags, 'current-replicas') ?? '-1');
    if (!Number.isInteger(replicas) || replicas < 0)
      throw new KubectlError(
        'error: The --replicas=COUNT flag is required, and COUNT must be greater than or equal to 0',
      );
    const found = foundObjects(terminal, flags, flags.positionals);
    if (found.length === 0) throw new KubectlError('error: no objects passed to scale');
    let failures = 0;
    for (const { target, object } of found) {
      const { resource, name } = target;
      const current = numberAt(object, 'spec', 'replicas') ?? 0;
      if (!resource.subresources.includes('scale')) {
        terminal.err(`error: could not find scale subresource for ${resource.qualified} in discovery information\n`);
        failures++;
        continue;
      }
      if (expected >= 0 && expected !== current) {
        terminal.err(`error: Expected replicas to be ${expected}, was ${current}\n`);
        failures++;
        continue;
      }
      const dryRun = flag(flags, 'dry-run') ?? 'none';
      const result =
        dryRun === 'client'
          ? undefined
          : terminal.call({
              ...callOf('patch', target),
              subresource: 'scale',
              body: { spec: { replicas } } as unknown as KubernetesObject,
              options: {
                patchType: 'merge',
                fieldManager: 'kubectl',
                ...(dryRun === 'server' ? { dryRun: true } : {}),
              },
            });
      if (result !== undefined && !result.ok) {
        terminal.err(`${refusalText(result)}\n`);
        failures++;
      } else terminal.out(`${spokenName(resource, name)} scaled${dryRunMark(flags)}\n`);
    }
    return failures === 0 ? 0 : 1;
  },
};
