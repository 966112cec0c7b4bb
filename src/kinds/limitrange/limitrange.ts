import { arrayAt, nameAt } from '../../base/json.ts';
import type { KindDefinition } from '../kind.ts';
import { newMetadata } from '../shared/new-metadata.ts';

/** core/v1 LimitRange: defaults and limits of each object of the namespace that it lives in. */
export const limitRange: KindDefinition = {
  group: '',
  version: 'v1',
  kind: 'LimitRange',
  resource: 'limitranges',
  shortNames: ['limits'],
  scope: 'Namespaced',
  category: 'cluster',
  newObject: (name, namespace) => ({
    apiVersion: 'v1',
    kind: 'LimitRange',
    metadata: newMetadata(name, namespace),
    spec: {
      limits: [
        {
          type: 'Container',
          default: { cpu: '500m', memory: '512Mi' },
          defaultRequest: { cpu: '100m', memory: '128Mi' },
        },
      ],
    },
  }),
  references: () => [],
  summary: (object) => ({
    fact: arrayAt(object, 'spec', 'limits')
      .flatMap((limit) => nameAt(limit, 'type') ?? [])
      .join(', '),
  }),
  fields: [
    'spec.limits[*].type',
    'spec.limits[*].default',
    'spec.limits[*].defaultRequest',
    'spec.limits[*].max',
    'spec.limits[*].min',
    'spec.limits[*].maxLimitRequestRatio',
  ],
};
