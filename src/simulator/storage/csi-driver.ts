/** A storage driver of the cluster, of which the kubelets know how many volumes a Node can have. */
export interface CsiDriver {
  /** `ebs.csi.aws.com`. */
  readonly name: string;
  /** How many of its volumes one Node can have; any number where left out. */
  readonly volumesPerNode?: number;
}

/**
 * Method with which a kubelet asks a driver that has registered for its Node.
 * Source: github.com/container-storage-interface/spec spec.md `NodeGetInfo`, v1.11.
 */
export const NODE_GET_INFO = 'NodeGetInfo';
