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

export const PIPELINE_STAGES = ['commit', 'build', 'test', 'push', 'apply'] as const;
export type PipelineStage = (typeof PIPELINE_STAGES)[number];

/** The same servers a second time, elsewhere. */
export interface Site {
  readonly name: string;
  readonly image: string;
  readonly servers: number;
}

export interface ServersState {
  readonly hand: readonly HandServer[];
  readonly registry: readonly ServerImage[];
  readonly instances: readonly Instance[];
  /** How many instances were ever started: names are not used twice. */
  readonly started: number;
  /** How far the newest commit is on its way. */
  readonly pipeline:
    | { readonly ref: string; readonly done: readonly PipelineStage[]; readonly failed: PipelineStage | undefined }
    | undefined;
  readonly sites: readonly Site[];
}

/**
 * What has been seen of the four key points of the notes: images that have all in them, servers that are started beside
 * others, servers that were made and taken away with nobody logging in, and the whole set up a second time.
 */
export function pointsShown({ registry, started, hand, instances, sites }: ServersState): readonly string[] {
  const seen = {
    image: registry.length > 1,
    deploy: started > hand.length,
    automation: started > instances.length,
    copy: sites.length > 0,
  };
  return Object.entries(seen).flatMap(([point, isSeen]) => (isSeen ? [point] : []));
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
