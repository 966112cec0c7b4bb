import type { KubernetesObject } from '../apimachinery/object.ts';
import { arrayAt, isJsonObject, objectAt } from '../base/json.ts';
import { metadataOnly } from '../simulator/apiserver/table.ts';
import { gone, statusOf } from '../simulator/apiserver/status.ts';
import type { ApiCall } from '../simulator/client/api-client.ts';
import type { WatchEvents } from '../simulator/messages.ts';
import type { Wanted } from './accept.ts';

const INITIAL_END = 'k8s.io/initial-events-end';

/**
 * What a message of a watch is in its stream: a JSON document a line.
 * Source: staging/src/k8s.io/apiserver/pkg/endpoints/handlers/watch.go, 1.36.
 */
export function watchLines(call: ApiCall, form: Wanted, message: WatchEvents): readonly string[] {
  const { options = {} } = call;
  const shown = (object: KubernetesObject) => (form === 'metadata' ? metadataOf(object) : object);
  const lines = initialObjects(call, message).map((object) => line('ADDED', shown(object)));
  for (const { type, object } of message.events) lines.push(line(type, shown(object)));
  if (message.ended === 410) lines.push(line('ERROR', statusOf(gone('too old resource version'))));
  const isInitialEnd = message.isInitialEnd === true && options.sendInitialEvents === true;
  const isBookmark = message.events.length === 0 && message.ended === undefined && message.isInitialEnd !== true;
  if (options.allowWatchBookmarks === true && (isInitialEnd || isBookmark)) {
    const annotations = isInitialEnd ? { annotations: { [INITIAL_END]: 'true' } } : {};
    const { group, version } = call.resource;
    const metadata = { resourceVersion: String(message.revision), creationTimestamp: null, ...annotations };
    lines.push(
      line('BOOKMARK', {
        kind: bookmarkKind(message),
        apiVersion: group === '' ? version : `${group}/${version}`,
        metadata,
      }),
    );
  }
  return lines;
}

/** A watch of everything is given the cache itself first, where it begins with what is there. */
function initialObjects({ options = {} }: ApiCall, message: WatchEvents): readonly KubernetesObject[] {
  const { sendInitialEvents, resourceVersion = '' } = options;
  const isInitial = sendInitialEvents ?? (resourceVersion === '' || resourceVersion === '0');
  const isFirst = message.isInitialEnd === true && isInitial && message.events.length === 0;
  return isFirst ? (message.view?.list() ?? []) : [];
}

function bookmarkKind({ events, view }: WatchEvents): string {
  return events[0]?.object.kind ?? view?.list()[0]?.kind ?? 'PartialObjectMetadata';
}

function line(type: string, object: object): string {
  return `${JSON.stringify({ type, object })}\n`;
}

/** An object, or each of a list, without all but its metadata. */
export function metadataOf(body: KubernetesObject): KubernetesObject {
  if (body.kind === 'Status') return body;
  if (body['items'] === undefined) return metadataOnly(body) as KubernetesObject;
  const items = arrayAt(body, 'items').filter(isJsonObject) as readonly unknown[] as readonly KubernetesObject[];
  return {
    kind: 'PartialObjectMetadataList',
    apiVersion: 'meta.k8s.io/v1',
    metadata: objectAt(body, 'metadata') ?? {},
    items: items.map(metadataOnly),
  };
}
