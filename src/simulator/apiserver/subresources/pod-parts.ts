import type { FieldError } from '../../../apimachinery/field-error.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { isKubernetesObject, nameOf } from '../../../apimachinery/object.ts';
import type { JsonObject, JsonValue } from '../../../base/json.ts';
import { arrayAt, asObject, nameAt, numberAt, objectAt, valueAt } from '../../../base/json.ts';
import { isVerdict, servedKindOf } from '../../../kinds/served-kind.ts';
import { validateObjectMetaUpdate } from '../../../kinds/shared/validation/object-meta.ts';
import { validatePodEphemeralContainersUpdate } from '../../../kinds/shared/pod-spec/validation/pod-ephemeral-containers.ts';
import { validatePodResize } from '../../../kinds/shared/pod-spec/validation/pod-resize.ts';
import { podValidationOptions } from '../../../kinds/shared/pod-spec/validation/pod-validation-options-of.ts';
import type { PodValidationOptions } from '../../../kinds/shared/pod-spec/validation/pod-validation-options.ts';
import { semanticEqual } from '../../../kinds/shared/validation/semantic-equal.ts';
import { invalidObject } from '../../../kinds/verdict.ts';
import { admit } from '../admission.ts';
import { kindsOf } from '../custom-resources/known-kinds.ts';
import { judgeRequest } from '../judging.ts';
import { refusalOf } from '../refusal-of.ts';
import { withOwnership } from '../managed-fields.ts';
import { storageKeyOf } from '../served-resources.ts';
import { badRequest, isRefusal, notFound } from '../status.ts';
import type { Refusal } from '../status.ts';
import type { PreparedWrite } from '../state.ts';
import type { Subresource } from '../subresources.ts';
import { patchedObject } from '../verbs/patch.ts';
import { sameButVersion, staleVersion } from '../verbs/update.ts';
import type { Found, WriteRequest } from '../write-verbs.ts';

/** A part of a Pod's spec that is written through a URL of its own. */
interface PodPart {
  readonly subresource: string;
  /** The old Pod with nothing taken from the new one but that part. */
  keep(spec: JsonObject, old: JsonObject): JsonObject;
  validate(pod: JsonValue, old: JsonValue, options: PodValidationOptions): readonly FieldError[];
}

/** Source: pkg/registry/core/pod/strategy.go `podResizeStrategy`, 1.36. */
export const resize: Subresource = subresourceFor({
  subresource: 'resize',
  keep(spec, old) {
    const lists = ['containers', 'initContainers'] as const;
    // What adds, removes or renames a container is left as it is: validation says no to it.
    if (lists.some((list) => arrayAt(spec, list).length !== arrayAt(old, list).length)) return spec;
    const kept: Record<string, JsonValue | undefined> = { ...old, resources: spec['resources'] };
    if (spec['resources'] === undefined) delete kept['resources'];
    for (const list of lists)
      if (spec[list] !== undefined) kept[list] = resized(arrayAt(spec, list), arrayAt(old, list));
    return kept;
  },
  validate: validatePodResize,
});

function resized(containers: readonly JsonValue[], old: readonly JsonValue[]): readonly JsonValue[] {
  if (containers.some((container, index) => nameAt(container, 'name') !== nameAt(old[index], 'name')))
    return containers;
  return old.map((before, index) => {
    const { resources: _, resizePolicy: __, ...rest } = asObject(before) ?? {};
    const [resources, resizePolicy] = [
      valueAt(containers[index], 'resources'),
      valueAt(containers[index], 'resizePolicy'),
    ];
    return {
      ...rest,
      ...(resources === undefined ? {} : { resources }),
      ...(resizePolicy === undefined ? {} : { resizePolicy }),
    };
  });
}

/** Source: pkg/registry/core/pod/strategy.go `podEphemeralContainersStrategy`, 1.36. */
export const ephemeralContainers: Subresource = subresourceFor({
  subresource: 'ephemeralcontainers',
  keep(spec, old) {
    const { ephemeralContainers: _, ...rest } = old;
    const added = spec['ephemeralContainers'];
    return added === undefined ? rest : { ...rest, ephemeralContainers: added };
  },
  validate: validatePodEphemeralContainersUpdate,
});

function subresourceFor(part: PodPart): Subresource {
  return {
    subresource: part.subresource,
    resources: ['pods'],
    verbs: {
      update(write) {
        const { request, resource, current } = write;
        if (!isKubernetesObject(request.body)) return badRequest('no object in the body of the request');
        if (current === undefined) return notFound(resource, request.name ?? '');
        return staleVersion(write, request.body, current) ?? written(write, request.body, current, part);
      },
      patch(write) {
        const { request, resource, current } = write;
        if (current === undefined) return notFound(resource, request.name ?? '');
        const patched = patchedObject(write, current.object);
        return isRefusal(patched) ? patched : written(write, patched, current, part);
      },
    },
  };
}

function written(
  write: WriteRequest,
  body: KubernetesObject,
  current: Found,
  { keep, validate }: PodPart,
): PreparedWrite | Refusal {
  const { server, request, resource } = write;
  const old = current.object;
  const decoded = judgeRequest(server, request, body);
  if (isRefusal(decoded)) return decoded;
  const { strategy } = decoded.served;
  const sent = strategy?.setDefaults(decoded.object) ?? decoded.object;
  const spec = keep(objectAt(sent, 'spec') ?? {}, objectAt(old, 'spec') ?? {});
  const changed = withGeneration({ ...old, spec }, old);
  const served = servedKindOf(old, kindsOf(server.state));
  if (isVerdict(served)) return badRequest(served.message);
  const owned = withOwnership(server, request, served, old, changed);
  const admitted = admit(server, request, 'UPDATE', owned, old);
  if (isRefusal(admitted)) return admitted;
  const { object } = admitted;
  const metadata = [object, old].map((pod) => valueAt(pod, 'metadata'));
  const errors = [
    ...validateObjectMetaUpdate(metadata[0], metadata[1], { standardFinalizers: false }),
    ...validate(object, old, podValidationOptions(old)),
  ];
  if (errors.length > 0) return refusalOf(invalidObject(served.kind, nameOf(object), errors));
  const validated = admitted.validate(object);
  if (isRefusal(validated)) return validated;
  const base = {
    key: storageKeyOf(resource, object),
    value: Object.freeze(object),
    expectedRevision: current.revision,
    code: 200,
    warnings: [...admitted.warnings, ...validated.warnings],
    ...(validated.quota === undefined ? {} : { quota: validated.quota }),
  } as const;
  return sameButVersion(object, old) ? { ...base, isUnchanged: true, answer: old } : base;
}

/** Source: pkg/registry/core/pod/strategy.go `updatePodGeneration`, 1.36. */
function withGeneration(pod: KubernetesObject, old: KubernetesObject): KubernetesObject {
  if (semanticEqual(valueAt(pod, 'spec'), valueAt(old, 'spec'))) return pod;
  const generation = (numberAt(old, 'metadata', 'generation') ?? 0) + 1;
  return { ...pod, metadata: { ...objectAt(pod, 'metadata'), generation } };
}
