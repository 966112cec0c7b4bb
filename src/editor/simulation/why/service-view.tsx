import { Send } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../../kit/button.tsx';
import { Choice } from '../../../kit/choice.tsx';
import type { ServiceFacts } from '../../../workspace/simulation/questions.ts';
import { useText } from '../../i18n.ts';
import { useAnswer } from '../use-answer.ts';
import { useSendRequest } from './use-send-request.ts';
import { WayList } from './way-list.tsx';

interface ServiceViewProps {
  /** `Service/shop/web`. */
  readonly object: string;
  readonly service: ServiceFacts;
}

/** Where a request to a Service would go, by which rules, and a button that sends one. */
export function ServiceView({ object, service }: ServiceViewProps) {
  const t = useText();
  const send = useSendRequest();
  const [asker, setAsker] = useState<string | undefined>();
  const [chosenPort, setPort] = useState<number | undefined>();
  const from = asker !== undefined && service.senders.includes(asker) ? asker : (service.senders[0] ?? 'outside');
  const port = chosenPort ?? service.ports[0] ?? 80;
  const ways = useAnswer('ways', { object, from, port });
  const sent = useAnswer('requests', {}) ?? [];
  const [, namespace = '', name = ''] = object.split('/');
  const dnsName = `${name}.${namespace}.svc.cluster.local`;
  // Only Pods ask the DNS of the cluster; a headless Service has nothing but its name.
  const hasAddress = service.clusterIp !== '' && service.clusterIp !== 'None';
  const host = from.startsWith('Pod/') || !hasAddress ? dnsName : service.clusterIp;
  const own = sent.filter(({ order }) => order.to === dnsName || order.to === service.clusterIp);
  return (
    <section className="why-service" aria-label={t('rehearsal:service')}>
      <h3>{t('rehearsal:service')}</h3>
      <div className="why-send">
        <Choice
          label={t('rehearsal:from')}
          options={service.senders.map((id) => ({ id, label: id === 'outside' ? t('rehearsal:outside') : id }))}
          value={from}
          onChange={setAsker}
        />
        <Choice
          label={t('rehearsal:port')}
          options={service.ports.map((id) => ({ id: String(id), label: String(id) }))}
          value={String(port)}
          onChange={(id) => setPort(Number(id))}
        />
        <Button small onPress={() => send({ from, to: host, port, protocol: 'tcp', path: '/', timeoutMs: TIMEOUT_MS })}>
          <Send size={14} aria-hidden /> {t('rehearsal:send')}
        </Button>
      </div>
      {own.length > 0 && (
        <ul className="why-requests" aria-label={t('rehearsal:requests')}>
          {own.map(({ order, count }, at) => (
            // oxlint-disable-next-line react/no-array-index-key -- the list only grows
            <li key={at}>
              <span className="mono">{order.from}</span> → <span className="mono">{`${order.to}:${order.port}`}</span>:{' '}
              <b>{resultOf(count) ?? t('rehearsal:onItsWay')}</b>
            </li>
          ))}
        </ul>
      )}
      {ways && (
        <>
          <table className="why-table">
            <thead>
              <tr>
                <th scope="col">{t('rehearsal:endpoint')}</th>
                <th scope="col">Pod</th>
                <th scope="col">Node</th>
                <th scope="col">{t('simulation:ready')}</th>
              </tr>
            </thead>
            <tbody>
              {ways.endpoints.map(({ address, pod, node, ready, terminating }) => (
                <tr key={address}>
                  <th scope="row" className="mono">
                    {address}
                  </th>
                  <td>{pod}</td>
                  <td>{node}</td>
                  <td>{terminating ? t('simulation:pod.terminating') : ready ? '✓' : '–'}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <WayList ways={ways} />
        </>
      )}
    </section>
  );
}

/** How long somebody who asks waits, in milliseconds of the run. */
const TIMEOUT_MS = 5000;

function resultOf(count: { readonly results: Readonly<Record<string, number>> } | undefined): string | undefined {
  const words = Object.keys(count?.results ?? {});
  return words.length === 0 ? undefined : words.join(', ');
}
