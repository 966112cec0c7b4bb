import { expect, it } from 'vitest';
import { drydock } from './testing/run-in.ts';

it('prints the feature gates as a table and as JSON', async () => {
  const { code, output } = await drydock(['features']);
  expect(code).toBe(0);
  expect(output).toMatch(/^NAME +STAGE +DEFAULT +LOCKED +SINCE +IN DRYDOCK\n/);
  expect(output).toMatch(/\nTaintTolerationComparisonOperators +Alpha +off +false +1\.35 +as by default\n/);
  const json = await drydock(['features', '-o', 'json']);
  expect((JSON.parse(json.output) as unknown[]).length).toBe(225);
  expect((await drydock(['features', '-o', 'csv'])).code).toBe(2);
});
