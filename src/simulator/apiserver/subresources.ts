import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { ApiVerb } from '../messages.ts';
import { approval } from './subresources/approval.ts';
import { binding } from './subresources/binding.ts';
import { eviction } from './subresources/eviction.ts';
import { finalize } from './subresources/finalize.ts';
import { ephemeralContainers, resize } from './subresources/pod-parts.ts';
import { scale } from './subresources/scale.ts';
import { token } from './subresources/token.ts';
import { status } from './subresources/status.ts';
import type { WriteVerb } from './write-verbs.ts';

/** A part of an object that has a URL of its own. */
export interface Subresource {
  readonly subresource: string;
  /** As `ServedResource.qualified`; `*` for every resource. */
  readonly resources: '*' | readonly string[];
  /** What a GET shows of the object; the object itself where left out. `definition` is that of a custom resource. */
  read?(object: KubernetesObject, definition?: KubernetesObject): KubernetesObject;
  /** What it writes rests on what etcd holds, not on the cache. */
  readonly readsFirst?: boolean;
  readonly verbs: Readonly<Partial<Record<ApiVerb, WriteVerb>>>;
}

/** The first that fits a request handles it. */
const SUBRESOURCES: readonly Subresource[] = [
  approval,
  binding,
  ephemeralContainers,
  eviction,
  finalize,
  resize,
  scale,
  token,
  status,
];

/** The subresource that a request is for; undefined for the object itself, and for one that nobody serves. */
export function subresourceOf(name: string | undefined, qualified: string): Subresource | undefined {
  return SUBRESOURCES.find(
    ({ resources, subresource }) => subresource === name && (resources === '*' || resources.includes(qualified)),
  );
}
