import { describe, expect, it } from 'vitest';
import { formatFieldError } from '../../apimachinery/field-error.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { JsonObject } from '../../base/json.ts';
import { stringMapAt, valueAt } from '../../base/json.ts';
import { CONTROLLER_UID, JOB_NAME } from './job.selector.ts';
import { jobStrategy } from './job.strategy.ts';
import { job } from './job.ts';

/** A Job as a create stores it. */
function created(object: KubernetesObject): KubernetesObject {
  return jobStrategy.prepareForCreate!(jobStrategy.setDefaults(object));
}

function withSpec(object: KubernetesObject, spec: JsonObject): KubernetesObject {
  return { ...object, spec: { ...(object['spec'] as JsonObject), ...spec } };
}

const words = (errors: ReturnType<typeof jobStrategy.validate>) => errors.map((error) => formatFieldError(error));
const fresh = job.newObject('pi', 'shop');

describe('a create of a Job', () => {
  it('makes up labels and a selector that fit each other', () => {
    const stored = created({ ...fresh, metadata: { name: 'pi', namespace: 'shop', uid: 'u-1' } });
    expect(stringMapAt(stored, 'spec', 'template', 'metadata', 'labels').get(JOB_NAME)).toBe('pi');
    expect(stringMapAt(stored, 'spec', 'selector', 'matchLabels')).toEqual(new Map([[CONTROLLER_UID, 'u-1']]));
    expect(jobStrategy.validate(stored)).toEqual([]);
  });

  it('makes up nothing where a person selects', () => {
    const manual = created(withSpec(fresh, { manualSelector: true }));
    expect(valueAt(manual, 'spec', 'selector')).toBeUndefined();
    expect(words(jobStrategy.validate(manual))).toContain('spec.selector: Required value');
  });

  it('refuses labels of another Job', () => {
    const template = { metadata: { labels: { [JOB_NAME]: 'e' } }, spec: valueAt(fresh, 'spec', 'template', 'spec') };
    const path = `spec.template.metadata.labels[${JOB_NAME}]`;
    expect(words(jobStrategy.validate(created(withSpec(fresh, { template })))).join()).toContain(`${path}: Invalid`);
  });
});

describe('an update of a Job', () => {
  const stored = created(fresh);

  it('accepts what is stored, also from a dump that has lost its uid', () => {
    const dump = created({ ...fresh, metadata: { name: 'pi', namespace: 'shop', uid: 'u-1' } });
    const lost = { ...dump, metadata: { name: 'pi', namespace: 'shop' } };
    for (const object of [stored, lost]) {
      expect(jobStrategy.validate(object, object)).toEqual([]);
      expect(jobStrategy.validateUpdate!(object, object)).toEqual([]);
    }
  });

  it('keeps the template, but for resources while suspended', () => {
    const container = { name: 'pi', image: 'nginx:1.27', resources: { requests: { cpu: '1' } } };
    const changed = (object: KubernetesObject) =>
      jobStrategy.setDefaults(
        withSpec(object, {
          template: {
            metadata: valueAt(object, 'spec', 'template', 'metadata'),
            spec: { restartPolicy: 'Never', containers: [container] },
          },
        }),
      );
    const errors = jobStrategy.validateUpdate!(changed(stored), stored);
    expect(errors.map(({ path, detail }) => [path.toString(), detail])).toEqual([
      ['spec.template', 'field is immutable'],
    ]);
    const suspended = withSpec(stored, { suspend: true });
    expect(jobStrategy.validateUpdate!(changed(suspended), suspended)).toEqual([]);
  });

  it('changes completions of an Indexed Job with its parallelism only', () => {
    const indexed = withSpec(stored, { completionMode: 'Indexed', completions: 2, parallelism: 2 });
    const grown = withSpec(indexed, { completions: 3 });
    expect(words(jobStrategy.validateUpdate!(grown, indexed))).toEqual([
      'spec.completions: Invalid value: 3: can only be modified in tandem with spec.parallelism',
    ]);
    expect(jobStrategy.validateUpdate!(withSpec(grown, { parallelism: 3 }), indexed)).toEqual([]);
  });
});
