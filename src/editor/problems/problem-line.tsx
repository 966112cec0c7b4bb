import { CircleAlert, Info, TriangleAlert } from 'lucide-react';
import type { Problem } from '../../design/problem.ts';
import { useText } from '../i18n.ts';
import { showInPane } from './go-to-problem.ts';
import { problemReason, problemWords } from './problem-text.ts';

const ICONS = { error: CircleAlert, warning: TriangleAlert, info: Info } as const;
export const TONES = { error: 'tone-bad', warning: 'tone-warn', info: 'tone-info' } as const;

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

/** The sentence of a problem, and beneath it the server's own words where the sentence is a translation. */
export function ProblemWordsView({ problem }: { readonly problem: Problem }) {
  const t = useText();
  const { sentence, server, hint } = problemWords(t, problem);
  return (
    <span className="problem-words" title={problemReason(t, problem)}>
      <span>{sentence}</span>
      {server !== undefined && (
        <span className="server-words" lang="en">
          {server}
        </span>
      )}
      {hint !== undefined && <span className="problem-hint">{hint}</span>}
    </span>
  );
}

/** One problem where its object or field is shown; a press opens the pane at it. */
export function ProblemLine({ problem }: { readonly problem: Problem }) {
  const t = useText();
  return (
    <button type="button" className="problem-line" title={t('problems:showInPane')} onClick={() => showInPane(problem)}>
      <SeverityIcon severity={problem.severity} />
      <ProblemWordsView problem={problem} />
    </button>
  );
}
