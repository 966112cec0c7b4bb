import { conditionsOf, findCondition } from '../../../apimachinery/conditions.ts';
import type { Condition } from '../../../apimachinery/conditions.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf } from '../../../apimachinery/object.ts';
import type { JsonObject } from '../../../base/json.ts';
import { arrayAt, asString, jsonEqual, objectAt, stringAt, valueAt } from '../../../base/json.ts';
import type { Controller } from '../../controllers/controller.ts';
import { timeOf } from '../../kernel/clock.ts';
import { DEFINITIONS, isTrueOf, withConditions } from './definition.ts';

/**
 * Gives definitions the names that no other of their group has.
 * Source: staging/src/k8s.io/apiextensions-apiserver/pkg/controller/status/naming_controller.go, 1.36.
 */
export const naming: Controller = {
  name: 'crd-naming-condition-controller',
  process: 'kube-apiserver',
  workers: 1,
  readsOwnWrites: true,
  watches: [{ resource: DEFINITIONS, keysOf: ({ key }) => [key] }],
  reconcile(context, key) {
    const all = context.view(DEFINITIONS);
    const definition = all.getKey(key);
    const others = all
      .list()
      .filter((other) => nameOf(other) !== key && (!definition || isSameGroup(other, definition)));
    const enqueueOthers = (): void => {
      for (const other of others) context.enqueue(nameOf(other));
    };
    // Names have become free: the others of its group, whose name ends with it, may have them.
    if (definition === undefined) {
      const group = key.slice(key.indexOf('.') + 1);
      for (const other of others) if (stringAt(other, 'spec', 'group') === group) context.enqueue(nameOf(other));
      return undefined;
    }
    if (jsonEqual(valueAt(definition, 'spec', 'names'), valueAt(definition, 'status', 'acceptedNames')))
      return undefined;
    const { acceptedNames, accepted, established } = namesAndConditions(definition, all.list());
    const before = findCondition(conditionsOf(definition), 'NamesAccepted');
    const isSame = SAME_FIELDS.every((field) => (stringAt(before, field) ?? '') === (accepted[field] ?? ''));
    if (before !== undefined && isSame && jsonEqual(objectAt(definition, 'status', 'acceptedNames'), acceptedNames))
      return undefined;
    const changed = withConditions(definition, [accepted, established], timeOf(context.nowMs));
    const body = { ...changed, status: { ...objectAt(changed, 'status'), acceptedNames } };
    const written = context.api.call({ verb: 'update', resource: DEFINITIONS, name: key, subresource: 'status', body });
    if (!written.ok) return written.code === 404 || written.code === 409 ? undefined : { failed: written.message };
    enqueueOthers();
    return undefined;
  },
};

const SAME_FIELDS = ['status', 'reason', 'message'] as const;

function isSameGroup(a: KubernetesObject, b: KubernetesObject): boolean {
  return stringAt(a, 'spec', 'group') === stringAt(b, 'spec', 'group');
}

const NAMES = [
  ['plural', 'PluralConflict', 'resource'],
  ['singular', 'SingularConflict', 'resource'],
  ['shortNames', 'ShortNamesConflict', 'resource'],
  ['kind', 'KindConflict', 'kind'],
  ['listKind', 'ListKindConflict', 'kind'],
] as const;

/** The names that a definition gets, and what is said of them. `all`: the definitions that are there, it may be itself too. */
export function namesAndConditions(
  definition: KubernetesObject,
  all: readonly KubernetesObject[],
): { readonly acceptedNames: JsonObject; readonly accepted: Condition; readonly established: Condition } {
  const group = all.filter((other) => isSameGroup(other, definition));
  const used = {
    resource: namesIn(group, ['plural', 'singular', 'shortNames']),
    kind: namesIn(group, ['kind', 'listKind']),
  };
  const [wanted, had] = [objectAt(definition, 'spec', 'names'), objectAt(definition, 'status', 'acceptedNames')];
  const acceptedNames: Record<string, JsonObject[string]> = { ...had };
  let accepted: Condition = {
    type: 'NamesAccepted',
    status: 'True',
    reason: 'NoConflicts',
    message: 'no conflicts found',
  };
  for (const [field, reason, kind] of NAMES) {
    const own = textsOf(had, field);
    const taken = textsOf(wanted, field).filter((name) => !own.includes(name) && name !== '' && used[kind].has(name));
    const message = words(taken.map((name) => `${JSON.stringify(name)} is already in use`));
    const value = wanted?.[field];
    if (taken.length > 0) accepted = { type: 'NamesAccepted', status: 'False', reason, message };
    else if (value === undefined) delete acceptedNames[field];
    else acceptedNames[field] = value;
  }
  const categories = wanted?.['categories'];
  if (categories === undefined) delete acceptedNames['categories'];
  else acceptedNames['categories'] = categories;
  return { acceptedNames, accepted, established: establishedOf(definition, accepted) };
}

function namesIn(definitions: readonly KubernetesObject[], fields: readonly string[]): ReadonlySet<string> {
  return new Set(
    definitions.flatMap((one) => fields.flatMap((field) => textsOf(objectAt(one, 'status', 'acceptedNames'), field))),
  );
}

function textsOf(names: JsonObject | undefined, field: string): readonly string[] {
  if (field === 'shortNames') return arrayAt(names, field).flatMap((name) => asString(name) ?? []);
  const text = stringAt(names, field);
  return text === undefined ? [] : [text];
}

/** Source: staging/src/k8s.io/apimachinery/pkg/util/errors/errors.go `Aggregate`, 1.36. */
function words(messages: readonly string[]): string {
  const different = [...new Set(messages)];
  return different.length > 1 ? `[${different.join(', ')}]` : (different[0] ?? '');
}

function establishedOf(definition: KubernetesObject, accepted: Condition): Condition {
  const before = findCondition(conditionsOf(definition), 'Established');
  if (!isTrueOf(definition, 'Established') && accepted.status === 'True')
    return {
      type: 'Established',
      status: 'False',
      reason: 'Installing',
      message: 'the initial names have been accepted',
    };
  if (before === undefined)
    return { type: 'Established', status: 'False', reason: 'NotAccepted', message: 'not all names are accepted' };
  return {
    type: 'Established',
    status: isTrueOf(definition, 'Established') ? 'True' : 'False',
    reason: stringAt(before, 'reason') ?? '',
    message: stringAt(before, 'message') ?? '',
  };
}
