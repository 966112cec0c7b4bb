import type { PodInfo } from './pod-info.ts';

/**
 * The Pods on a Node; immutable. A Node that fits the limits has one chunk; on one with tens of thousands of Pods a change
 * copies a chunk and not all of them.
 */
export class PodList implements Iterable<PodInfo> {
  static readonly empty = new PodList([], 0);

  readonly length: number;
  private readonly chunks: readonly (readonly PodInfo[])[];

  private constructor(chunks: readonly (readonly PodInfo[])[], length: number) {
    this.chunks = chunks;
    this.length = length;
  }

  static of(pods: Iterable<PodInfo>): PodList {
    let list = PodList.empty;
    for (const pod of pods) list = list.with(pod);
    return list;
  }

  with(pod: PodInfo): PodList {
    const last = this.chunks.at(-1);
    const chunks =
      last === undefined || last.length >= CHUNK
        ? [...this.chunks, [pod]]
        : this.chunks.with(this.chunks.length - 1, [...last, pod]);
    return new PodList(chunks, this.length + 1);
  }

  /** The list without a Pod, or with another in its place; the same list where it is not there. */
  exchanged(pod: PodInfo, by?: PodInfo): PodList {
    // Who came last changes or goes first more often than not.
    for (let number = this.chunks.length - 1; number >= 0; number--) {
      const chunk = this.chunks[number]!;
      const at = chunk.lastIndexOf(pod);
      if (at < 0) continue;
      if (by !== undefined) return new PodList(this.chunks.with(number, chunk.with(at, by)), this.length);
      const left = chunk.toSpliced(at, 1);
      const chunks = left.length === 0 ? this.chunks.toSpliced(number, 1) : this.chunks.with(number, left);
      return new PodList(chunks, this.length - 1);
    }
    return this;
  }

  /** What came since another list of the same Node, and what went; what both have may be in both answers. */
  changesSince(before: PodList): { readonly came: readonly PodInfo[]; readonly gone: readonly PodInfo[] } {
    const came: PodInfo[] = [];
    const gone: PodInfo[] = [];
    for (let number = 0; number < Math.max(this.chunks.length, before.chunks.length); number++) {
      const [old = [], now = []] = [before.chunks[number], this.chunks[number]];
      if (old === now) continue;
      for (let index = 0; index < Math.max(old.length, now.length); index++) {
        const [one, other] = [old[index], now[index]];
        if (one === other) continue;
        if (one !== undefined) gone.push(one);
        if (other !== undefined) came.push(other);
      }
    }
    return { came, gone };
  }

  filter(wanted: (pod: PodInfo) => boolean): PodInfo[] {
    return this.chunks.flatMap((chunk) => chunk.filter(wanted));
  }

  some(wanted: (pod: PodInfo) => boolean): boolean {
    return this.chunks.some((chunk) => chunk.some(wanted));
  }

  [Symbol.iterator](): Iterator<PodInfo> {
    return (this.chunks.length === 1 ? this.chunks[0]! : this.chunks.flat())[Symbol.iterator]();
  }
}

const CHUNK = 256;
