import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../src/design/commands/index.ts';
import { CHECKS } from '../src/design/checks/index.ts';
import { KIND_DEFINITIONS } from '../src/kinds/index.ts';
import { LAYERS, breaches, importsOf } from './support/import-rules.ts';
import { SRC, sourceFiles } from './support/source-files.ts';

const files = sourceFiles();

describe('who may import whom', () => {
  it('holds in every file', () => {
    expect(files.length).toBeGreaterThan(100);
    expect(breaches(files)).toEqual([]);
  });

  it.each([
    ['simulator/x.ts', "import { useState } from 'react';", 'package react'],
    ['simulator/x.ts', 'const now = Date.now();', 'Date in simulator'],
    ['simulator/x.ts', 'const chance = Math.random();', 'Math.random in simulator'],
    ['simulator/x.ts', 'export async function f() {}', 'async in simulator'],
    [
      'simulator/x.ts',
      "import type { Design } from '../design/design.ts';",
      'simulator may not import design/design.ts',
    ],
    ['design/x.ts', "import { run } from '../simulator/cluster.ts';", 'design may not import simulator/cluster.ts'],
    ['design/x.ts', "import { createStore } from 'zustand/vanilla';", 'package zustand/vanilla'],
    ['base/x.ts', "import { nameOf } from '../apimachinery/object.ts';", 'base may not import apimachinery/object.ts'],
    [
      'kinds/pod/pod.ts',
      "import { service } from '../service/service.ts';",
      'a kind may not import the folder of another',
    ],
    [
      'kinds/pod/pod.ts',
      "const { find } = await import('../../design/graph.ts');",
      'kinds may not import design/graph.ts',
    ],
    ['manifest/x.ts', "import { pod } from '../kinds/pod/pod.ts';", 'manifest may not import kinds/pod/pod.ts'],
    ['editor/inspector/x.tsx', "import { Handle } from '@xyflow/react';", 'package @xyflow/react'],
    ['editor/x.ts', "import { DocumentHost } from '../workspace/document-host.ts';", 'the page may not import'],
    ['kit/x.tsx', "import { pod } from '../kinds/pod/pod.ts';", 'kit may not import'],
    ['lessons/x.ts', "import { useState } from 'react';", 'package react'],
    ['lessons/x.ts', "import { Cluster } from '../simulator/cluster.ts';", 'only types of the simulator'],
    ['lessons/x.ts', "import { Run } from '../workspace/simulation/run.ts';", 'lessons may not import workspace/'],
    ['nowhere/x.ts', '', 'belongs to no layer'],
  ])('refuses in %s: %s', (path, text, expected) => {
    expect(breaches([{ path, text }]).join('\n')).toContain(expected);
  });

  it('sees every form of import', () => {
    const text =
      "import a from './a';\nimport './b';\nexport * from './c';\nconst d = await import('./d');\nnew URL('./e', import.meta.url);";
    expect(importsOf(text)).toEqual(['./a', './b', './c', './d', './e']);
  });

  it('names each layer once', () => {
    const names = LAYERS.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('what belongs together', () => {
  it('has one folder a kind, and every folder in the list of kinds', () => {
    const folders = readdirSync(join(SRC, 'kinds'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && entry.name !== 'shared' && entry.name !== 'testing')
      .map(({ name }) => name)
      .sort();
    for (const folder of folders) expect(existsSync(join(SRC, 'kinds', folder, `${folder}.ts`)), folder).toBe(true);
    const list = files.find(({ path }) => path === 'kinds/index.ts')!.text;
    for (const folder of folders) expect(list, folder).toContain(`'./${folder}/${folder}.ts'`);
    expect(KIND_DEFINITIONS.length).toBeGreaterThanOrEqual(folders.length);
  });

  it('gives every command and check a name of its own', () => {
    const commands = Object.values(COMMANDS).map(({ id }) => id);
    expect(new Set(commands).size).toBe(commands.length);
    const checks = CHECKS.map(({ name }) => name);
    expect(new Set(checks).size).toBe(checks.length);
  });

  it('keeps files small enough to be one thing', () => {
    const large = files
      .filter(({ path }) => !/\/data\/|\/testdata\/|^locales\//.test(path))
      .map(({ path, text }) => ({ path, lines: text.split('\n').length }))
      .filter(({ lines }) => lines > 400);
    expect(large).toEqual([]);
  });
});
