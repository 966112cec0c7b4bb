import type { JsonObject, JsonValue } from '../../../base/json.ts';
import { arrayAt, objectAt, stringAt } from '../../../base/json.ts';
import { patchObject } from '../change.ts';
import type { KubectlCommand } from '../command.ts';
import { KubectlError } from '../command.ts';
import { FROM_FILES, SELECTING, foundObjects, refusalText, spokenName } from '../resources.ts';
import { dryRunMark } from './apply.ts';

/** Where the Pod spec of a kind stands. Source: kubectl/pkg/polymorphichelpers/updatepodspec.go, 1.36. */
export function podSpecPath(kind: string): readonly string[] {
  if (kind === 'Pod') return ['spec'];
  return kind === 'CronJob' ? ['spec', 'jobTemplate', 'spec', 'template', 'spec'] : ['spec', 'template', 'spec'];
}

export function nested(path: readonly string[], value: JsonValue): JsonObject {
  return path.reduceRight<JsonValue>((inner, key) => ({ [key]: inner }), value) as JsonObject;
}

/** Source: staging/src/k8s.io/kubectl/pkg/cmd/set/set_image.go, 1.36. */
export const setImage: KubectlCommand = {
  name: 'set image',
  flags: { ...SELECTING, ...FROM_FILES, all: { type: 'switch' }, 'dry-run': { type: 'text', bare: 'client' } },
  run(terminal, flags) {
    const words = flags.positionals.filter((word) => !word.includes('='));
    const images = flags.positionals
      .filter((word) => word.includes('='))
      .map((word) => [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)] as const);
    if (images.length === 0) throw new KubectlError('error: at least one image update is required');
    let failures = 0;
    for (const { target, object } of foundObjects(terminal, flags, words)) {
      const path = podSpecPath(object.kind);
      const spec = objectAt(object, ...path);
      const changes = (list: 'containers' | 'initContainers'): readonly JsonObject[] =>
        arrayAt(spec, list).flatMap((container) => {
          const name = stringAt(container, 'name') ?? '';
          const image = images.findLast(([wanted]) => wanted === name || wanted === '*')?.[1];
          return image === undefined || image === stringAt(container, 'image') ? [] : [{ name, image }];
        });
      const names = new Set(
        [...arrayAt(spec, 'containers'), ...arrayAt(spec, 'initContainers')].map((c) => stringAt(c, 'name') ?? ''),
      );
      const missing = images.filter(([wanted]) => wanted !== '*' && !names.has(wanted));
      for (const [wanted] of missing) {
        terminal.err(`error: unable to find container named "${wanted}"\n`);
        failures++;
      }
      const [containers, initContainers] = [changes('containers'), changes('initContainers')];
      if (missing.length > 0 || containers.length + initContainers.length === 0) continue;
      const patch = nested(path, {
        ...(containers.length > 0 ? { containers } : {}),
        ...(initContainers.length > 0 ? { initContainers } : {}),
      });
      const result = patchObject(terminal, flags, target, patch, { fieldManager: 'kubectl-set' });
      if (result.ok) terminal.out(`${spokenName(target.resource, target.name)} image updated${dryRunMark(flags)}\n`);
      else {
        terminal.err(
          `error: failed to patch image update to pod template: ${refusalText(result).replace(/^[^:]*: /, '')}\n`,
        );
        failures++;
      }
    }
    return failures === 0 ? 0 : 1;
  },
};
