import { createThreeWayMergePatch } from '../../../apimachinery/patch/merge-patch.ts';
import { createThreeWayStrategicMergePatch } from '../../../apimachinery/patch/strategic-merge-patch.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { namespaceOf } from '../../../apimachinery/object.ts';
import type { JsonObject } from '../../../base/json.ts';
import { stringAt } from '../../../base/json.ts';
import { isVerdict, servedKindOf } from '../../../kinds/served-kind.ts';
import { patchSchemaOf } from '../../../openapi/patch-schema.ts';
import type { ApiCall, ApiResult } from '../../client/api-client.ts';
import type { KubectlCommand, Terminal } from '../command.ts';
import { KubectlError } from '../command.ts';
import type { Flags } from '../flags.ts';
import { flag, isOn } from '../flags.ts';
import { LAST_APPLIED } from '../../../apimachinery/last-applied.ts';
import { lastApplied, withLastApplied } from '../last-applied.ts';
import {
  FROM_FILES,
  SELECTING,
  callOf,
  manifestsOf,
  refusalText,
  resourceOf,
  spokenName,
  targetOf,
} from '../resources.ts';
import { migrateToServerSide } from '../migrate-to-server-side.ts';
import { fieldValidationOf } from '../validation-flag.ts';
import type { Target } from '../resources.ts';

const CLIENT_SIDE = 'kubectl-client-side-apply';

/** Source: staging/src/k8s.io/kubectl/pkg/cmd/apply, 1.36. */
export const apply: KubectlCommand = {
  name: 'apply',
  flags: {
    ...SELECTING,
    ...FROM_FILES,
    'server-side': { type: 'switch' },
    'force-conflicts': { type: 'switch' },
    'field-manager': { type: 'text' },
    'dry-run': { type: 'text', bare: 'client' },
    overwrite: { type: 'switch' },
    validate: { type: 'text', bare: 'strict' },
    output: { type: 'text', short: 'o' },
    recursive: { type: 'switch', short: 'R' },
  },
  run(terminal, flags) {
    if (!flags.values.has('filename')) throw new KubectlError('error: must specify one of -f and -k');
    const manifests = manifestsOf(terminal, flags);
    if (manifests.length === 0) throw new KubectlError('error: no objects passed to apply');
    let failures = 0;
    for (const [file, object] of manifests) {
      try {
        applyOne(terminal, flags, file, object);
      } catch (error) {
        if (!(error instanceof KubectlError)) throw error;
        terminal.err(`${error.message}\n`);
        failures++;
      }
    }
    return failures === 0 ? 0 : 1;
  },
};

function applyOne(terminal: Terminal, flags: Flags, file: string, object: KubernetesObject): void {
  const target = targetOf(terminal, file, object, flags);
  const [own, asked] = [namespaceOf(object), flag(flags, 'namespace')];
  if (target.resource.namespaced && own !== undefined && asked !== undefined && own !== asked)
    throw new KubectlError(
      `error: the namespace from the provided object "${own}" does not match the namespace "${asked}". You must pass '--namespace=${own}' to perform this operation.`,
    );
  const what = isOn(flags, 'server-side')
    ? serverSide(terminal, flags, file, object, target)
    : clientSide(terminal, flags, file, object, target);
  terminal.out(`${spokenName(target.resource, target.name)} ${what}${dryRunMark(flags)}\n`);
}

export function dryRunMark(flags: Flags): string {
  const dryRun = flag(flags, 'dry-run') ?? 'none';
  if (dryRun === 'server') return ' (server dry run)';
  return dryRun === 'client' ? ' (dry run)' : '';
}

/** GET, then POST, or PATCH with what changed against the last configuration and the live object. */
function clientSide(
  terminal: Terminal,
  flags: Flags,
  file: string,
  object: KubernetesObject,
  target: Target,
): 'created' | 'configured' | 'unchanged' {
  const modified = terminal.once(() => withLastApplied(object, target.namespace));
  const isDry = flag(flags, 'dry-run') === 'client';
  const found = terminal.call(callOf('get', target));
  const options = {
    fieldManager: flag(flags, 'field-manager') ?? CLIENT_SIDE,
    fieldValidation: fieldValidationOf(flags),
    ...(flag(flags, 'dry-run') === 'server' ? { dryRun: true } : {}),
  } as const;
  if (!found.ok) {
    if (found.code !== 404) throw refused(found, 'retrieving current configuration of', file, target);
    if (!isDry) {
      const { name: _, ...place } = callOf('create', target);
      checked(terminal, terminal.call({ ...place, body: modified, options }), 'creating', file, target);
    }
    return 'created';
  }
  const current = found.object;
  if (lastApplied(current) === undefined)
    terminal.err(
      `Warning: resource ${target.resource.plural}/${target.name} is missing the ${LAST_APPLIED} annotation which is required by kubectl apply. kubectl apply should only be used on resources created declaratively by either kubectl create --save-config or kubectl apply. The missing annotation will be patched automatically.\n`,
    );
  const { patch, patchType } = terminal.once(() => threeWayPatch(terminal, modified, current));
  if (Object.keys(patch).length === 0) return 'unchanged';
  if (isDry) return 'configured';
  const call: ApiCall = {
    ...callOf('patch', target),
    body: patch as unknown as KubernetesObject,
    options: { ...options, patchType },
  };
  const { object: patched } = checked(terminal, terminal.call(call), 'applying patch to', file, target);
  return sameVersion(current, patched) ? 'unchanged' : 'configured';
}

function sameVersion(a: KubernetesObject, b: KubernetesObject): boolean {
  return stringAt(a, 'metadata', 'resourceVersion') === stringAt(b, 'metadata', 'resourceVersion');
}

export function threeWayPatch(
  { kinds }: Terminal,
  modified: KubernetesObject,
  current: KubernetesObject,
): { readonly patch: JsonObject; readonly patchType: 'merge' | 'strategic' } {
  const original = lastApplied(current) ?? {};
  const served = servedKindOf(modified, kinds);
  if (isVerdict(served) || served.custom !== undefined)
    return Object.freeze({ patch: createThreeWayMergePatch(original, modified, current), patchType: 'merge' });
  const result = createThreeWayStrategicMergePatch({ original, modified, current }, patchSchemaOf(served.schema));
  if (!result.ok) throw new KubectlError(`error: ${result.message}`);
  return Object.freeze({ patch: result.value, patchType: 'strategic' });
}

function serverSide(
  terminal: Terminal,
  flags: Flags,
  file: string,
  object: KubernetesObject,
  target: Target,
): 'serverside-applied' {
  const manager = flag(flags, 'field-manager') ?? 'kubectl';
  const options = { fieldManager: manager, ...(flag(flags, 'dry-run') === 'server' ? { dryRun: true } : {}) };
  const call: ApiCall = {
    ...callOf('patch', target),
    body: object,
    options: {
      ...options,
      patchType: 'apply',
      fieldValidation: fieldValidationOf(flags),
      ...(isOn(flags, 'force-conflicts') ? { force: true } : {}),
    },
  };
  const result = terminal.call(call);
  if (!result.ok && result.code === 409) throw new KubectlError(`error: ${result.message}\n${CONFLICT_HELP}`);
  const { object: applied } = checked(terminal, result, 'applying', file, target);
  // Fields that have left the manifest go when what client-side apply owned is the applier's.
  if (migrateToServerSide(terminal, applied, { target, manager, options })) terminal.call(call);
  return 'serverside-applied';
}

/** Source: staging/src/k8s.io/kubectl/pkg/cmd/apply/apply.go `applyOneObject`, 1.36. */
const CONFLICT_HELP = `Please review the fields above--they currently have other managers. Here
are the ways you can resolve this warning:
* If you intend to manage all of these fields, please re-run the apply
  command with the \`--force-conflicts\` flag.
* If you do not intend to manage all of the fields, please edit your
  manifest to remove references to the fields that should keep their
  current managers.
* You may co-own fields by updating your manifest to match the existing
  value; in this case, you'll become the manager if the other manager(s)
  stop managing the field (remove it from their configuration).
See https://kubernetes.io/docs/reference/using-api/server-side-apply/#conflicts`;

function checked(terminal: Terminal, result: ApiResult, doing: string, file: string, target: Target) {
  for (const warning of result.warnings ?? []) terminal.err(`Warning: ${warning}\n`);
  if (!result.ok) throw refused(result, doing, file, target);
  return result;
}

/** Source: staging/src/k8s.io/kubectl/pkg/cmd/util/helpers.go `AddSourceToErr`, 1.36. */
function refused(
  result: ApiResult & { readonly ok: false },
  doing: string,
  file: string,
  { resource }: Target,
): KubectlError {
  if (result.code === 0 || result.reason === 'Invalid') return new KubectlError(refusalText(result));
  const { group, version } = resourceOf(resource);
  const source = doing === 'creating' ? `error when creating "${file}"` : `error when ${doing}`;
  const detail =
    doing === 'creating'
      ? ''
      : ` resource ${group === '' ? version : `${group}/${version}`} ${resource.kind} from "${file}"`;
  return new KubectlError(`Error from server (${result.reason}): ${source}${detail}: ${result.message}`);
}
