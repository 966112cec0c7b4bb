import { describe, expect, it } from 'vitest';
import { editField } from '../design/commands/edit-field.ts';
import { Driver } from './testing/driver.ts';

const SETTINGS = (name: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n`;

/** Waits until the problems hold, or gives up. */
async function until(driver: Driver, holds: (ids: readonly string[]) => boolean): Promise<readonly string[]> {
  const ids = (): readonly string[] => driver.state.problems.map(({ id }) => id);
  for (let turn = 0; turn < 500 && !holds(ids()); turn++) await new Promise((resolve) => setTimeout(resolve, 1));
  return ids();
}

describe('what an API server would refuse', () => {
  it('is among the problems soon after an import, and follows an edit at once', async () => {
    const driver = new Driver();
    await driver.import({ 'a.yaml': SETTINGS('Settings') });
    expect(await until(driver, (ids) => ids.length > 0)).toEqual(['object.invalid']);
    const [problem] = driver.state.problems;
    expect(problem).toMatchObject({ field: ['metadata', 'name'], params: { reason: 'FieldValueInvalid' } });
    expect(driver.state.scene.cards[0]).toMatchObject({ errors: 1 });

    const record = driver.record('ConfigMap/Settings');
    driver.run(editField, { record: record.id, edits: [{ op: 'set', path: ['metadata', 'name'], value: 'settings' }] });
    await driver.settled();
    expect(driver.state.problems).toEqual([]);
  });

  it('is found in many objects without holding anything up', async () => {
    const driver = new Driver();
    const many = Array.from({ length: 450 }, (_, index) => SETTINGS(`Settings-${index}`)).join('---\n');
    await driver.import({ 'a.yaml': many });
    expect(await until(driver, (ids) => ids.length === 450)).toHaveLength(450);
  });
});
