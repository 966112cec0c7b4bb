import type { FaultDefinition } from './fault.ts';

/** The registry cannot be reached, does not know an image, or is slow: for images that fit, on one Node or on all. */
export const imagePullError: FaultDefinition = {
  name: 'image-pull-error',
  target: 'cluster',
  parameters: [
    { name: 'mode', values: ['down', 'unknown', 'slow'], default: 'down' },
    { name: 'image', default: '*' },
    { name: 'node', default: '' },
  ],
  effects: (_target, { mode, image, node }, running) =>
    running
      .filter((id) => (node === '' ? id.startsWith('containerd/') : id === `containerd/${node ?? ''}`))
      .map((component) => ({
        type: 'do',
        component,
        now: { method: 'RegistryTrouble', parameters: { image, mode } },
        after: { method: 'RegistryWell', parameters: { image } },
      })),
};
