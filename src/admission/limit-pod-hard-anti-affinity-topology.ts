import { arrayAt, stringAt } from '../base/json.ts';
import { nameOf } from '../apimachinery/object.ts';
import type { AdmissionPlugin } from './admission-plugin.ts';
import { isFor } from './admission-request.ts';
import { forbidden } from './answer.ts';

/**
 * Nobody keeps others' Pods off whole zones: a required anti-affinity counts Nodes. Off by default.
 * Source: plugin/pkg/admission/antiaffinity/admission.go, 1.36.
 */
export const limitPodHardAntiAffinityTopology: AdmissionPlugin = {
  name: 'LimitPodHardAntiAffinityTopology',
  operations: ['CREATE', 'UPDATE'],
  validate(request) {
    const { object } = request;
    if (!isFor(request, 'pods') || object === undefined) return undefined;
    const terms = arrayAt(object, ...TERMS).map((term) => stringAt(term, 'topologyKey') ?? '');
    const index = terms.findIndex((key) => key !== HOSTNAME);
    if (index < 0) return undefined;
    const words = `affinity.PodAntiAffinity.RequiredDuringScheduling has TopologyKey ${terms[index]!} but only key ${HOSTNAME} is allowed`;
    const refusal = forbidden({ ...request, name: nameOf(object) }, words, { field: [...TERMS, index, 'topologyKey'] });
    // Unlike other plugins it knows no name but that of the object.
    return nameOf(object) === '' ? { ...refusal, message: `pods is forbidden: ${words}` } : refusal;
  },
};

const HOSTNAME = 'kubernetes.io/hostname';
const TERMS = ['spec', 'affinity', 'podAntiAffinity', 'requiredDuringSchedulingIgnoredDuringExecution'];
