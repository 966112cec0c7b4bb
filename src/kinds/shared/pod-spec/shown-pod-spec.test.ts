import { expect, it } from 'vitest';
import { shownPodSpec, shownPodTemplate } from './shown-pod-spec.ts';

it('fields stand where the internal version keeps them, with what is not set', () => {
  const shown = shownPodSpec({
    hostNetwork: true,
    serviceAccount: 'old',
    containers: [
      { name: 'c', resources: { limits: { memory: '0.5Gi', cpu: '1000m' } }, startupProbe: { tcpSocket: {} } },
    ],
  });
  expect(Object.keys(shown).slice(0, 5)).toEqual([
    'Volumes',
    'InitContainers',
    'Containers',
    'EphemeralContainers',
    'RestartPolicy',
  ]);
  expect(shown).toMatchObject({
    Volumes: null,
    ServiceAccountName: 'old',
    SecurityContext: { HostNetwork: true, HostPID: false, RunAsUser: null },
    Containers: [
      {
        Name: 'c',
        Resources: { Limits: { cpu: '1', memory: '512Mi' }, Requests: null, Claims: null },
        StartupProbe: { TCPSocket: { Port: 0, Host: '' }, Exec: null, PeriodSeconds: 0 },
      },
    ],
  });
});

it('metadata of a template leave out what is empty', () => {
  const shown = shownPodTemplate({ metadata: { labels: { b: '2', a: '1' }, annotations: {} }, spec: {} });
  expect(JSON.stringify(shown)).toMatch(/^\{"labels":\{"a":"1","b":"2"\},"Spec":\{"Volumes":null,/);
});
