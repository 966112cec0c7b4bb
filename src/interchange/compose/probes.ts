import type { JsonObject, JsonValue } from '../../base/json.ts';
import { asArray, isJsonObject } from '../../base/json.ts';
import { booleanOf, numberOf, secondsOf, textOf, wordsOf } from './compose-values.ts';
import { compact } from './parts.ts';
import type { ServiceParts } from './parts.ts';

/**
 * A health check tells both whether a container is to be restarted and whether others may rely on it: a liveness and a
 * readiness probe. kompose's labels say more of either.
 */
export function probesOf({ service, wishes }: ServiceParts): JsonObject {
  const check = service.spec['healthcheck'];
  const written = isJsonObject(check) ? check : {};
  if (booleanOf(written['disable']) === true) return {};
  const times = {
    failureThreshold: numberOf(written['retries']),
    initialDelaySeconds: secondsOf(written['start_period']),
    periodSeconds: secondsOf(written['interval']),
    timeoutSeconds: secondsOf(written['timeout']),
  };
  const test = testOf(written['test']);
  const own = (of: 'liveness' | 'readiness'): JsonObject | undefined => {
    const label = (key: string): string | undefined => wishes.get(`kompose.service.healthcheck.${of}.${key}`);
    const action = actionOf(label) ?? (of === 'liveness' || label('test') === undefined ? test : undefined);
    const command = label('test');
    const probe = command === undefined ? action : { exec: { command: ['/bin/sh', '-c', command] } };
    if (!probe) return undefined;
    return compact({
      ...probe,
      failureThreshold: numberOf(label('retries')) ?? times.failureThreshold,
      initialDelaySeconds: secondsOf(label('start_period')) ?? times.initialDelaySeconds,
      periodSeconds: secondsOf(label('interval')) ?? times.periodSeconds,
      timeoutSeconds: secondsOf(label('timeout')) ?? times.timeoutSeconds,
    });
  };
  return compact({ livenessProbe: own('liveness'), readinessProbe: own('readiness') });
}

function actionOf(label: (key: string) => string | undefined): JsonObject | undefined {
  const [path, httpPort, tcpPort] = [label('http_get_path'), label('http_get_port'), label('tcp_port')];
  if (httpPort !== undefined)
    return { httpGet: { ...(path === undefined ? {} : { path }), port: numberOf(httpPort) ?? httpPort } };
  return tcpPort === undefined ? undefined : { tcpSocket: { port: numberOf(tcpPort) ?? tcpPort } };
}

function testOf(test: JsonValue | undefined): JsonObject | undefined {
  if (typeof test === 'string') return test === '' ? undefined : { exec: { command: ['/bin/sh', '-c', test] } };
  const [form, ...rest] = asArray(test).map(textOf);
  if (form === 'CMD-SHELL') return { exec: { command: ['/bin/sh', '-c', rest.join(' ')] } };
  if (form === 'CMD' && rest.length > 0) return { exec: { command: rest } };
  return form === undefined || form === 'NONE' || form === 'CMD'
    ? undefined
    : { exec: { command: wordsOf([form, ...rest]) } };
}
