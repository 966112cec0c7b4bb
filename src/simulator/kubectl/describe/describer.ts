import type { KubernetesObject } from '../../../apimachinery/object.ts';
import type { DescribeWriter } from './writer.ts';

/** What a list is asked for. */
export interface ListQuery {
  /** `pods`, `replicasets.apps`. */
  readonly resource: string;
  readonly namespace?: string;
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
}

/** What a describer has to go by, beside the object. */
export interface DescribeContext {
  /** Milliseconds since 1970. */
  readonly nowMs: number;
  get(resource: string, namespace: string | undefined, name: string): KubernetesObject | { readonly error: string };
  list(query: ListQuery): readonly KubernetesObject[];
  /** Events about the object, by kubectl's search; undefined where none are wanted. */
  events(): readonly KubernetesObject[] | undefined;
}

/** How one kind is described. Source of all: staging/src/k8s.io/kubectl/pkg/describe/describe.go, 1.36. */
export type Describer = (w: DescribeWriter, object: KubernetesObject, context: DescribeContext) => void;
