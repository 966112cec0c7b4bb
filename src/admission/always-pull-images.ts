import { formatFieldError, notSupported } from '../apimachinery/field-error.ts';
import type { KubernetesObject } from '../apimachinery/object.ts';
import { ValidationPath } from '../apimachinery/validation-path.ts';
import { arrayAt, asObject, objectAt, stringAt } from '../base/json.ts';
import { CONTAINER_LISTS } from '../kinds/shared/pod-spec/containers.ts';
import type { AdmissionPlugin } from './admission-plugin.ts';
import type { AdmissionRequest } from './admission-request.ts';
import { isFor } from './admission-request.ts';
import { aggregateMessage, forbidden, plainError } from './answer.ts';
import { withFields } from './edit-object.ts';
import { containersIn, mapContainers } from './pod-containers.ts';

/**
 * Every image is pulled anew, so that nobody runs what another was allowed to pull. Off by default.
 * Source: plugin/pkg/admission/alwayspullimages/admission.go, 1.36.
 */
export const alwaysPullImages: AdmissionPlugin = {
  name: 'AlwaysPullImages',
  operations: ['CREATE', 'UPDATE'],
  admit(request) {
    const { object } = request;
    if (object === undefined || isIgnored(request, object)) return undefined;
    const pod = mapContainers(object, CONTAINER_LISTS, (container) => ({ ...container, imagePullPolicy: ALWAYS }));
    const volumes = arrayAt(pod, 'spec', 'volumes');
    if (!volumes.some((volume) => objectAt(volume, 'image'))) return { object: pod };
    const pulled = volumes.map((volume) => {
      const image = objectAt(volume, 'image');
      return image === undefined ? volume : { ...asObject(volume), image: { ...image, pullPolicy: ALWAYS } };
    });
    return { object: withFields(pod, ['spec'], { volumes: pulled }) };
  },
  validate(request) {
    const { object } = request;
    if (object === undefined || isIgnored(request, object)) return undefined;
    const wrong = policiesOf(object).filter(({ policy }) => policy !== ALWAYS);
    if (wrong.length === 0) return undefined;
    const words = wrong.map(({ path, policy }) => formatFieldError(notSupported(path, policy, [ALWAYS])));
    // Upstream puts refusals into one list, which makes them an error without a status.
    return plainError(aggregateMessage(words.map((word) => forbidden(request, word).message)), {
      field: wrong[0]!.path.steps,
    });
  },
};

const ALWAYS = 'Always';

interface PullPolicy {
  readonly path: ValidationPath;
  readonly policy: string;
}

function policiesOf(pod: KubernetesObject): readonly PullPolicy[] {
  const spec = ValidationPath.of('spec');
  return [
    ...CONTAINER_LISTS.flatMap((list) =>
      containersIn(pod, list).map((container, index) => ({
        path: spec.child(list).index(index).child('imagePullPolicy'),
        policy: stringAt(container, 'imagePullPolicy') ?? '',
      })),
    ),
    ...arrayAt(pod, 'spec', 'volumes').flatMap((volume, index) => {
      const image = objectAt(volume, 'image');
      if (image === undefined) return [];
      const path = spec.child('volumes').index(index).child('image', 'pullPolicy');
      return [{ path, policy: stringAt(image, 'pullPolicy') ?? '' }];
    }),
  ];
}

/** An update that brings no new image is let alone. */
function isIgnored(request: AdmissionRequest, pod: KubernetesObject): boolean {
  if (!isFor(request, 'pods')) return true;
  if (request.operation !== 'UPDATE' || request.oldObject === undefined) return false;
  const before = new Set(imagesOf(request.oldObject));
  return imagesOf(pod).every((image) => before.has(image));
}

function imagesOf(pod: KubernetesObject): readonly string[] {
  return CONTAINER_LISTS.flatMap((list) =>
    containersIn(pod, list).map((container) => stringAt(container, 'image') ?? ''),
  );
}
