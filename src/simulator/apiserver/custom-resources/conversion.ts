import type { WebhookAnswer, WebhookCall } from '../../../admission/webhooks/webhook-call.ts';
import { formatApiVersion, parseApiVersion } from '../../../apimachinery/group-version-kind.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf } from '../../../apimachinery/object.ts';
import { kindInWords } from '../../../apimachinery/patch/server-side-apply/endpoint.ts';
import { arrayAt, booleanAt, objectAt, stringAt } from '../../../base/json.ts';
import { prune } from '../../../kinds/shared/custom-resource/prune.ts';
import { schemaOfVersion, structuralSchema } from '../../../kinds/shared/custom-resource/structural-schema.ts';
import { isVerdict, servedKindOf } from '../../../kinds/served-kind.ts';
import type { ServedResource } from '../served-resources.ts';
import { newUid } from '../new-metadata.ts';
import type { ApiServerState, Server } from '../state.ts';
import { isRefusal } from '../status.ts';
import type { Refusal } from '../status.ts';
import { checkedConversion, conversionReview, convertedObjects } from './conversion-review.ts';
import { definitionOf, kindsOf } from './known-kinds.ts';

/** An object as it is read in a version of its resource. A webhook that has to be asked first is called by `server.run`. */
export function inVersionOf(
  server: Server,
  resource: ServedResource,
  object: KubernetesObject,
  version: string,
): KubernetesObject | Refusal {
  return allInVersionOf(server, resource, [object], version)[0]!;
}

/** The same of many: all webhooks are called at once. */
export function allInVersionOf(
  server: Server,
  resource: ServedResource,
  objects: readonly KubernetesObject[],
  version: string,
): readonly (KubernetesObject | Refusal)[] {
  const { state } = server;
  const apiVersion = formatApiVersion(resource.group, version);
  const isOther = (object: KubernetesObject): boolean =>
    object.apiVersion !== apiVersion && parseApiVersion(object.apiVersion).group === resource.group;
  if (!objects.some(isOther)) return objects;
  const definition = definitionOf(state, resource);
  const source = definition && schemaOfVersion(definition, version);
  const pruned = (object: KubernetesObject): KubernetesObject =>
    Object.freeze(source === undefined ? object : prune(object, structuralSchema(source), true).value);
  if (definition !== undefined && isByWebhook(definition)) {
    const by = askToConvert(server, definition, objects.filter(isOther), apiVersion);
    return objects.map((object) => {
      if (!isOther(object)) return object;
      const made = by.get(object)!;
      return isRefusal(made) ? made : pruned(made);
    });
  }
  return objects.map((object) => {
    if (!isOther(object)) return object;
    // Without a webhook a conversion changes the apiVersion alone, and the schema of the version says what is left of the rest.
    if (definition !== undefined) return pruned({ ...object, apiVersion });
    const served = servedKindOf({ ...object, apiVersion }, kindsOf(state));
    return (isVerdict(served) ? undefined : served.strategy?.fromHub?.(object, apiVersion)) ?? object;
  });
}

/** Source: staging/src/k8s.io/apiextensions-apiserver/pkg/apiserver/conversion/nop_converter.go, converter.go, 1.36. */
function isByWebhook(definition: KubernetesObject): boolean {
  return (stringAt(definition, 'spec', 'conversion', 'strategy') ?? 'None') !== 'None';
}

/** The object as etcd keeps it: a custom resource in the version that its definition stores. */
export function asStored(
  server: Server,
  resource: ServedResource,
  object: KubernetesObject,
): KubernetesObject | Refusal {
  const version = storageVersionOf(definitionOf(server.state, resource));
  return version === undefined ? object : inVersionOf(server, resource, object, version);
}

/** Whether etcd keeps an object in another version than the one in which it would be kept now. */
export function isStoredOtherwise(state: ApiServerState, resource: ServedResource, stored: KubernetesObject): boolean {
  const version = storageVersionOf(definitionOf(state, resource));
  return version !== undefined && stored.apiVersion !== formatApiVersion(resource.group, version);
}

function storageVersionOf(definition: KubernetesObject | undefined): string | undefined {
  const version = arrayAt(definition, 'spec', 'versions').find((entry) => booleanAt(entry, 'storage') === true);
  return stringAt(version, 'name');
}

/** How long the client of a conversion waits, in seconds. Source: pkg/util/webhook/authentication.go, 1.36.2. */
const TIMEOUT_SECONDS = 30;

/**
 * Asks the webhook of a definition for each object, as one is read from etcd after another.
 * Source: staging/src/k8s.io/apiextensions-apiserver/pkg/apiserver/conversion/webhook_converter.go `Convert`, 1.36.2.
 */
function askToConvert(
  server: Server,
  definition: KubernetesObject,
  objects: readonly KubernetesObject[],
  apiVersion: string,
): ReadonlyMap<KubernetesObject, KubernetesObject | Refusal> {
  const { run, context } = server;
  const webhook = objectAt(definition, 'spec', 'conversion', 'webhook');
  const versions = arrayAt(webhook, 'conversionReviewVersions').map(String);
  const made = new Map<KubernetesObject, KubernetesObject | Refusal>();
  const calls: { readonly object: KubernetesObject; readonly uid: string; readonly call: WebhookCall }[] = [];
  for (const object of objects) {
    const key = `conversion/${stringAt(object, 'metadata', 'uid')}/${stringAt(object, 'metadata', 'resourceVersion')}/${object.apiVersion}/${apiVersion}`;
    const uid = run === undefined ? '' : run.once(`uid/${key}`, () => newUid(context));
    const review = conversionReview(versions, [object], apiVersion, uid);
    if (typeof review === 'string') made.set(object, plain(review));
    else
      calls.push({
        object,
        uid,
        call: {
          key,
          configuration: nameOf(definition),
          webhook: `conversion_webhook_for_${nameOf(definition)}`,
          clientConfig: objectAt(webhook, 'clientConfig') ?? {},
          timeoutSeconds: TIMEOUT_SECONDS,
          review,
        },
      });
  }
  const answers = run?.call(calls.map(({ call }) => call)) ?? [];
  for (const [index, { object, uid, call }] of calls.entries()) {
    const answer = answers[index];
    const words = answer === undefined ? 'nobody asked' : conversionOf(object, answer, uid, call, apiVersion);
    made.set(
      object,
      typeof words === 'string'
        ? plain(`conversion webhook for ${kindInWords(object.apiVersion, object.kind)} ${words}`)
        : words,
    );
  }
  return made;
}

/** The object as the webhook gives it, or what is told of its failure. */
function conversionOf(
  object: KubernetesObject,
  answer: WebhookAnswer,
  uid: string,
  { review }: WebhookCall,
  apiVersion: string,
): KubernetesObject | string {
  if ('error' in answer) return `failed: ${answer.error}`;
  const objects = convertedObjects(uid, answer.body, stringAt(review, 'apiVersion') ?? '');
  if (typeof objects === 'string') return `failed: ${objects}`;
  if (objects.length !== 1) return `returned ${objects.length} objects, expected 1`;
  return checkedConversion(object, objects[0], apiVersion);
}

/** An error of Go that is no Status. */
function plain(message: string): Refusal {
  return { code: 500, reason: '', message };
}
