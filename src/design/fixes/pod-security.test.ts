import { expect, it } from 'vitest';
import { DesignAdmission } from '../admission/design-admission.ts';
import { applyFix } from '../commands/apply-fix.ts';
import { isRefused } from '../edit-segment.ts';
import type { Problem } from '../problem.ts';
import { fileText } from '../records.ts';
import { changedLines, contextOf, designOf } from '../testing/design-of.ts';
import { judgeContextOf, preloadValidity } from '../validity.ts';
import { fixesFor } from './index.ts';

const manifest = (level: string, container: string): string => `apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {pod-security.kubernetes.io/enforce: ${level}}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: web # the shop
          image: web:1
${container}`;

async function refusedIn(context: ReturnType<typeof contextOf>): Promise<readonly Problem[]> {
  await preloadValidity(context.design, context.registry);
  return new DesignAdmission()
    .problems(context.design, judgeContextOf(context.design, context.registry))
    .filter(({ params }) => params['plugin'] === 'PodSecurity');
}

it.each([
  [
    'a container that says nothing',
    'restricted',
    '',
    [
      '+          securityContext:',
      '+            allowPrivilegeEscalation: false',
      '+            capabilities:',
      '+              drop:',
      '+                - ALL',
      '+      securityContext:',
      '+        runAsNonRoot: true',
      '+        seccompProfile:',
      '+          type: RuntimeDefault',
    ],
  ],
  [
    'one that drops too little',
    'restricted',
    '          securityContext: {runAsNonRoot: true, capabilities: {drop: [NET_RAW]}, seccompProfile: {type: Localhost, localhostProfile: a}}\n',
    [
      '-          securityContext: {runAsNonRoot: true, capabilities: {drop: [NET_RAW]}, seccompProfile: {type: Localhost, localhostProfile: a}}',
      '+          securityContext: {runAsNonRoot: true, capabilities: {drop: [ALL]}, seccompProfile: {type: Localhost, localhostProfile: a}, allowPrivilegeEscalation: false}',
    ],
  ],
])('%s', async (_, level, container, lines) => {
  const text = manifest(level, container);
  const context = contextOf(designOf(text));
  const [problem] = await refusedIn(context);
  const [fix] = fixesFor(problem!, context);
  const outcome = applyFix.run(context, { record: problem!.record, fix: fix! });
  if (isRefused(outcome)) throw new Error(outcome.refused);
  const [file] = outcome.design.files.values();
  expect(changedLines(text, fileText(outcome.design, file!)).filter((line) => line.length > 1)).toEqual(lines);
  expect(await refusedIn(contextOf(outcome.design))).toEqual([]);
});

it('what a Pod asks for is not taken away', async () => {
  const context = contextOf(designOf(manifest('baseline', '          securityContext: {privileged: true}\n')));
  const [problem] = await refusedIn(context);
  expect(problem!.field.join('.')).toBe('spec.template.spec.containers.0.securityContext.privileged');
  expect(fixesFor(problem!, context)).toEqual([]);
});
