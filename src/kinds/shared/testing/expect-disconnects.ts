import { expect } from 'vitest';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { isRefusal } from '../../field-edit.ts';
import type { KindDefinition } from '../../kind.ts';
import { applyEdits } from './apply-edits.ts';
import { referenceLines } from './reference-text.ts';

/** For tests: every reference can be taken away alone, or is refused for one of the reasons given by its field's line. */
export function expectDisconnects(definition: KindDefinition, sample: KubernetesObject): void {
  const references = definition.references(sample);
  expect(references.length).toBeGreaterThan(0);
  for (const reference of references) {
    const [line] = referenceLines([reference]);
    const edits = definition.disconnect?.(sample, reference);
    expect(edits, line).toBeDefined();
    if (!edits || isRefusal(edits)) continue;
    const after = definition.references(applyEdits(sample, edits) as KubernetesObject);
    expect(after.length, line).toBeLessThan(references.length);
    // List items behind the removed one move up, so lines are compared without fields and indices.
    const targets = (lines: readonly string[]) =>
      lines.map((text) => text.slice(text.indexOf(' -> ')).replaceAll(/\[\d+\]/g, '[]'));
    const rest = targets(referenceLines(references.filter((other) => other !== reference)));
    for (const target of targets(referenceLines(after))) expect(rest, line).toContain(target);
  }
}
