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

/** What a running cluster has against changes. */
function refusedChanges(driver: Driver): readonly object[] {
  return driver.state.problems.filter(({ id }) => id === 'object.immutable');
}

describe('what a running cluster would refuse', () => {
  const WEB = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: c, image: 'a:1'}]}
`;

  it('is measured against what was opened, until it is saved', async () => {
    const driver = new Driver();
    await driver.import({ 'a.yaml': WEB });
    await until(driver, () => driver.state.judged.done === 1);
    const { id } = driver.record('Deployment/web');
    driver.run(editField, {
      record: id,
      edits: [
        { op: 'set', path: ['spec', 'selector', 'matchLabels', 'app'], value: 'shop' },
        { op: 'set', path: ['spec', 'template', 'metadata', 'labels', 'app'], value: 'shop' },
      ],
    });
    await until(driver, (ids) => ids.includes('object.immutable'));
    expect(refusedChanges(driver)).toMatchObject([
      {
        record: id,
        field: ['spec', 'selector'],
        severity: 'warning',
        params: { message: 'Invalid value: {"matchLabels":{"app":"shop"}}: field is immutable' },
      },
    ]);

    driver.workspace.noteSaved();
    await driver.settled();
    expect(refusedChanges(driver)).toEqual([]);
    driver.undo();
    await driver.settled();
    expect(refusedChanges(driver)).toHaveLength(1);
  });

  it('says nothing of what is new, or has another name now', async () => {
    const driver = new Driver();
    await driver.import({ 'a.yaml': WEB });
    await until(driver, () => driver.state.judged.done === 1);
    const { id } = driver.record('Deployment/web');
    driver.run(editField, {
      record: id,
      edits: [
        { op: 'set', path: ['metadata', 'name'], value: 'shop' },
        { op: 'set', path: ['spec', 'selector', 'matchLabels', 'app'], value: 'shop' },
        { op: 'set', path: ['spec', 'template', 'metadata', 'labels', 'app'], value: 'shop' },
      ],
    });
    await driver.settled();
    expect(refusedChanges(driver)).toEqual([]);
  });
});
