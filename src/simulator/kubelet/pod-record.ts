import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { JsonObject } from '../../base/json.ts';
import type { RuntimeContainer, Sandbox } from './runtime.ts';

/** What the kubelet knows of one Pod of its Node. */
export interface PodRecord {
  readonly uid: string;
  readonly key: string;
  pod: KubernetesObject;
  /** When the kubelet first saw it. */
  readonly startTime: string;
  sandbox: Sandbox | undefined;
  /** The newest container of each name. */
  readonly containers: Map<string, ContainerRecord>;
  /** A step is under way: the next is looked for when it is done. */
  isBusy: boolean;
  /** How many containers are being stopped. */
  stopping: number;
  /** All its containers are being stopped, or have been. */
  isTerminating: boolean;
  /** Nothing of it is left on the Node. */
  isGone: boolean;
  /** Objects that its volumes need and that have been read. */
  readonly volumes: Set<string>;
  /** How often a volume could not be mounted. */
  mountFailures: number;
  /** Requests for them that have no answer yet. */
  mounting: number;
  hasVolumes: boolean;
  /** The status as it was last made, and whether it has been sent. */
  status: JsonObject;
  isSending: boolean;
  isDirty: boolean;
}

export interface ContainerRecord {
  /** Undefined before the first is made. */
  container: RuntimeContainer | undefined;
  last: RuntimeContainer | undefined;
  waiting: { readonly reason: string; readonly message?: string } | undefined;
  /** Not started before this moment, and how long after the next end or failure. */
  retryAtMs: number;
  backoffMs: number;
  /** The container for which the outcome of the probes is known. */
  planned: string | undefined;
  isStarted: boolean;
  isReady: boolean;
}

export function containerRecord(): ContainerRecord {
  return {
    container: undefined,
    last: undefined,
    waiting: undefined,
    retryAtMs: 0,
    backoffMs: 0,
    planned: undefined,
    isStarted: false,
    isReady: false,
  };
}
