import { useStore } from 'zustand';
import { arrayAt, isJsonObject, nameAt, numberAt, objectAt, valueAt } from '../../../../base/json.ts';
import type { JsonObject, JsonValue, Path } from '../../../../base/json.ts';
import { Segmented } from '../../../../kit/segmented.tsx';
import { useText } from '../../../i18n.ts';
import { settings } from '../../../settings.ts';
import { containerAround } from '../../answers/port-answers.ts';
import { RestOfFields } from '../rest-of-fields.tsx';
import { useForm } from '../form-context.ts';
import { ScalarField } from '../scalar-field.tsx';
import { durationWords } from './schedule-words.ts';

/** Ways of asking. Source: core/v1 ProbeHandler, 1.36. */
const WAYS = ['httpGet', 'tcpSocket', 'exec', 'grpc'] as const;
type Way = (typeof WAYS)[number];
/** Timings with what the API server fills in. Source: pkg/apis/core/v1/defaults.go `SetDefaults_Probe`, 1.36. */
const TIMINGS = {
  initialDelaySeconds: 0,
  periodSeconds: 10,
  timeoutSeconds: 1,
  successThreshold: 1,
  failureThreshold: 3,
} as const;
const MEANINGS = ['readinessProbe', 'livenessProbe', 'startupProbe'] as const;

/** How a container is asked whether it is well: the way, where, how often, and what follows. */
export function Probe({ path }: { readonly path: Path }) {
  const { object, guide, edit } = useForm();
  const t = useText();
  const value = objectAt(object, ...path) ?? {};
  const way = WAYS.find((one) => isJsonObject(value[one]));
  const choose = (next: Way) => {
    const container = containerAround({ object, path: [...path, 'port'], schemaAt: guide.schemaAt });
    edit([
      ...WAYS.filter((one) => value[one] !== undefined && one !== next).map(
        (one) => ({ op: 'delete', path: [...path, one] }) as const,
      ),
      { op: 'set', path: [...path, next], value: begin(next, value, container) },
    ]);
  };
  return (
    <div className="probe">
      <Segmented
        label={t('fields:probe.way')}
        value={way ?? ''}
        options={WAYS.map((id) => ({ id, label: t(`fields:probe.${id}`) }))}
        onChange={(id) => id !== '' && choose(id)}
      />
      {way !== undefined && <RestOfFields path={[...path, way]} />}
      <div className="probe-timings">
        {Object.keys(TIMINGS).map((name) => (
          <ScalarField key={name} path={[...path, name]} />
        ))}
      </div>
      <ProbeWords path={path} value={value} />
      <RestOfFields path={path} omit={[...WAYS, ...Object.keys(TIMINGS)]} />
    </div>
  );
}

function ProbeWords({ path, value }: { readonly path: Path; readonly value: JsonObject }) {
  const t = useText();
  const language = useStore(settings, (state) => state.language);
  const of = (name: keyof typeof TIMINGS) => numberAt(value, name) ?? TIMINGS[name];
  const seconds = (count: number) => durationWords(count, language);
  const [period, failures] = [
    of('periodSeconds') || TIMINGS.periodSeconds,
    of('failureThreshold') || TIMINGS.failureThreshold,
  ];
  const meaning = MEANINGS.find((name) => name === path.at(-1));
  return (
    <p className="widget-words">
      {t('fields:probe.timing', {
        delay: seconds(of('initialDelaySeconds')),
        period: seconds(period),
        timeout: seconds(of('timeoutSeconds') || TIMINGS.timeoutSeconds),
      })}{' '}
      {meaning && t(`fields:probe.${meaning}`, { count: failures, within: seconds(period * failures) })}
    </p>
  );
}

/** What a way of asking begins as: at the port that was asked before, or at the first of the container. */
function begin(way: Way, before: JsonObject, container: JsonValue | undefined): JsonObject {
  const ports = arrayAt(container, 'ports');
  const named = nameAt(ports[0], 'name');
  const numbered = numberAt(ports[0], 'containerPort') ?? 8080;
  const asked = ['httpGet', 'tcpSocket', 'grpc']
    .map((one) => valueAt(before, one, 'port'))
    .find((port) => port !== undefined);
  const port = asked ?? named ?? numbered;
  switch (way) {
    case 'httpGet':
      return { path: '/', port };
    case 'tcpSocket':
      return { port };
    case 'grpc': {
      const known = ports.find((one) => nameAt(one, 'name') === port);
      return { port: typeof port === 'number' ? port : (numberAt(known, 'containerPort') ?? numbered) };
    }
    case 'exec':
      return { command: ['cat', '/tmp/healthy'] };
  }
}
