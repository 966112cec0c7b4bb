import { expect, test } from 'vitest';
import { exportDesign } from '../export.ts';
import { designOf } from '../testing/design-of.ts';
import { ownLints, withOwnLints } from './own-lints.ts';

const POD = 'apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec: {containers: [{name: c, image: a}]}\n';
const LINTS = `apiVersion: drydock.dev/v1
kind: Lints
checks: {include: [host-pid], exclude: [latest-tag]}
customChecks:
- {name: team, template: required-label, params: {key: ^team$}}
`;

test('a design says itself which lints it is asked; a person’s own choice outweighs that', () => {
  const design = designOf(`${POD}---\n${LINTS}`);
  const chosen = { on: ['latest-tag'], off: [] };
  expect([...design.records.values()].map(({ identity }) => identity)).toEqual(['Pod/default/web']);
  expect(withOwnLints(design, chosen)).toEqual({
    on: ['host-pid', 'latest-tag'],
    off: [],
    checks: [expect.objectContaining({ name: 'team', template: 'required-label' })],
  });
  expect(withOwnLints(design, chosen)).toBe(withOwnLints(design, chosen));
  expect(withOwnLints(design, { on: [], off: ['host-pid'] }).on).toEqual([]);
  const plain = { on: [], off: [] };
  expect(withOwnLints(designOf(POD), plain)).toBe(plain);
});

test('what has faults is told and not used', () => {
  const design = designOf(`${POD}---\n${LINTS.replace('host-pid', 'no-such-lint')}`);
  expect(ownLints(design)).toEqual({
    switches: undefined,
    problems: [
      {
        id: 'lintConfig.unknownLint',
        field: 'checks.include[0]',
        params: { lint: 'no-such-lint' },
        path: [...design.files.keys()][0],
      },
    ],
  });
});

test('the text stays where it stands when the design is saved', () => {
  const text = `${POD}---\n# Ours.\n${LINTS}`;
  for (const layout of ['keep', 'drop'] as const) {
    const [file] = exportDesign(designOf(text), layout);
    expect(new TextDecoder().decode(file!.content)).toBe(text);
  }
});
