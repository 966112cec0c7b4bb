import { nextFree, reservedSize } from './range.ts';
import type { Pick } from './range.ts';

/** A range of ports: `30000-32767`. */
export interface PortRange {
  readonly base: number;
  readonly size: number;
}

/** Source: pkg/kubeapiserver/options/options.go `DefaultServiceNodePortRange`, 1.36. */
export const NODE_PORTS: PortRange = { base: 30_000, size: 2768 };

/** Source: portallocator/allocator.go `calculateRangeOffset`, 1.36. */
const RESERVED = { least: 16, most: 128, step: 32 } as const;

export function reservedPorts({ size }: PortRange): number {
  return reservedSize(size, RESERVED);
}

export function formatPortRange({ base, size }: PortRange): string {
  return `${base}-${base + size - 1}`;
}

/** Source: portallocator/allocator.go, 1.36. */
export const PORTS_FULL = 'range is full';
const PORT_ALLOCATED = 'provided port is already allocated';

/**
 * The ports of a range while one object is given what it needs: what others hold, and what is taken meanwhile.
 * Source: pkg/registry/core/service/portallocator/{allocator,operation}.go, 1.36.
 */
export class PortPool {
  readonly range: PortRange;
  /** Ports that were taken of this pool since it was made, and ports that are to be given back. */
  readonly taken: number[] = [];
  readonly released: number[] = [];
  private readonly held: Set<number>;
  private readonly pick: Pick;

  constructor(range: PortRange, held: Iterable<number>, pick: Pick) {
    this.range = range;
    this.held = new Set(held);
    this.pick = pick;
  }

  get free(): number {
    return this.range.size - this.held.size;
  }

  has(port: number): boolean {
    return this.held.has(port);
  }

  /** Takes a port; says why not. */
  take(port: number): string | undefined {
    const { base, size } = this.range;
    if (port < base || port >= base + size)
      return `provided port is not in the valid range. The range of valid ports is ${formatPortRange(this.range)}`;
    if (this.held.has(port)) return PORT_ALLOCATED;
    this.held.add(port);
    this.taken.push(port);
    return undefined;
  }

  /** Takes one that is free; undefined where none is. */
  takeNext(): number | undefined {
    const { base, size } = this.range;
    const place = nextFree(size, reservedPorts(this.range), this.pick, (one) => this.held.has(base + one));
    if (place === undefined) return undefined;
    this.take(base + place);
    return base + place;
  }

  /** Gives a port back at once. */
  release(port: number): void {
    this.held.delete(port);
  }

  /** Gives a port back when the object is written. Source: operation.go `ReleaseDeferred`. */
  releaseLater(port: number): void {
    this.released.push(port);
  }
}

/**
 * Which ports of a range are held, as etcd keeps it: a big number whose bits are the ports, in base64.
 * Source: pkg/registry/core/service/allocator/bitmap.go `Snapshot`, 1.36.
 */
export function portsToData({ base }: PortRange, ports: Iterable<number>): string {
  let bits = 0n;
  for (const port of ports) bits |= 1n << BigInt(port - base);
  if (bits === 0n) return '';
  const hex = bits.toString(16);
  const bytes = (hex.length % 2 === 0 ? hex : `0${hex}`).match(/../g) ?? [];
  return btoa(String.fromCharCode(...bytes.map((byte) => Number.parseInt(byte, 16))));
}

/** Source: bitmap.go `Restore`. */
export function portsOfData({ base }: PortRange, data: string): readonly number[] {
  const bytes = atob(data);
  const ports: number[] = [];
  for (let index = bytes.length - 1, port = base; index >= 0; index--, port += 8)
    for (let bit = 0; bit < 8; bit++) if (((bytes.charCodeAt(index) >> bit) & 1) === 1) ports.push(port + bit);
  return ports;
}
