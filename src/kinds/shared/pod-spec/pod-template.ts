import type { JsonObject, Path } from '../../../base/json.ts';
import { arrayAt, asName, objectAt, stringMapAt, valueAt } from '../../../base/json.ts';
import type { PodTemplateView } from '../../kind.ts';
import { shortImageName } from '../image-name.ts';

/** Where a kind keeps the template of its Pods: metadata and spec of a Pod stand right below. */
export const POD_TEMPLATE: Path = ['spec', 'template'];
/** A Pod is its own template. */
export const POD_ITSELF: Path = [];

/** The template of Pods at a path of an object; half-written ones without a spec are selected by their labels too. */
export function podTemplateAt(object: JsonObject, templatePath: Path): PodTemplateView | undefined {
  if (!objectAt(object, ...templatePath)) return undefined;
  const specPath = [...templatePath, 'spec'];
  const spec = objectAt(object, ...specPath) ?? {};
  const labelsPath = [...templatePath, 'metadata', 'labels'];
  return { labels: stringMapAt(object, ...labelsPath), spec, labelsPath, specPath };
}

/** The image of the first container, and how many containers there are besides: `web:1.4 +2`. */
export function podTemplateFact(object: JsonObject, templatePath: Path): string | undefined {
  const containers = arrayAt(object, ...templatePath, 'spec', 'containers');
  const image = asName(valueAt(containers[0], 'image'));
  if (image === undefined) return undefined;
  const short = shortImageName(image);
  return containers.length > 1 ? `${short} +${containers.length - 1}` : short;
}

const DNS_LABEL_MAX_LENGTH = 63;

/** A name as a DNS label, for containers and volumes that are named after an object: `my.config` is `my-config`. */
export function dnsLabel(name: string): string {
  const label = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9-]+/g, '-')
    .slice(0, DNS_LABEL_MAX_LENGTH)
    .replaceAll(/^-+|-+$/g, '');
  return label === '' ? 'main' : label;
}

/** The Pod spec of a new object: one container that starts and stays. */
export function newPodSpec(name: string): JsonObject {
  return { containers: [{ name: dnsLabel(name), image: NEW_IMAGE }] };
}

const NEW_IMAGE = 'nginx:1.27';

/** The labels by which a new workload finds its Pods. */
export function newLabels(name: string): JsonObject {
  return { app: dnsLabel(name) };
}

/** Selector and template of a new workload, which fit each other. */
export function newSelectorAndTemplate(name: string): { readonly selector: JsonObject; readonly template: JsonObject } {
  const labels = newLabels(name);
  return {
    selector: { matchLabels: labels },
    template: { metadata: { labels }, spec: newPodSpec(name) },
  };
}
