/** What a piece of work costs this process. */
export interface Cost {
  /** Seconds of processor time, with those of the collector of garbage. */
  readonly cpuSeconds: number;
  readonly wallSeconds: number;
}

export async function costOf(work: () => void | Promise<void>): Promise<Cost> {
  const [cpu, wall] = [process.cpuUsage(), performance.now()];
  await work();
  const { user, system } = process.cpuUsage(cpu);
  return { cpuSeconds: (user + system) / 1e6, wallSeconds: (performance.now() - wall) / 1000 };
}

/** The most memory that this process held, in megabytes. */
export function peakMegabytes(): number {
  return process.resourceUsage().maxRSS / 1000;
}
