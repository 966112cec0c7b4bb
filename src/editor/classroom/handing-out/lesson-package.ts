import { strToU8, zipSync } from 'fflate';
import type { JsonObject } from '../../../base/json.ts';
import { carryingPage } from '../../../interchange/scorm/carrying-page.ts';
import { scormManifest } from '../../../interchange/scorm/scorm-manifest.ts';
import type { Mode } from '../modes.ts';
import { pageAsFile } from './page-as-file.ts';

/** Percent of the points from which a lesson counts as passed. */
export const PASSING = 60;

/** A lesson as one file that opens anywhere, also from a disk without a network. */
export async function lessonPage(lesson: JsonObject, mode: Mode): Promise<string> {
  return carryingPage(await pageAsFile(), { lesson, mode, isScorm: false });
}

/** A lesson as a package for a learning platform (SCORM 1.2): its self-test, which tells the platform the score. */
export async function scormPackage(
  lesson: JsonObject,
  { id, title }: { readonly id: string; readonly title: string },
): Promise<Uint8Array<ArrayBuffer>> {
  const page = carryingPage(await pageAsFile(), { lesson, mode: 'test', isScorm: true });
  const file = 'index.html';
  return zipSync({
    'imsmanifest.xml': strToU8(scormManifest({ id, title, file, passing: PASSING })),
    [file]: strToU8(page),
  }) as Uint8Array<ArrayBuffer>;
}
