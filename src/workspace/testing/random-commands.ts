import * as fc from 'fast-check';
import type { Command } from '../../design/commands/command.ts';
import { COMMANDS } from '../../design/commands/index.ts';
import { connectionChoices } from '../../design/commands/connect-records.ts';
import { contextOf } from '../../design/testing/design-of.ts';
import type { RecordId } from '../../design/design.ts';
import type { Driver } from './driver.ts';

/** One random thing to do, as numbers that are read against whatever the design holds when it is done. */
export interface RandomStep {
  readonly what: number;
  readonly which: number;
  readonly other: number;
  readonly text: string;
}

export const randomSteps = (count: number): fc.Arbitrary<readonly RandomStep[]> =>
  fc.array(
    fc.record({
      what: fc.nat(99),
      which: fc.nat(),
      other: fc.nat(),
      text: fc.oneof(
        fc.stringMatching(/^[a-z][a-z0-9-]{0,6}[a-z0-9]$/),
        fc.string(),
        fc.constantFrom('no', '1e3', '', 'a: b', '__proto__'),
      ),
    }),
    { minLength: 1, maxLength: count },
  );

const KINDS = ['ConfigMap', 'Service', 'Secret', 'Namespace'];

/** Does the step; a refusal is an answer like any other. */
export function runStep(driver: Driver, { what, which, other, text }: RandomStep): void {
  const ids = [...driver.design.records.keys()];
  const pick = (number: number): RecordId => ids[number % ids.length] ?? 'none';
  const [a, b] = [pick(which), pick(other)];
  const run = <Arguments>(command: Command<Arguments>, args: Arguments): void => void driver.run(command, args);
  const name = text || 'x';
  const at = { x: which % 1000, y: other % 1000 };
  const doers: readonly (() => void)[] = [
    () =>
      run(COMMANDS.editField, { record: a, edits: [{ op: 'set', path: ['metadata', 'labels', name], value: text }] }),
    () => run(COMMANDS.editField, { record: a, edits: [{ op: 'delete', path: ['metadata', 'labels'] }] }),
    () => run(COMMANDS.editField, { record: a, edits: [{ op: 'append', path: ['spec', name], value: [text, which] }] }),
    () => run(COMMANDS.renameRecord, { record: a, name }),
    () => run(COMMANDS.moveToNamespace, { records: [a, b], namespace: name }),
    () => run(COMMANDS.deleteRecords, { records: which % 3 === 0 ? [a, b] : [a] }),
    () => run(COMMANDS.duplicateRecords, { records: [a] }),
    () => run(COMMANDS.addRecord, { kind: { group: '', kind: KINDS[which % KINDS.length]! }, at }),
    () => run(COMMANDS.movePlacements, { picture: 'application', placements: new Map([[a, at]]) }),
    () => run(COMMANDS.tidyLayout, { picture: 'application' }),
    () => {
      const [choice] = connectionChoices(contextOf(driver.design), a, b);
      if (choice) run(COMMANDS.connectRecords, { source: a, target: b, meaning: choice.id });
    },
    () => {
      const { references } = contextOf(driver.design).graph;
      if (references.length > 0)
        run(COMMANDS.disconnectReference, { reference: references[which % references.length]! });
    },
    () => {
      const record = driver.design.records.get(a);
      const segment = record && driver.design.segments.get(record.segment);
      if (segment) run(COMMANDS.editText, { record: a, text: `# ${JSON.stringify(text)}\n${segment.text}` });
    },
  ];
  doers[what % doers.length]!();
}
