import { readFileSync } from 'node:fs';
import { describe, expect } from 'vitest';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import type { LeftOut } from '../../../base/testing/upstream-table.ts';
import { upstreamEach, upstreamLeftOut } from '../../../base/testing/upstream-table.ts';
import type { AttachState } from './attach-plan.ts';
import { attachPlan } from './attach-plan.ts';
import { multiAttachError } from './multi-attach.ts';

/** What the reconciler finds at one moment, and what it does. */
type Step = AttachState & {
  readonly want: {
    readonly attach: readonly string[];
    readonly detach: readonly string[];
    readonly refused: readonly string[];
  };
};

interface Tables {
  readonly source: string;
  readonly release: string;
  readonly cases: readonly { readonly name: string; readonly steps: readonly Step[] }[];
  readonly multiAttach: readonly {
    readonly name: string;
    readonly pod: string;
    readonly others: readonly string[];
    readonly want: string;
  }[];
  readonly leftOut: LeftOut;
}

const tables = JSON.parse(readFileSync(new URL('./testdata/reconciler.json', import.meta.url), 'utf8')) as Tables;
const source = { area: 'controllers', file: tables.source, release: tables.release } as const;

function podOf(key: string): KubernetesObject {
  const [namespace = '', name = ''] = key.split('/');
  return { apiVersion: 'v1', kind: 'Pod', metadata: { namespace, name } };
}

describe(source.file, () => {
  upstreamEach(source)(tables.cases.map((one) => [one.name, one] as const))('%s', (_name, { steps }) => {
    for (const { want, ...state } of steps) {
      const { attach, detach, refused } = attachPlan(state);
      expect({ attach, detach: detach.map(({ node }) => node), refused }).toEqual(want);
    }
  });

  upstreamEach(source, 'Test_ReportMultiAttachError')(tables.multiAttach.map((one) => [one.name, one] as const))(
    '%s',
    (_name, { pod, others, want }) => {
      expect(multiAttachError('volume-name', podOf(pod), others.map(podOf))).toBe(want);
    },
  );

  upstreamLeftOut(source, tables.leftOut);
});
