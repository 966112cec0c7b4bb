import type { KubernetesObject } from '../apimachinery/object.ts';
import { arrayAt, nameAt, numberAt, objectAt } from '../base/json.ts';
import type { LayoutEntry } from '../manifest/layout-comment.ts';
import type { Segment } from '../manifest/manifest.ts';
import { readManifest } from '../manifest/read.ts';
import { writeObject } from '../manifest/write.ts';
import type { Design, DesignFile } from './design.ts';
import { segmentOf } from './records.ts';

/**
 * Drydock's own file holds what manifests cannot, and is never applied to a cluster. That is which lints are asked, `kind:
 * Lints` (see lints/lint-configuration.ts), and the layout of objects in JSON files, which can hold no comment:
 *
 *     apiVersion: drydock.dev/v1
 *     kind: Layout
 *     placements:
 *     - picture: application
 *       key: Deployment.apps/shop/web
 *       left: 120
 *       top: 80
 *
 * (`y` as a key is a boolean to half of all YAML readers.)
 */
export const OWN_FILE = 'drydock.yaml';
const API_VERSION = 'drydock.dev/v1';

/** Whether a document is a Layout: no object of a cluster, so no record is made of it. */
export function isLayoutDocument(segment: Segment): boolean {
  return segment.type === 'document' && segment.objects.length === 1 && isLayout(segment.objects[0]!.object);
}

/** Whether a document says something to Drydock and nothing to a cluster, so that no record is made of it. */
export function isOwnDocument(segment: Segment): boolean {
  return isLayoutDocument(segment) || isLintsDocument(segment);
}

function isLintsDocument(segment: Segment): boolean {
  if (segment.type !== 'document' || segment.objects.length !== 1) return false;
  const { apiVersion, kind } = segment.objects[0]!.object;
  return apiVersion === API_VERSION && kind === 'Lints';
}

/** Whether a file holds nothing for a cluster. A file with a layout is one: only Drydock writes such. */
export function isOwnFile(segments: readonly Segment[]): boolean {
  const documents = segments.filter(({ type }) => type === 'document');
  return segments.some(isLayoutDocument) || (documents.length > 0 && documents.every(isOwnDocument));
}

/** The texts of the Lints documents of a design, each with its file. */
export function ownLintsTexts(design: Design): readonly { readonly path: string; readonly text: string }[] {
  return [...design.files.values()].flatMap(({ path, segments }) =>
    segments.flatMap((id) => {
      const segment = segmentOf(design, id);
      if (segment.type !== 'raw' || !/^kind:\s*["']?Lints\b/m.test(segment.text)) return [];
      const parts = readManifest(OWN_FILE, segment.text).segments;
      return parts.filter(isLintsDocument).map(({ text }) => ({ path, text }));
    }),
  );
}

function isLayout(object: KubernetesObject): boolean {
  return object.apiVersion === API_VERSION && object.kind === 'Layout';
}

/** What the Layout documents of a file say. */
export function readOwnLayout(design: Design, file: DesignFile): readonly LayoutEntry[] {
  return file.segments.flatMap((id) => {
    const segment = segmentOf(design, id);
    return segment.type === 'raw' ? layoutsIn(segment.text).flatMap(entriesOf) : [];
  });
}

function layoutsIn(text: string): readonly KubernetesObject[] {
  return readManifest(OWN_FILE, text).segments.flatMap((segment) =>
    segment.type === 'document' && isLayoutDocument(segment) ? [segment.objects[0]!.object] : [],
  );
}

function entriesOf(layout: KubernetesObject): readonly LayoutEntry[] {
  return arrayAt(layout, 'placements').flatMap((item) => {
    const [picture, key] = [nameAt(item, 'picture'), nameAt(item, 'key')];
    const [x, y] = [numberAt(item, 'left'), numberAt(item, 'top')];
    if (picture === undefined || key === undefined || x === undefined || y === undefined) return [];
    const [width, height] = [numberAt(item, 'width'), numberAt(item, 'height')];
    const drawn = objectAt(item, 'drawn');
    const size = width === undefined || height === undefined ? {} : { width, height };
    return [{ picture, key, x, y, ...size, ...(drawn === undefined ? {} : { drawn }) }];
  });
}

export function writeOwnLayout(entries: readonly LayoutEntry[]): string {
  const placements = entries.map(({ picture, key, x, y, width, height, drawn }) => {
    const size = width === undefined || height === undefined ? {} : { width, height };
    return { picture, key, left: x, top: y, ...size, ...(drawn === undefined ? {} : { drawn }) };
  });
  return writeObject({ apiVersion: API_VERSION, kind: 'Layout', placements });
}

/** The text of Drydock's own file with another layout; what else stands in it stays. '' where nothing is left. */
export function replaceOwnLayout(text: string, entries: readonly LayoutEntry[]): string {
  const written = entries.length === 0 ? '' : writeOwnLayout(entries);
  let isWritten = false;
  const parts = readManifest(OWN_FILE, text).segments.map((segment) => {
    if (!isLayoutDocument(segment)) return segment.text;
    const first = !isWritten;
    isWritten = true;
    return first ? written : '';
  });
  const whole = parts.join('') + (isWritten || written === '' ? '' : `${text.trim() === '' ? '' : '---\n'}${written}`);
  return /^(?:\s|---|#.*)*$/.test(whole) ? '' : whole;
}
