import { useState } from 'react';
import type { ServiceWays } from '../../../workspace/simulation/why/service-ways.ts';
import { useText } from '../../i18n.ts';
import type { Text } from '../../i18n.ts';
import { HopList } from './hop-list.tsx';

type WhereTo = NonNullable<ServiceWays['to']>;
type Path = WhereTo['paths'][number];

/** Each way that the kernel may choose, with its chance; and the rules that say so. */
export function WayList({ ways }: { readonly ways: ServiceWays }) {
  const t = useText();
  const { to, rules, behind } = ways;
  if (to === undefined) return <p className="tone-bad">{t('rehearsal:noSender')}</p>;
  return (
    <>
      {to.questions.map(({ name, type, answer }) => (
        <p key={`${type} ${name}`} className="quiet">
          DNS {type}: <span className="mono">{name}</span> → {answer.addresses.join(', ') || answer.code}
        </p>
      ))}
      {behind !== undefined && <p className="tone-bad">{t('rehearsal:rulesBehind', { node: behind })}</p>}
      {to.paths.length === 0 ? (
        <p className="tone-bad">{t('rehearsal:noWay')}</p>
      ) : (
        <ol className="why-ways">
          {to.paths.map((path, at) => (
            // oxlint-disable-next-line react/no-array-index-key -- the ways are in the order of the rules
            <li key={at}>
              <b className="why-chance">{path.of === 1 ? '1' : `1/${path.of}`}</b>
              <span className="mono">{path.hops.at(-1)?.to ?? ''}</span>
              <span>{endOf(t, path)}</span>
              {path.hops
                .flatMap(({ allowedBy }) => allowedBy)
                .map((rule) => (
                  <span key={rule} className="quiet">
                    {t('rehearsal:allowedBy', { rule })}
                  </span>
                ))}
              <HopsOf steps={path.hops.flatMap(({ wire }) => wire)} />
            </li>
          ))}
        </ol>
      )}
      {rules.length > 0 && (
        <details>
          <summary>{t('rehearsal:rules', { count: rules.length })}</summary>
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls is reached by keys */}
          <pre className="sim-body" tabIndex={0}>
            {rules.join('\n')}
          </pre>
        </details>
      )}
    </>
  );
}

/** A table for each way would be much where there are many: that of one is there when somebody opens it. */
function HopsOf({ steps }: { readonly steps: Path['hops'][number]['wire'] }) {
  const t = useText();
  const [isOpen, setOpen] = useState(false);
  return (
    <details className="why-hops" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('rehearsal:hops.title')}</summary>
      {isOpen && <HopList steps={steps} />}
    </details>
  );
}

function endOf(t: Text, { end }: Path): string {
  if (end.type === 'answered') return t('rehearsal:end.answered', { by: end.by, code: end.code });
  if (end.type === 'timeout' && end.stop !== undefined) {
    const policies = end.stop.policies.map(({ policy }) => `NetworkPolicy ${policy}`).join(', ');
    return t(`rehearsal:end.stopped.${end.stop.direction}`, { policies });
  }
  return t(`rehearsal:end.${end.type}`);
}
