import { describe, expect, it } from 'vitest';
import { referenceLines } from '../shared/testing/reference-text.ts';
import { expectWorkload, objectWith } from '../shared/testing/workload-laws.ts';
import { cronJob } from './cronjob.ts';

describe('CronJob', () => {
  it('keeps what every workload keeps', () => {
    expectWorkload(cronJob, ['spec', 'jobTemplate', 'spec', 'template']);
  });

  it('points at what the Pods of its Jobs need', () => {
    const template = { spec: { serviceAccountName: 'robot' } };
    const object = objectWith(cronJob, ['spec', 'jobTemplate', 'spec', 'template'], template);
    const line = 'serviceAccount spec.jobTemplate.spec.template.spec.serviceAccountName -> ServiceAccount/shop/robot';
    expect(referenceLines(cronJob.references(object))).toEqual([line]);
    expect(referenceLines(cronJob.references({ ...object, apiVersion: 'batch/v1beta1' }))).toEqual([line]);
  });

  it.each([
    [{ schedule: '0 3 * * *' }, { detail: '0 3 * * *' }],
    [{ schedule: '@daily', timeZone: 'Asia/Shanghai', suspend: true }, { detail: '@daily Asia/Shanghai suspend' }],
    [{ schedule: 5 }, {}],
  ])('shows when: %j', (spec, summary) => {
    expect(cronJob.summary?.(objectWith(cronJob, ['spec'], spec))).toEqual(summary);
  });
});
