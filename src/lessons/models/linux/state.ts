/** Kinds of Linux namespaces. Source: namespaces(7), man-pages 6.9. */
export const LINUX_NAMESPACES = ['mnt', 'pid', 'uts', 'ipc', 'net', 'user', 'cgroup', 'time'] as const;
export type LinuxNamespace = (typeof LINUX_NAMESPACES)[number];

/** CPU time is given out in periods of so many microseconds. Source: `cpu.max`, Control Group v2, Linux 6.12. */
export const PERIOD_US = 100_000;
/** A process that a signal ended has 128 more than the signal's number as its exit code, and SIGKILL is 9. Source: bash(1). */
export const KILLED_EXIT_CODE = 128 + 9;

export interface Process {
  readonly name: string;
  /** As the host sees it. */
  readonly pid: number;
  readonly command: string;
  /** Its own Linux namespaces; the others are the host's. */
  readonly own: readonly LinuxNamespace[];
  /** What it sees as `/`. */
  readonly root: string;
  readonly threads: number;
  /** CPU that it would use if it had it all to itself, in millicores. */
  readonly wantsCpuMilli: number;
  readonly memoryMiB: number;
  readonly listensOn: number | undefined;
  readonly cpuLimitMilli: number | undefined;
  readonly memoryLimitMiB: number | undefined;
  /** Undefined while it runs. */
  readonly exitCode: number | undefined;
  /** Why it is gone. */
  readonly killedBy: string | undefined;
}

export interface LinuxState {
  readonly hostname: string;
  readonly cpuMilli: number;
  readonly memoryMiB: number;
  readonly files: readonly string[];
  readonly processes: readonly Process[];
  /** From which process it is looked at; from the host where left out. */
  readonly viewer: string | undefined;
  readonly nextPid: number;
  /** Why the newest attempt failed. */
  readonly refusal: string;
}

export function isAlive({ exitCode }: Process): boolean {
  return exitCode === undefined;
}

/**
 * What each process gets of the CPU, in millicores: threads share evenly, nobody gets more than it wants or than its
 * cgroup may have, and what somebody leaves is shared out anew.
 */
export function cpuShares({ processes, cpuMilli }: LinuxState): ReadonlyMap<string, number> {
  const shares = new Map(processes.map(({ name }) => [name, 0]));
  let hungry = processes.filter((process) => isAlive(process) && mostCpu(process) > 0);
  let left = cpuMilli;
  while (hungry.length > 0 && left > 0) {
    const threads = hungry.reduce((sum, process) => sum + process.threads, 0);
    const each = left / threads;
    const sated = hungry.filter((process) => mostCpu(process) <= each * process.threads);
    // Nobody is sated: all that is left is shared out, and that is the end.
    for (const process of sated.length > 0 ? sated : hungry)
      shares.set(process.name, sated.length > 0 ? mostCpu(process) : each * process.threads);
    if (sated.length === 0) break;
    left -= sated.reduce((sum, process) => sum + mostCpu(process), 0);
    hungry = hungry.filter((process) => !sated.includes(process));
  }
  return new Map([...shares].map(([name, share]) => [name, Math.round(share)]));
}

function mostCpu({ wantsCpuMilli, cpuLimitMilli = Infinity }: Process): number {
  return Math.min(wantsCpuMilli, cpuLimitMilli);
}

/** Whether the kernel makes it wait though it wants on: it has had all that its cgroup may have. */
export function isThrottled(process: Process, share: number): boolean {
  return (
    process.cpuLimitMilli !== undefined &&
    process.wantsCpuMilli > process.cpuLimitMilli &&
    share >= process.cpuLimitMilli
  );
}

/** What a process sees, computed from its Linux namespaces and its root. */
export interface View {
  readonly pid: number;
  readonly processes: readonly { readonly pid: number; readonly name: string }[];
  readonly files: readonly string[];
  readonly hostname: string;
  readonly interfaces: readonly string[];
  readonly user: string;
}

export function viewOf(state: LinuxState, viewer: Process | undefined): View {
  const has = (name: LinuxNamespace): boolean => viewer?.own.includes(name) ?? false;
  const living = state.processes.filter(isAlive);
  const root = viewer?.root ?? '/';
  const seen = viewer !== undefined && has('pid') ? [viewer] : living;
  return {
    pid: viewer === undefined ? 0 : has('pid') ? 1 : viewer.pid,
    processes: seen.map((process) => ({ pid: process === viewer && has('pid') ? 1 : process.pid, name: process.name })),
    files: state.files
      .filter((path) => root === '/' || path.startsWith(`${root}/`))
      .map((path) => (root === '/' ? path : path.slice(root.length))),
    hostname: viewer !== undefined && has('uts') ? viewer.name : state.hostname,
    interfaces: has('net') ? ['lo', 'eth0 (veth)'] : ['lo', 'eth0'],
    user: has('user') ? 'root (host: 100000)' : 'root',
  };
}
