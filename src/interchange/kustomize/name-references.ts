import type { JsonObject, JsonValue } from '../../base/json.ts';
import { arrayAt, isJsonObject, stringAt } from '../../base/json.ts';
import { namespaceOf } from '../../apimachinery/object.ts';
import { nameOf } from '../../apimachinery/object.ts';
import { editFields } from './field-spec.ts';
import { NAME_REFERENCES } from './field-specs.ts';
import type { NameReference } from './field-specs.ts';
import {
  currentId,
  effectiveNamespace,
  gvkOf,
  isClusterScoped,
  originalId,
  selectsGvk,
  withObject,
} from './resource.ts';
import type { Resource } from './resource.ts';
import { isRenamedAlike } from './transformers.ts';

/**
 * References by name follow what they refer to, whatever kustomizations called it. Gives the resource in which a reference
 * could mean several where one does. Source: api/filters/nameref/nameref.go of kubernetes-sigs/kustomize.
 */
export function followNames(resources: readonly Resource[]): readonly Resource[] | { readonly ambiguous: Resource } {
  const result: Resource[] = [];
  for (const resource of resources) {
    const candidates = candidatesFor(resource, resources);
    let ambiguous = false;
    const object = NAME_REFERENCES.reduce((current, reference) => {
      const possible = candidates.filter((candidate) => selectsGvk(reference, gvkOf(candidate.object)));
      return editFields(current, reference.fields, (value) => {
        const next = followed(value, { referrer: resource, possible, reference });
        if (next === 'ambiguous') ambiguous = true;
        return next === 'ambiguous' ? value : next;
      });
    }, resource.object);
    if (ambiguous) return { ambiguous: resource };
    result.push(withObject(resource, object));
  }
  return result;
}

/** What a resource can point at: what is of the cluster, or in its namespace, or in one that its subjects name. */
function candidatesFor(referrer: Resource, resources: readonly Resource[]): readonly Resource[] {
  if (isClusterScoped(referrer.object)) return resources;
  const own = effectiveNamespace(referrer, currentId(referrer));
  const isBinding = referrer.object.kind === 'RoleBinding';
  const others = new Set(
    arrayAt(referrer.object, isBinding ? 'subjects' : '').flatMap((subject) => stringAt(subject, 'namespace') ?? []),
  );
  return resources.filter((candidate) => {
    const namespace = effectiveNamespace(candidate, currentId(candidate));
    return namespace === '' || namespace === own || others.has(namespace);
  });
}

interface Question {
  readonly referrer: Resource;
  readonly possible: readonly Resource[];
  readonly reference: NameReference;
}

function followed(value: JsonValue | undefined, question: Question): JsonValue | undefined | 'ambiguous' {
  if (typeof value === 'string') {
    const target = targetOf(value, question, question.possible, nameOnly);
    return target === 'ambiguous' || target === undefined ? (target ?? value) : nameOf(target.object);
  }
  if (Array.isArray(value)) {
    const items = (value as readonly JsonValue[]).map((item) => followed(item, question));
    return items.includes('ambiguous') && !(value as readonly JsonValue[]).includes('ambiguous')
      ? 'ambiguous'
      : (items as readonly JsonValue[]);
  }
  return isJsonObject(value) ? followedMap(value, question) : value;
}

/** A map with a name and, often, a namespace: a subject, or the Service of a webhook. */
function followedMap(value: JsonObject, question: Question): JsonObject | 'ambiguous' {
  const name = stringAt(value, 'name');
  if (name === undefined) return value;
  const namespace = stringAt(value, 'namespace');
  const possible =
    namespace === undefined
      ? question.possible
      : question.possible.filter((candidate) => {
          const now = effectiveNamespace(candidate, currentId(candidate));
          return effectiveNamespace(candidate, originalId(candidate)) === namespace || now === namespace;
        });
  const target = targetOf(name, question, possible, nameAndNamespace);
  if (target === 'ambiguous') return 'ambiguous';
  if (!target) return value;
  const now = namespaceOf(target.object);
  return { ...value, name: nameOf(target.object), ...(now === undefined ? {} : { namespace: now }) };
}

const nameOnly = ({ object }: Resource): string => nameOf(object);
const nameAndNamespace = ({ object }: Resource): string => `${namespaceOf(object) ?? ''}/${nameOf(object)}`;

function targetOf(
  name: string,
  { referrer, reference }: Question,
  possible: readonly Resource[],
  what: (resource: Resource) => string,
): Resource | undefined | 'ambiguous' {
  let found = possible.filter(({ previous }) => previous.some((id) => id.name === name));
  // A role is one or the other sort; a binding says which.
  const role = stringAt(referrer.object, 'roleRef', 'kind');
  if (reference.kind.endsWith('Role') && role !== undefined) found = found.filter(({ object }) => object.kind === role);
  if (!isClusterScoped(referrer.object)) {
    const own = effectiveNamespace(referrer, currentId(referrer));
    found = found.filter((candidate) => {
      const namespace = effectiveNamespace(candidate, currentId(candidate));
      return namespace === '' || candidate.object.kind === 'ServiceAccount' || namespace === own;
    });
  }
  if (found.length > 1) found = found.filter((candidate) => isRenamedAlike(candidate, referrer, true));
  if (found.length > 1) found = found.filter((candidate) => isRenamedAlike(candidate, referrer, false));
  if (found.length <= 1) return found[0];
  return found.every((candidate) => what(candidate) === what(found[0]!)) ? found[0] : 'ambiguous';
}
