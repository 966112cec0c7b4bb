/** Something that judges look at, key by key, and that can say since when a key is as it is. */
export class Source {
  /** Revision of the newest change of any key. */
  latest = 0;
  private readonly changedAt = new Map<string, number>();

  touch(key: string, revision: number): void {
    this.latest = revision;
    this.changedAt.set(key, revision);
  }

  /** Whether a key changed after a revision. */
  isNewer(key: string, revision: number): boolean {
    return this.latest > revision && (this.changedAt.get(key) ?? 0) > revision;
  }
}

/** What was looked at: sources and keys in turn. */
export type Reads = (Source | string)[];

/** Whether anything that was looked at changed after a revision. */
export function isOutdated(reads: Reads, revision: number): boolean {
  for (let at = 0; at < reads.length; at += 2) {
    if ((reads[at] as Source).isNewer(reads[at + 1] as string, revision)) return true;
  }
  return false;
}
