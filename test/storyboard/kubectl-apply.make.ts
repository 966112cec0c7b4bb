import '../support/node-20.ts';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { captionOf } from '../../src/workspace/simulation/caption.ts';
import type { CaptionId } from '../../src/workspace/simulation/caption.ts';
import type { LogEntry } from '../../src/workspace/simulation/simulation.ts';
import { fileOf, inProcessSimulation, ran } from '../../src/workspace/simulation/testing/in-process.ts';
import { WEB } from '../support/rehearsal-by-keys.ts';

const DOCS = join(import.meta.dirname, '../../docs/storyboards');

/** The steps of the lesson, in the order of its chapters: a sentence, the kind of its object, and how often it is told. */
const TOLD: readonly (readonly [caption: CaptionId, object: RegExp, times: number])[] = [
  ['kubectl', /^$/, 1],
  ['create', /^Deployment\//, 1],
  ['store', /^deployments\/default\/web$/, 1],
  ['added', /^Deployment\//, 1],
  ['create', /^ReplicaSet\//, 1],
  ['store', /^replicasets\//, 1],
  ['createNew', /^Pod\//, 1],
  ['store', /^pods\//, 1],
  ['added', /^Pod\//, 1],
  ['scheduled', /^Pod\//, 1],
  ['bind', /^Binding|^Pod\//, 1],
  ['sandbox', /.*/, 1],
  ['network', /.*/, 1],
  ['pull', /.*/, 1],
  ['startContainer', /.*/, 1],
  ['status', /^Pod\//, 1],
  ['update', /^EndpointSlice\//, 1],
  ['modified', /^EndpointSlice\//, 1],
  ['writeRules', /.*/, 1],
];

/** The first step after the one before that says each of them. */
function chosenOf(steps: readonly LogEntry[]): readonly number[] {
  const chosen: number[] = [];
  for (const [id, object, times] of TOLD)
    for (let count = 0; count < times; count++) {
      const from = (chosen.at(-1) ?? -1) + 1;
      const at = steps.findIndex((step, index) => {
        const caption = captionOf(step);
        const about = id === 'store' ? (caption.params['fact'] ?? '') : (step.object ?? '');
        return index >= from && caption.id === id && object.test(about);
      });
      expect(at, `${id} ${object.source}`).toBeGreaterThanOrEqual(from);
      chosen.push(at);
    }
  return chosen;
}

it.each([
  ['en', 'kubectl apply, from the key press to the first packet'],
  ['zh-CN', '一次 kubectl apply 的完整旅程'],
] as const)('the journey of kubectl apply (%s)', async (language, title) => {
  vi.stubGlobal('navigator', { languages: [language], platform: '' });
  vi.stubGlobal('document', { documentElement: { lang: '' } });
  const [{ makeStoryboard }, { startI18n, loadAllTexts }] = await Promise.all([
    import('../../src/editor/simulation/keep/make-storyboard.ts'),
    import('../../src/editor/i18n.ts'),
  ]);
  await startI18n();
  await loadAllTexts();
  const simulation = inProcessSimulation();
  const { entries, length } = await ran(simulation, [fileOf(WEB)]);
  simulation.goTo(length);
  const steps = entries.filter(({ level }) => level === 0);
  const chosen = chosenOf(steps);
  const panels = chosen.map((at, index) => ({
    step: steps[at]!,
    number: at + 1,
    before: steps[chosen[index - 1] ?? at],
  }));
  const html = await makeStoryboard(simulation, panels, { title, languages: [language], progress: () => undefined });
  // A sentence that is not there is told by its name.
  expect(html).not.toMatch(/caption\.|boardAbout/i);
  await mkdir(DOCS, { recursive: true });
  await writeFile(join(DOCS, `kubectl-apply.${language}.html`), html);
  expect(html.match(/<figure /g)).toHaveLength(chosen.length);
});
