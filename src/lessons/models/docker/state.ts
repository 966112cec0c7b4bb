/** A process in a container; the first is the initial one. */
export interface ContainerProcess {
  readonly name: string;
  /** As it is seen inside. */
  readonly pid: number;
}

export interface DockerContainer {
  readonly name: string;
  readonly image: string;
  readonly host: string;
  readonly processes: readonly ContainerProcess[];
  /** MB by path that lie in its own layer. */
  readonly files: Readonly<Record<string, number>>;
  /** Volumes by the path at which they are mounted. */
  readonly mounts: Readonly<Record<string, string>>;
  /** Undefined while it runs. */
  readonly exitCode: number | undefined;
  readonly isHealthy: boolean;
}

export interface Volume {
  readonly name: string;
  readonly host: string;
  readonly files: Readonly<Record<string, number>>;
}

export interface DockerHost {
  readonly name: string;
  readonly isUp: boolean;
  readonly images: readonly string[];
}

export interface ComposedService {
  readonly name: string;
  readonly image: string;
  readonly mounts: Readonly<Record<string, string>>;
  /** Names of services, and what each must have come to. */
  readonly needs: readonly (readonly [service: string, condition: string])[];
  readonly hasHealthcheck: boolean;
}

export interface DockerState {
  readonly hosts: readonly DockerHost[];
  /** MB by reference. */
  readonly registry: Readonly<Record<string, number>>;
  readonly containers: readonly DockerContainer[];
  readonly volumes: readonly Volume[];
  readonly networks: readonly string[];
  readonly composeText: string;
  readonly services: readonly ComposedService[];
  /** What an orchestrator has to answer is being asked. */
  readonly isAsking: boolean;
  /** The daemon has said what it is made of. */
  readonly isVersionShown: boolean;
}

/** What has to be answered for many hosts, and no single one can. */
export const ORCHESTRATION = ['scale', 'recover', 'update', 'monitor', 'schedule', 'secure'] as const;

export function isRunning({ exitCode }: DockerContainer): boolean {
  return exitCode === undefined;
}
