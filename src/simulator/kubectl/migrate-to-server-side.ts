import { LAST_APPLIED } from '../../apimachinery/last-applied.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { EMPTY_SET, hasPath, union } from '../../apimachinery/patch/server-side-apply/field-set.ts';
import type { FieldSet } from '../../apimachinery/patch/server-side-apply/field-set.ts';
import { fromFieldsV1, toFieldsV1 } from '../../apimachinery/patch/server-side-apply/fields-v1.ts';
import { fieldElement } from '../../apimachinery/patch/server-side-apply/path-element.ts';
import type { JsonObject, JsonValue } from '../../base/json.ts';
import { arrayAt, isJsonObject, step, stringAt } from '../../base/json.ts';
import type { ApiCall, ApiResult } from '../client/api-client.ts';
import type { Terminal } from './command.ts';
import { lastApplied } from './last-applied.ts';
import type { Target } from './resources.ts';
import { callOf } from './resources.ts';

/** Who keeps the annotation of client-side apply once an object is applied server-side. */
const KEEPER = 'kubectl-last-applied';
const DEFAULT_MANAGER = 'kubectl';
/** How often the managers are written again where somebody wrote in between. */
const MAX_PATCH_RETRY = 5;
const ANNOTATION = ['metadata', 'annotations', LAST_APPLIED].map(fieldElement);

interface Taken {
  readonly target: Target;
  readonly manager: string;
  readonly options: NonNullable<ApiCall['options']>;
}

/**
 * After a first apply that was server-side: what client-side apply owned of the object becomes the applier's, so that
 * fields that have left the manifest go. True where managers were written and the object has to be applied again.
 * Source: staging/src/k8s.io/kubectl/pkg/cmd/apply/apply.go `saveLastApplyAnnotationIfNecessary`,
 * `migrateToSSAIfNecessary`, 1.36.
 */
export function migrateToServerSide(terminal: Terminal, applied: KubernetesObject, taken: Taken): boolean {
  let live: KubernetesObject | undefined = keepAnnotation(terminal, applied, taken);
  const names = new Set(ownersOfAnnotation(live, 'Update').map((entry) => stringAt(entry, 'manager') ?? ''));
  for (let tries = 0; live !== undefined && tries < MAX_PATCH_RETRY; tries++) {
    const managers = upgradedManagers(live, names, taken.manager);
    if (managers === undefined) return false;
    const result = patch(terminal, taken, 'json', [
      { op: 'replace', path: '/metadata/managedFields', value: managers },
      { op: 'replace', path: '/metadata/resourceVersion', value: stringAt(live, 'metadata', 'resourceVersion') ?? '' },
    ]);
    if (result.ok) return true;
    if (result.code !== 409) return warned(terminal, result.message);
    const found = terminal.call(callOf('get', taken.target));
    live = found.ok ? found.object : undefined;
  }
  return false;
}

function warned(terminal: Terminal, message: string): false {
  terminal.err(
    `Warning: server rejected managed fields migration to Server-Side Apply. This is non-fatal and will be retried next time you apply. Error: ${message}\n`,
  );
  return false;
}

/** The server drops the annotation with the last who owns it; the default manager keeps it for who goes back. */
function keepAnnotation(terminal: Terminal, live: KubernetesObject, taken: Taken): KubernetesObject {
  const text = stringAt(live, 'metadata', 'annotations', LAST_APPLIED);
  const isKept = ownersOfAnnotation(live, 'Apply').length > 0;
  if (taken.manager !== DEFAULT_MANAGER || lastApplied(live) === undefined || text === undefined || isKept) return live;
  const { namespace, name } = taken.target;
  const metadata = { name, ...(namespace === undefined ? {} : { namespace }), annotations: { [LAST_APPLIED]: text } };
  const body = { apiVersion: live.apiVersion, kind: live.kind, metadata };
  const result = patch(terminal, { ...taken, options: { ...taken.options, fieldManager: KEEPER } }, 'apply', body);
  return result.ok ? result.object : live;
}

function patch(
  terminal: Terminal,
  { target, options }: Taken,
  patchType: 'json' | 'apply',
  body: JsonObject | readonly JsonValue[],
): ApiResult {
  const call = { ...callOf('patch', target), options: { ...options, patchType } };
  return terminal.call({ ...call, body: body as unknown as KubernetesObject });
}

function ownersOfAnnotation(object: KubernetesObject, operation: string): readonly JsonObject[] {
  return managersOf(object).filter((entry) => {
    const set = fromFieldsV1(step(entry, 'fieldsV1'));
    return stringAt(entry, 'operation') === operation && set !== undefined && hasPath(set, ANNOTATION);
  });
}

function managersOf(object: KubernetesObject): readonly JsonObject[] {
  return arrayAt(object, 'metadata', 'managedFields').filter(isJsonObject);
}

/**
 * The managers with those of client-side apply in the one who applies; undefined where nothing changes. Source:
 * staging/src/k8s.io/client-go/util/csaupgrade/upgrade.go `upgradedManagedFields`, 1.36.
 */
function upgradedManagers(
  object: KubernetesObject,
  names: ReadonlySet<string>,
  manager: string,
): readonly JsonObject[] | undefined {
  const before = managersOf(object);
  let entries = before;
  for (const name of names) {
    const isOwn = (entry: JsonObject): boolean => isEntry(entry, name, 'Update');
    const at = entries.findIndex((entry) => isEntry(entry, manager, 'Apply'));
    const index = at < 0 ? entries.findIndex(isOwn) : at;
    const own = entries[index];
    if (own === undefined) continue;
    const other = entries.find((entry) => isOwn(entry) && entry['apiVersion'] === own['apiVersion']);
    const set = other === undefined ? setOf(own) : union(setOf(own), setOf(other));
    const next = { ...own, manager, operation: 'Apply', fieldsV1: toFieldsV1(set) };
    entries = entries.flatMap((entry, place) => (place === index ? [next] : isOwn(entry) ? [] : [entry]));
  }
  return entries === before ? undefined : entries;
}

function isEntry(entry: JsonObject, manager: string, operation: string): boolean {
  const isMain = (stringAt(entry, 'subresource') ?? '') === '';
  return isMain && stringAt(entry, 'manager') === manager && stringAt(entry, 'operation') === operation;
}

function setOf(entry: JsonObject): FieldSet {
  return fromFieldsV1(step(entry, 'fieldsV1')) ?? EMPTY_SET;
}
