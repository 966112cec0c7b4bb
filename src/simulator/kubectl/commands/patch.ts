import type { JsonObject } from '../../../base/json.ts';
import { stringAt } from '../../../base/json.ts';
import { readManifest } from '../../../manifest/read.ts';
import type { KubectlCommand } from '../command.ts';
import { KubectlError } from '../command.ts';
import { flag } from '../flags.ts';
import { FROM_FILES, SELECTING, callOf, foundObjects, refusalText, spokenName } from '../resources.ts';
import { dryRunMark } from './apply.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';

const TYPES = ['strategic', 'merge', 'json'] as const;

/** Source: staging/src/k8s.io/kubectl/pkg/cmd/patch/patch.go, 1.36. */
export const patch: KubectlCommand = {
  name: 'patch',
  flags: {
    ...SELECTING,
    ...FROM_FILES,
    patch: { type: 'text', short: 'p' },
    type: { type: 'text' },
    subresource: { type: 'text' },
    'dry-run': { type: 'text', bare: 'client' },
  },
  run(terminal, flags) {
    const text = flag(flags, 'patch');
    if (text === undefined)
      throw new KubectlError('error: must specify --patch or --patch-file containing the contents of the patch');
    const wanted = flag(flags, 'type') ?? 'strategic';
    const patchType = TYPES.find((type) => type === wanted);
    if (patchType === undefined)
      throw new KubectlError(`error: --type must be one of [json merge strategic], not "${wanted}"`);
    const change = readPatch(text);
    const subresource = flag(flags, 'subresource');
    let failures = 0;
    for (const { target, object } of foundObjects(terminal, flags, flags.positionals)) {
      const result = terminal.call({
        ...callOf('patch', target),
        ...(subresource === undefined ? {} : { subresource }),
        body: change,
        options: {
          patchType,
          fieldManager: 'kubectl-patch',
          ...(flag(flags, 'dry-run') === 'server' ? { dryRun: true } : {}),
        },
      });
      if (!result.ok) {
        terminal.err(`${refusalText(result)}\n`);
        failures++;
        continue;
      }
      const done = version(result.object) === version(object) ? 'patched (no change)' : 'patched';
      terminal.out(`${spokenName(target.resource, target.name)} ${done}${dryRunMark(flags)}\n`);
    }
    return failures === 0 ? 0 : 1;
  },
};

function version(object: KubernetesObject): string | undefined {
  return stringAt(object, 'metadata', 'resourceVersion');
}

/** A patch is JSON or YAML. */
function readPatch(text: string): KubernetesObject {
  try {
    return JSON.parse(text) as KubernetesObject;
  } catch {
    // The reader of manifests wants an object that says what it is.
    const indented = text.replaceAll(/^/gm, '  ');
    const [segment] = readManifest('patch', `apiVersion: v1\nkind: Patch\npatch:\n${indented}\n`).segments;
    const value = segment?.type === 'document' ? segment.objects[0]?.object['patch'] : undefined;
    if (value === undefined || value === null)
      throw new KubectlError(`error: unable to parse "${text}": yaml: invalid patch`);
    return value as JsonObject as KubernetesObject;
  }
}
