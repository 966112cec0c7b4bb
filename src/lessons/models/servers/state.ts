import { digestOf } from '../digest.ts';

/** Versions of what is installed, by name. */
export type Packages = Readonly<Record<string, string>>;

/** A server that somebody looks after by hand. */
export interface HandServer {
  readonly name: string;
  readonly packages: Packages;
}

export interface ServerImage {
  /** `web:1.1`. */
  readonly ref: string;
  readonly packages: Packages;
  /** Whether what runs from it answers its health check. */
  readonly works: boolean;
}

/** A server that was started from an image, and is never changed. */
export interface Instance {
  readonly name: string;
  readonly image: string;
  readonly health: 'starting' | 'healthy' | 'unhealthy';
  /** The load balancer sends it users. */
  readonly serves: boolean;
}

export interface ServersState {
  readonly hand: readonly HandServer[];
  readonly registry: readonly ServerImage[];
  readonly instances: readonly Instance[];
  /** How many instances were ever started: names are not used twice. */
  readonly started: number;
}

/** Two servers with the same packages in the same versions have the same digest. */
export function digestOfPackages(packages: Packages): string {
  return digestOf(
    Object.keys(packages)
      .sort()
      .map((name) => `${name}=${packages[name]}`)
      .join('\n'),
  );
}

export function imageOf({ registry }: ServersState, ref: string): ServerImage | undefined {
  return registry.find((image) => image.ref === ref);
}

/** Digests of the servers kept by hand, and of the instances. */
export function digestsOf(state: ServersState): {
  readonly hand: readonly string[];
  readonly instances: readonly string[];
} {
  return {
    hand: state.hand.map(({ packages }) => digestOfPackages(packages)),
    instances: state.instances.map(({ image }) => digestOfPackages(imageOf(state, image)?.packages ?? {})),
  };
}
