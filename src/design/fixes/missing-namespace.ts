import { validateDns1123Label } from '../../apimachinery/names.ts';
import type { Fixer } from './fix.ts';

/** A Namespace that objects live in and that no manifest declares. */
export const missingNamespace: Fixer = {
  problems: ['namespace.missing'],
  fixes({ params }, { registry }) {
    const name = String(params['namespace']);
    const namespace = registry.find({ group: '', kind: 'Namespace' });
    if (!namespace || validateDns1123Label(name).length > 0) return [];
    return [{ id: 'addNamespace', params: { name }, edits: [], adds: [namespace.newObject(name)] }];
  },
};
