import type { GroupKind, GroupVersionKind } from '../apimachinery/group-version-kind.ts';
import { groupVersionKindOf } from '../apimachinery/group-version-kind.ts';
import type { KubernetesObject } from '../apimachinery/object.ts';
import { quoteString } from '../apimachinery/quoted-string.ts';
import type { Path } from '../base/json.ts';
import { arrayAt, booleanAt, stringAt, valueAt } from '../base/json.ts';
import { schemaOf } from '../openapi/built-in-schemas.ts';
import type { Decoded } from '../openapi/decode.ts';
import { decodeStrictly, refusedByItself } from '../openapi/decode.ts';
import { BUILT_IN_RESOURCES, PINNED_RELEASE, deprecationWarning, isServed, resourceOf } from '../openapi/resource.ts';
import type { Schema } from '../openapi/schema.ts';
import type { CustomResource, CustomResources } from './custom-resources.ts';
import type { MetadataRules } from './metadata-rules.ts';
import { CUSTOM_RESOURCE_RULES, metadataRulesOf } from './metadata-rules.ts';
import type { KindRegistry } from './registry.ts';
import { customResourceStrategy } from './shared/custom-resource/custom-resource-strategy.ts';
import { decodeCustomResource } from './shared/custom-resource/decode-custom-resource.ts';
import { validateObjectMeta } from './shared/validation/object-meta.ts';
import { strategyOf } from './strategies.ts';
import type { KindStrategy } from './strategy.ts';
import type { Verdict } from './verdict.ts';
import { refused, unknown } from './verdict.ts';

/** What an API server knows before it looks at an object. */
export interface JudgeContext {
  readonly registry: KindRegistry;
  /** Kinds brought by the CustomResourceDefinitions of the same input. */
  readonly customResources: CustomResources;
  /** Minor of Kubernetes 1.x: which apiVersions are served. The pinned release where it is left out. */
  readonly release?: number;
}

/** Everything that judging an object of one version of a kind takes. */
export interface ServedKind {
  readonly kind: GroupKind;
  readonly version: string;
  readonly schema: Schema;
  readonly namespaced: boolean;
  readonly custom: CustomResource | undefined;
  readonly strategy: KindStrategy | undefined;
  readonly warnings: readonly string[];
  /** With strict field validation; `repeated`: fields that stand twice. */
  decode(object: KubernetesObject, repeated?: readonly Path[]): Decoded<KubernetesObject>;
  metadataRules(object: KubernetesObject): MetadataRules | undefined;
}

const BUILT_IN_GROUPS: ReadonlySet<string> = new Set(
  BUILT_IN_RESOURCES.filter(({ origin }) => origin === 'kubernetes').map(({ group }) => group),
);

/** The kind of an object, or the verdict where an API server of that release does not serve it. Its schema is loaded. */
export function servedKindOf(object: KubernetesObject, context: JudgeContext): ServedKind | Verdict {
  const ofContext = served.get(context);
  const word = `${object.apiVersion} ${object.kind}`;
  const known = ofContext?.get(word);
  if (known !== undefined) return known;
  const found = findServedKind(object, context);
  // What a definition brings may change while a run goes on, and a strategy may not be loaded yet.
  if (isVerdict(found) || found.custom !== undefined || found.strategy === undefined) return found;
  if (ofContext === undefined) served.set(context, new Map([[word, found]]));
  else ofContext.set(word, found);
  return found;
}

const served = new WeakMap<JudgeContext, Map<string, ServedKind>>();

function findServedKind(object: KubernetesObject, context: JudgeContext): ServedKind | Verdict {
  const gvk = groupVersionKindOf(object);
  const custom = context.customResources.find(gvk);
  const resource = resourceOf(gvk.group, gvk.kind);
  if (custom !== undefined && resource?.origin !== 'kubernetes') {
    return custom === 'unserved' || !custom.served ? notServed(object, gvk) : customKind(gvk, custom);
  }
  const release = context.release ?? PINNED_RELEASE;
  const version = resource?.versions.find((candidate) => candidate.version === gvk.version);
  if (resource === undefined || version === undefined) {
    return BUILT_IN_GROUPS.has(gvk.group) || resource !== undefined
      ? notServed(object, gvk)
      : unknown(`nothing here defines the kind ${quoteString(gvk.kind)} of ${quoteString(object.apiVersion)}`);
  }
  if (resource.origin === 'kubernetes' && !isServed(version, release)) return notServed(object, gvk);
  if (!resource.verbs.includes('create')) {
    return refused(405, 'MethodNotAllowed', 'the server does not allow this method on the requested resource', []);
  }
  const schema = schemaOf(gvk);
  if (schema === undefined) return unknown(`no schema of ${gvk.kind} ${object.apiVersion}`);
  const warning = deprecationWarning(gvk, release);
  const strategy = strategyFor(gvk, context.registry);
  return {
    kind: gvk,
    version: gvk.version,
    schema,
    namespaced: resource.scope === 'Namespaced',
    custom: undefined,
    strategy,
    warnings: warning === undefined ? [] : [warning],
    decode: (written, repeated) => readByItself(decodeStrictly(written, schema, repeated), strategy),
    metadataRules: (decoded) =>
      resource.origin === 'kubernetes' ? metadataRulesOf(gvk, decoded) : CUSTOM_RESOURCE_RULES,
  };
}

function readByItself(
  decoded: Decoded<KubernetesObject>,
  strategy: KindStrategy | undefined,
): Decoded<KubernetesObject> {
  const read = decoded.ok ? strategy?.readItself?.(decoded.object) : undefined;
  if (!decoded.ok || read === undefined) return decoded;
  return read.ok ? { ...decoded, object: read.object } : refusedByItself(read.path, read.message);
}

/** The strategy of a kind, where it can judge this version: the one it is written for, or one it can bring there. */
function strategyFor(gvk: GroupVersionKind, registry: KindRegistry): KindStrategy | undefined {
  const definition = registry.find(gvk);
  const strategy = strategyOf(definition ?? gvk);
  if (strategy === undefined || strategy.toHub !== undefined || definition === undefined) return strategy;
  if (definition.group !== gvk.group) return undefined;
  const isAlike = definition.version === gvk.version || ALIKE.has(`${gvk.group}/${gvk.version}`);
  return isAlike ? strategy : undefined;
}

/** Versions in which every kind has the fields, the defaults and the rules of the version that is judged. */
const ALIKE: ReadonlySet<string> = new Set([
  'batch/v1beta1',
  'coordination.k8s.io/v1beta1',
  'gateway.networking.k8s.io/v1beta1',
  'node.k8s.io/v1beta1',
  'policy/v1beta1',
  'rbac.authorization.k8s.io/v1beta1',
  'scheduling.k8s.io/v1beta1',
  'storage.k8s.io/v1beta1',
]);

function customKind(gvk: GroupVersionKind, custom: CustomResource): ServedKind | Verdict {
  const { schema, source, definition } = custom;
  if (schema === undefined || source === undefined)
    return unknown(`the definition of ${quoteString(gvk.kind)} says nothing of its fields`);
  const namespaced = custom.scope === 'Namespaced';
  // v1beta1 kept unknown fields where nothing was said.
  const keepsUnknown =
    booleanAt(definition, 'spec', 'preserveUnknownFields') ?? definition.apiVersion.endsWith('/v1beta1');
  const entry = arrayAt(definition, 'spec', 'versions').find((one) => stringAt(one, 'name') === gvk.version);
  return {
    kind: gvk,
    version: gvk.version,
    schema,
    namespaced,
    custom,
    strategy: customResourceStrategy({
      group: gvk.group,
      kind: gvk.kind,
      source,
      hasStatus: schema.ignoresStatus,
      scale: valueAt(entry, 'subresources', 'scale') ?? valueAt(definition, 'spec', 'subresources', 'scale'),
      metadataErrors: (object) =>
        validateObjectMeta(valueAt(object, 'metadata'), { ...CUSTOM_RESOURCE_RULES, namespaced }),
    }),
    warnings: [],
    decode: (written, repeated) => decodeCustomResource(written, source, keepsUnknown, repeated),
    metadataRules: () => CUSTOM_RESOURCE_RULES,
  };
}

/** kubectl's words: the server itself says only that it could not find the requested resource. */
function notServed(object: KubernetesObject, { kind }: GroupKind): Verdict {
  const message = `no matches for kind ${quoteString(kind)} in version ${quoteString(object.apiVersion)}`;
  return refused(404, 'NotFound', message, [{ path: ['apiVersion'], field: 'apiVersion', message }]);
}

export function isVerdict(answer: ServedKind | Verdict): answer is Verdict {
  return 'valid' in answer;
}
