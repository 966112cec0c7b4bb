import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { featureGates, MODELLED } from './feature-gates.ts';

const SRC = join(import.meta.dirname, '../..');

it('knows every gate of 1.36 with its stage and default', () => {
  const gates = featureGates();
  expect(gates).toHaveLength(225);
  const count = (stage: string, isOn: boolean) => gates.filter((gate) => gate.stage === stage && gate.isOn === isOn);
  expect(count('Alpha', true)).toEqual([]);
  expect(count('GA', false)).toEqual([]);
  const named = (name: string) => gates.find((gate) => gate.name === name);
  expect(named('SidecarContainers')).toMatchObject({ stage: 'GA', isOn: true, isLocked: true, since: '1.33' });
  expect(named('AllowDNSOnlyNodeCSR')).toMatchObject({
    stage: 'Deprecated',
    isOn: false,
    isLocked: false,
    since: '1.31',
  });
  expect(named('TaintTolerationComparisonOperators')).toMatchObject({ stage: 'Alpha', isOn: false, isModelled: true });
});

it('says of no gate that it is modelled whose code does not name it', () => {
  const names = new Set(featureGates().map(({ name }) => name));
  for (const [name, place] of Object.entries(MODELLED)) {
    expect(names.has(name), name).toBe(true);
    expect(readFileSync(join(SRC, place), 'utf8'), name).toContain(name);
  }
});
