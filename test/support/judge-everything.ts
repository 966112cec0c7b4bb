import { expect } from 'vitest';
import type { KubernetesObject } from '../../src/apimachinery/object.ts';
import { findProblems } from '../../src/design/checks/index.ts';
import { DesignAdmission } from '../../src/design/admission/design-admission.ts';
import { findLints } from '../../src/design/lints/find-lints.ts';
import { contextOf, designOf } from '../../src/design/testing/design-of.ts';
import { findRefusals, judgeContextOf } from '../../src/design/validity.ts';
import { NO_CUSTOM_RESOURCES } from '../../src/kinds/custom-resources.ts';
import { BUILT_IN_KINDS } from '../../src/kinds/index.ts';
import { judgeUpdate } from '../../src/kinds/judge-update.ts';
import { judge } from '../../src/kinds/judge.ts';
import type { JudgeContext } from '../../src/kinds/served-kind.ts';

const CONTEXT: JudgeContext = { registry: BUILT_IN_KINDS, customResources: NO_CUSTOM_RESOURCES };

/** The verdicts on an object, created and as an update, tell what is wrong where they refuse. */
export function judgeBroken(object: KubernetesObject, old: KubernetesObject): void {
  for (const verdict of [judge(object, CONTEXT), judgeUpdate(object, old, CONTEXT)]) {
    expect(verdict.valid === true).toBe(verdict.message === '');
  }
}

/** Checks, lints and admission of a design that holds the objects; none throws. */
export function lookAtDesign(objects: readonly KubernetesObject[]): void {
  const text = objects.map((object) => `${JSON.stringify(object, bigNumbers)}\n`).join('---\n');
  const { design, registry, graph } = contextOf(designOf(text));
  findProblems({ design, registry, graph }, findRefusals(design, registry));
  findLints({ design, registry, graph });
  new DesignAdmission().problems(design, judgeContextOf(design, registry));
}

const bigNumbers = (_key: string, value: unknown): unknown => (typeof value === 'bigint' ? Number(value) : value);
