import { CircleAlert, Info, TriangleAlert } from 'lucide-react';
import type { Problem } from '../design/problem.ts';
import { useText } from './i18n.ts';
import { problemText } from './problem-text.ts';

const ICONS = { error: CircleAlert, warning: TriangleAlert, info: Info } as const;
const TONES = { error: 'tone-bad', warning: 'tone-warn', info: 'quiet' } as const;

/** How bad, as an icon with a name: never by colour alone. */
export function SeverityIcon({ severity }: { readonly severity: Problem['severity'] }) {
  const t = useText();
  const Icon = ICONS[severity];
  return (
    <span className={`severity ${TONES[severity]}`}>
      <Icon size={14} aria-hidden />
      <span className="visually-hidden">{t(`problems:severity.${severity}`)}</span>
    </span>
  );
}

export function ProblemLine({ problem }: { readonly problem: Problem }) {
  const t = useText();
  return (
    <p className="problem-line">
      <SeverityIcon severity={problem.severity} />
      <span>{problemText(t, problem)}</span>
    </p>
  );
}
