import type { Behaviour } from '../../behaviour/behaviour.ts';
import type { ComponentId } from '../../component.ts';
import type { RuntimeContainer, Sandbox } from '../pod-runtime.ts';
import type { Load } from './load.ts';
import type { NetworkCall } from './network.ts';
import type { Exit } from './processes.ts';

export interface RuntimeSettings {
  readonly cni: ComponentId;
  readonly kubelet: ComponentId;
  /** What the processes answer to reviews of API servers. */
  readonly behaviours?: readonly Behaviour[];
}

export interface RuntimeState {
  readonly settings: RuntimeSettings;
  readonly sandboxes: Map<string, Sandbox>;
  readonly containers: Map<string, RuntimeContainer>;
  /** Bytes by image that is on the Node. */
  readonly images: Map<string, number>;
  readonly failedPulls: Map<string, number>;
  /** Calls that wait for the network plugin, by the id of the call to it. */
  readonly network: Map<number, NetworkCall>;
  /** Ends of frozen containers: they come when the container is let go on. */
  readonly held: Map<string, Exit>;
  /** Number of the newest plan for the end of each container: older ones do not hold any more. */
  readonly plans: Map<string, number>;
  /** What is wrong with the registry, by pattern of images. */
  readonly registry: Map<string, RegistryTrouble>;
  /** The network plugin has addresses to give. */
  isNetworkReady: boolean;
  /** The configuration of the network plugin is where it belongs. */
  hasNetworkConfig: boolean;
  /** How busy containers are with requests, by id. */
  readonly loads: Map<string, Load>;
  /** Calls that end a container and wait for it. */
  readonly stops: Map<string, { readonly id: number; readonly method: string }>;
}

/** The registry cannot be reached, does not know an image, or is slow. */
export interface RegistryTrouble {
  readonly mode: 'down' | 'unknown' | 'slow';
}

/** What a Node that was switched off still has. */
export interface RuntimeDisk {
  readonly isNetworkReady: boolean;
  readonly sandboxes: readonly Sandbox[];
  readonly containers: readonly RuntimeContainer[];
  readonly images: readonly (readonly [string, number])[];
}
