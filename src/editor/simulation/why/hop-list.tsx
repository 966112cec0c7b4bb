import type { ServiceWays } from '../../../workspace/simulation/why/service-ways.ts';
import { useText } from '../../i18n.ts';
import type { Text } from '../../i18n.ts';
import './hop-list.css';

type WireStep = NonNullable<ServiceWays['to']>['paths'][number]['hops'][number]['wire'][number];
type Layer = WireStep['layers'][number];

/** The way of a packet device by device: where it is, why it goes on, and its headers there. */
export function HopList({ steps }: { readonly steps: readonly WireStep[] }) {
  const t = useText();
  return (
    <div className="hop-frame">
      <table className="hop-list">
        <thead>
          <tr>
            <th scope="col">{t('rehearsal:hops.where')}</th>
            <th scope="col">{t('rehearsal:hops.headers')}</th>
          </tr>
        </thead>
        <tbody>
          {steps.map((step, at) => (
            // oxlint-disable-next-line react/no-array-index-key -- the places are in the order of the way
            <tr key={at} className={step.machine === steps[at - 1]?.machine ? undefined : 'hop-machine'}>
              <th scope="row">
                <Where t={t} step={step} hasNewMachine={at === 0 || step.machine !== steps[at - 1]?.machine} />
              </th>
              <td>
                <Headers t={t} layers={step.layers} />
                {[step.dnat && `DNAT ${step.dnat}`, step.snat && `SNAT ${step.snat}`].map(
                  (change) =>
                    change !== undefined && (
                      <div key={change} className="hop-change mono">
                        {change}
                      </div>
                    ),
                )}
                {step.route !== undefined && <div className="hop-route mono">{step.route}</div>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface WhereProps {
  readonly t: Text;
  readonly step: WireStep;
  readonly hasNewMachine: boolean;
}

function Where({ t, step: { machine, place, device, mtu }, hasNewMachine }: WhereProps) {
  return (
    <>
      {hasNewMachine && <b className="hop-node">{machine ?? t('rehearsal:hops.between')}</b>}
      <span className="hop-place">
        {t(`rehearsal:hops.place.${place}`)} {device !== undefined && <code>{device}</code>}
      </span>
      {mtu !== undefined && <small>MTU {mtu}</small>}
    </>
  );
}

/** The headers as they stand one within the other; those of a packet in a packet are set in. */
function Headers({ t, layers }: { readonly t: Text; readonly layers: readonly Layer[] }) {
  const wrapped = layers.findIndex(({ type }) => type === 'vxlan');
  return (
    <dl className="hop-headers">
      {layers.map((layer, at) => (
        // oxlint-disable-next-line react/no-array-index-key -- the headers are in their order
        <div key={at} className={wrapped >= 0 && at > wrapped ? 'hop-inner' : undefined}>
          <dt>{NAMES[layer.type]}</dt>
          <dd className="mono">
            {layerWords(t, layer).map((words) => (
              <span key={words}>{words} </span>
            ))}
          </dd>
        </div>
      ))}
    </dl>
  );
}

const NAMES: Readonly<Record<Layer['type'], string>> = {
  ethernet: 'Ethernet',
  ip: 'IP',
  tcp: 'TCP',
  udp: 'UDP',
  sctp: 'SCTP',
  vxlan: 'VXLAN',
};

/** What stays on one line where there is little room. */
function layerWords(t: Text, layer: Layer): readonly string[] {
  if (layer.type === 'vxlan') return [`VNI ${layer.vni}`];
  if ('from' in layer) return [layer.from, `→ ${layer.to}`];
  return [t('rehearsal:hops.port', { port: layer.to })];
}
