import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { designOf } from '../design/testing/design-of.ts';
import type { Design } from '../design/design.ts';
import { segmentOf } from '../design/records.ts';
import { open } from './testing/driver.ts';
import type { Driver } from './testing/driver.ts';
import { randomSteps, runStep } from './testing/random-commands.ts';

const demo = readFileSync(
  join(import.meta.dirname, '../../test/data/microservices-demo/kubernetes-manifests.yaml'),
  'utf8',
)
  .split('\n---\n')
  .slice(0, 5)
  .join('\n---\n');

/** Designs as people bring them: comments, Lists, JSON, CRLF, a byte order mark, templates, a layout, files of text. */
const DESIGNS: readonly Readonly<Record<string, string>>[] = [
  { 'demo.yaml': demo },
  {
    'crlf.yaml':
      '\ufeff# head\n---\napiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n---\n# web\napiVersion: v1\nkind: Service\nmetadata:\n  name: web # name\n  namespace: shop\nspec: {selector: {app: web}, ports: [{port: 80}]}\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: p, namespace: shop, labels: {app: web}}\nspec:\n  containers: [{name: a, image: a}]\n  serviceAccountName: sa\n'.replaceAll(
        '\n',
        '\r\n',
      ),
    'k8s/sa.json':
      '{"apiVersion":"v1","kind":"ServiceAccount","metadata":{"name":"sa","namespace":"shop"},\n "secrets":[{"name":"s"}]}\n',
    'notes.yaml': '# nothing but a note\n',
  },
  {
    'list.yaml':
      'apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: ConfigMap\n  metadata: {name: c}\n  data: {a: "1"}\n\n# second\n- apiVersion: v1\n  kind: Pod\n  metadata:\n    name: p\n  spec:\n    containers:\n    - name: a\n      image: a\n      envFrom: [{configMapRef: {name: c}}]\n---\nbroken: [\n---\nkind: {{ template }}\n---\napiVersion: batch/v1\nkind: Job\nmetadata: {generateName: j-}\n# drydock:layout v1\n# drydock: application ConfigMap/default/c @ 10,20\n# mine\n',
    'list.json':
      '{"apiVersion":"v1","kind":"List","items":[{"apiVersion":"v1","kind":"Secret","metadata":{"name":"s"}}]}',
  },
];

/** What the files say when they are read again: the objects, in the order of the text. */
function objectsIn(files: Readonly<Record<string, string>>): unknown {
  return objectsOf(designOf(files));
}

function objectsOf(design: Design): Readonly<Record<string, unknown>> {
  const files = [...design.files.values()].filter(({ isOwn }) => !isOwn);
  return Object.fromEntries(
    files.map(({ path, segments }) => [
      path,
      segments.flatMap((id) => {
        const segment = segmentOf(design, id);
        return segment.type === 'document' ? segment.records.map((record) => design.records.get(record)!.object) : [];
      }),
    ]),
  );
}

function expectSound(driver: Driver, seen: Map<string, string>): void {
  const { design } = driver;
  expect(objectsIn(driver.texts())).toEqual(objectsOf(design));
  for (const record of design.records.values()) {
    const segment = segmentOf(design, record.segment);
    expect(segment.type === 'document' && segment.records.includes(record.id)).toBe(true);
    expect(design.files.get(record.file)?.segments).toContain(record.segment);
    // A name that meant one kind of object never means another.
    const before = seen.get(record.id);
    if (before !== undefined) expect(record.object.kind).toBe(before);
    seen.set(record.id, record.object.kind);
  }
}

describe('any commands, in any order', () => {
  it.each(DESIGNS.map((files, index) => [index, files] as const))(
    'leave design %i sound, undo to the same bytes and redo to the same bytes',
    async (_, files) => {
      await fc.assert(
        fc.asyncProperty(randomSteps(12), async (steps) => {
          const driver = await open(files);
          expect(driver.texts()).toEqual(files);
          const seen = new Map<string, string>();
          for (const step of steps) {
            runStep(driver, step);
            expectSound(driver, seen);
            // Now and then something is undone before the next.
            if (step.what > 90) {
              driver.undo();
              expectSound(driver, seen);
            }
          }
          driver.expectUndoAndRedo();
        }),
        { numRuns: 30, seed: 11 },
      );
    },
    60_000,
  );
});
