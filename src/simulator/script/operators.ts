import { parseApiVersion } from '../../apimachinery/group-version-kind.ts';
import type { JsonObject, JsonValue } from '../../base/json.ts';
import { isJsonObject, stringAt } from '../../base/json.ts';
import { BUILT_IN } from '../apiserver/served-resources.ts';
import type { ResourceName } from '../messages.ts';
import { expressionProblem, expressionsIn } from '../operator/expressions.ts';
import type { Operator, OperatorChild } from '../operator/operator.ts';
import type { Read } from './read-shape.ts';
import { duration, listOf, object, objectOf, text } from './read-shape.ts';
import type { StepReader } from './request-step.ts';

const KIND = objectOf({ apiVersion: { read: text }, kind: { read: text }, plural: { read: text } });

const OPERATOR = objectOf({
  of: { read: KIND },
  children: {
    read: listOf(
      objectOf({ id: { read: text }, plural: { read: text }, template: { read: object }, when: { read: text } }),
    ),
  },
  status: { read: object },
  finalizer: { read: text },
  cleanup: { as: 'cleanupMs', read: duration },
  resync: { as: 'resyncMs', read: duration },
});

interface GivenKind {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly plural?: string;
}

interface GivenOperator extends Omit<Operator, 'name' | 'of' | 'children'> {
  readonly of?: GivenKind;
  readonly children?: readonly (Partial<OperatorChild> & { readonly plural?: string })[];
}

/**
 * `operator` of a behaviour: what the controller of a custom resource does; its name stands in `match`.
 *
 * @example
 * behaviours:
 * - match: {operator: ship-operator}
 *   operator:
 *     of: {apiVersion: sea.example.com/v1, kind: Ship}
 *     finalizer: sea.example.com/harbour
 *     children:
 *     - id: crew
 *       template:
 *         apiVersion: apps/v1
 *         kind: Deployment
 *         metadata: {name: "${object.metadata.name}-crew"}
 *         spec: {replicas: "${object.spec.size}", ...}
 *     status: {ready: "${children.crew.status.readyReplicas}"}
 */
export const operatorOf: Read = (value, field, reader) => {
  const given = OPERATOR(value, field, reader) as GivenOperator | undefined;
  if (given === undefined) return undefined;
  const { of: kind = {}, children: some = [], ...rest } = given;
  const of = resourceOf(kind, `${field}.of`, reader);
  const children = some.flatMap((child, index) => childOf(child, `${field}.children[${index}]`, reader) ?? []);
  const texts = [...textsIn(given.status), ...children.flatMap(({ template }) => textsIn(template))];
  const conditions = children.flatMap(({ when }) => (when === undefined ? [] : [when]));
  for (const expression of [...texts.flatMap(expressionsIn), ...conditions]) {
    const message = expressionProblem(expression);
    if (message !== undefined) reader.problem('script.refused', field, { message });
  }
  return of === undefined ? undefined : { ...rest, of, children };
};

function childOf(
  { id, plural, template, when }: NonNullable<GivenOperator['children']>[number],
  field: string,
  reader: StepReader,
): OperatorChild | undefined {
  if (template === undefined) return reader.problem('script.type', `${field}.template`, { type: 'object' });
  const kind = { apiVersion: stringAt(template, 'apiVersion'), kind: stringAt(template, 'kind'), plural };
  const resource = resourceOf(kind, `${field}.template`, reader);
  if (stringAt(template, 'metadata', 'name') === undefined)
    return reader.problem('script.type', `${field}.template.metadata.name`, { type: 'string' });
  if (resource === undefined) return undefined;
  return { id: id ?? stringAt(template, 'kind') ?? '', resource, template, ...(when === undefined ? {} : { when }) };
}

/** What a kind is called in URLs; of a custom one its kind in small letters with an `s`, where it is not said. */
function resourceOf(
  { apiVersion, kind, plural }: { readonly [Key in keyof GivenKind]: GivenKind[Key] | undefined },
  field: string,
  reader: StepReader,
): ResourceName | undefined {
  if (apiVersion === undefined) return reader.problem('script.type', `${field}.apiVersion`, { type: 'string' });
  if (kind === undefined) return reader.problem('script.type', `${field}.kind`, { type: 'string' });
  const { group, version } = parseApiVersion(apiVersion);
  const builtIn = BUILT_IN.find((one) => one.group === group && one.kind === kind);
  return { group, version, plural: plural ?? builtIn?.plural ?? `${kind.toLowerCase()}s` };
}

function textsIn(value: JsonValue | JsonObject | undefined): readonly string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return (value as readonly JsonValue[]).flatMap(textsIn);
  return isJsonObject(value) ? Object.values(value).flatMap(textsIn) : [];
}
