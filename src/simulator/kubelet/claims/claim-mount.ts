import type { KubernetesObject } from '../../../apimachinery/object.ts';

/**
 * How far a volume of a Pod that is a claim has come:
 * `reading` (the claim, its volume and its driver are asked for) → `attaching` (the Node is to list it as in use, and the
 * attach/detach controller as attached) → `checking` (the VolumeAttachment is looked at) → `staging` → `publishing` → `mounted`.
 */
export interface ClaimMount {
  readonly phase:
    | 'reading'
    | 'failed'
    | 'attaching'
    | 'checking'
    | 'staging'
    | 'publishing'
    | 'mounted'
    | 'unpublishing';
  readonly volume?: KubernetesObject;
  /** Its unique name, where it is of a driver. */
  readonly device?: string;
  /** The volume was larger than its file system when the claim was read. */
  readonly grows?: true;
}

/** A volume of a driver on a Node; immutable. */
export interface Device {
  readonly driver: string;
  readonly handle: string;
  /** Name of the PersistentVolume. */
  readonly volume: string;
  readonly stage: 'no' | 'staging' | 'staged' | 'unstaging';
  /** Pods that use it, by uid. */
  readonly pods: readonly string[];
  /** Only one Pod may: ReadWriteOncePod. */
  readonly isForOnePod: boolean;
}
