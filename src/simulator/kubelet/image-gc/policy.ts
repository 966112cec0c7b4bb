/** When images are taken away. Percent of the disk that is in use; ages in milliseconds. */
export interface ImageGcPolicy {
  readonly highPercent: number;
  readonly lowPercent: number;
  readonly minAgeMs: number;
  /** 0: images do not grow too old. */
  readonly maxAgeMs: number;
}

/** What is known of an image on the disk. Moments in milliseconds of the run. */
export interface ImageRecord {
  readonly sizeBytes: number;
  readonly firstDetectedMs: number;
  /** -1 where no container was ever seen to use it. */
  readonly lastUsedMs: number;
  readonly isPinned?: boolean;
}

/** Source: pkg/kubelet/apis/config/v1beta1/defaults.go `ImageGCHighThresholdPercent` and its like, 1.36.2. */
export const DEFAULT_POLICY: ImageGcPolicy = { highPercent: 85, lowPercent: 80, minAgeMs: 120_000, maxAgeMs: 0 };

export interface ImageOnDisk {
  readonly sizeBytes: number;
  readonly isPinned?: boolean;
}

/**
 * The records after a look at the disk and the containers.
 * Source: pkg/kubelet/images/image_gc_manager.go `detectImages`, 1.36.2.
 */
export function detectImages(
  records: ReadonlyMap<string, ImageRecord>,
  images: ReadonlyMap<string, ImageOnDisk>,
  inUse: ReadonlySet<string>,
  nowMs: number,
): ReadonlyMap<string, ImageRecord> {
  return new Map(
    [...images].map(([id, image]) => {
      const known = records.get(id);
      const firstDetectedMs = known?.firstDetectedMs ?? nowMs;
      const lastUsedMs = inUse.has(id) ? nowMs : (known?.lastUsedMs ?? -1);
      return [id, { ...image, firstDetectedMs, lastUsedMs }];
    }),
  );
}

/** Images that may go, those first that were not used for the longest time. Source: `imagesInEvictionOrder`. */
export function evictionOrder(
  records: ReadonlyMap<string, ImageRecord>,
  inUse: ReadonlySet<string>,
): readonly (readonly [string, ImageRecord])[] {
  return [...records]
    .filter(([id, { isPinned }]) => !inUse.has(id) && isPinned !== true)
    .toSorted(([, a], [, b]) => a.lastUsedMs - b.lastUsedMs || a.firstDetectedMs - b.firstDetectedMs);
}

/** Images that are too old, whatever the disk holds. Source: `freeOldImages`. */
export function tooOld(
  images: readonly (readonly [string, ImageRecord])[],
  { maxAgeMs }: ImageGcPolicy,
  nowMs: number,
  beganMs: number,
): readonly string[] {
  if (maxAgeMs === 0 || nowMs - beganMs <= maxAgeMs) return [];
  return images.flatMap(([id, { lastUsedMs }]) => (nowMs - lastUsedMs > maxAgeMs ? [id] : []));
}

/** Images to take away until so many bytes are free, and how many bytes that frees. Source: `freeSpace`. */
export function freeSpace(
  images: readonly (readonly [string, ImageRecord])[],
  bytesToFree: number,
  { minAgeMs }: ImageGcPolicy,
  nowMs: number,
): { readonly removed: readonly string[]; readonly freedBytes: number } {
  const removed: string[] = [];
  let freedBytes = 0;
  for (const [id, { sizeBytes, firstDetectedMs, lastUsedMs }] of images) {
    if (lastUsedMs >= nowMs || nowMs - firstDetectedMs < minAgeMs) continue;
    removed.push(id);
    freedBytes += sizeBytes;
    if (freedBytes >= bytesToFree) break;
  }
  return { removed, freedBytes };
}

/** What a collection does, and what it says where that is not enough. Source: `GarbageCollect`. */
export function collect(
  images: readonly (readonly [string, ImageRecord])[],
  { capacityBytes, availableBytes }: { readonly capacityBytes: number; readonly availableBytes: number },
  policy: ImageGcPolicy,
  nowMs: number,
): { readonly removed: readonly string[]; readonly problem: string | undefined } {
  const usedPercent = 100 - Math.floor((availableBytes * 100) / capacityBytes);
  if (usedPercent < policy.highPercent) return { removed: [], problem: undefined };
  const bytesToFree = Math.floor((capacityBytes * (100 - policy.lowPercent)) / 100) - availableBytes;
  const { removed, freedBytes } = freeSpace(images, bytesToFree, policy, nowMs);
  const problem =
    freedBytes >= bytesToFree
      ? undefined
      : `Insufficient free disk space on the node's image filesystem (${usedPercent}% of ${sizeInWords(capacityBytes)} used). Failed to free sufficient space by deleting unused images (freed ${freedBytes} bytes). Investigate disk usage, as it could be used by active images, logs, volumes, or other data.`;
  return { removed, problem };
}

const UNITS = ['KiB', 'MiB', 'GiB', 'TiB'];

/** Source: image_gc_manager.go `formatSize`. */
function sizeInWords(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  let size = bytes / 1024;
  let at = 0;
  for (; size >= 1024 && at < UNITS.length - 1; at++) size /= 1024;
  return `${size.toFixed(1)} ${UNITS[at]!}`;
}
