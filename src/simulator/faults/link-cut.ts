import type { FaultDefinition } from './fault.ts';

/** The way between two components, or between a component and a machine, is cut; both run on, and reach everybody else. */
export const linkCut: FaultDefinition = {
  name: 'link-cut',
  target: 'component',
  parameters: [{ name: 'to', default: 'kube-apiserver-0' }],
  effects: (target, { to }) => (target === '' || to === undefined ? [] : [{ type: 'cut', a: target, b: to }]),
};
