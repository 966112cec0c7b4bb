import { Trash2 } from 'lucide-react';
import { valueAt } from '../../../base/json.ts';
import type { JsonValue } from '../../../base/json.ts';
import { parseFieldPath } from '../../../apimachinery/field-path.ts';
import { IconButton } from '../../../kit/button.tsx';
import { CommitInput } from '../../../kit/commit-input.tsx';
import { sentence, useText } from '../../i18n.ts';
import { setField } from './author-lesson.ts';
import { allProblems, isGap, useAuthoring } from './author-state.ts';
import type { AuthorProblem } from './author-state.ts';

/** What stands at a field of the draft. */
export function useDraftValue(field: string): JsonValue | undefined {
  return useAuthoring((open) => open && valueAt(open.draft, ...parseFieldPath(field)));
}

export function useDraftText(field: string): string {
  const value = useDraftValue(field);
  return typeof value === 'string' ? value : value === undefined ? '' : String(value);
}

/** What is wrong at a field; `below`: and at whatever is in it. */
export function FieldProblems({ field, below = false }: { readonly field: string; readonly below?: boolean }) {
  const open = useAuthoring((state) => state);
  const here = (open === undefined ? [] : allProblems(open)).filter(
    (problem) =>
      problem.field === field ||
      (below && (problem.field.startsWith(`${field}.`) || problem.field.startsWith(`${field}[`))),
  );
  return here.map((problem) => (
    <p key={`${problem.field} ${problem.id}`} className={isGap(problem) ? 'author-gap' : 'field-error'}>
      <ProblemText problem={problem} />
    </p>
  ));
}

export function ProblemText({ problem }: { readonly problem: AuthorProblem }) {
  const t = useText();
  const area = problem.id.startsWith('script.') ? 'experiment' : 'authoring';
  return sentence(t, area, problem.id, problem.params);
}

interface TextFieldProps {
  readonly field: string;
  readonly label: string;
  readonly mono?: boolean;
  readonly multiline?: boolean;
  /** An empty field is left out of the file. */
  readonly optional?: boolean;
}

export function TextField({ field, label, mono, multiline, optional }: TextFieldProps) {
  const value = useDraftText(field);
  return (
    <div>
      <CommitInput
        label={label}
        value={value}
        {...(mono !== undefined && { mono })}
        {...(multiline !== undefined && { multiline })}
        onCommit={(text) => {
          setField(field, text === '' && optional === true ? undefined : text);
          return undefined;
        }}
      />
      <FieldProblems field={field} />
    </div>
  );
}

export function NumberField({ field, label }: { readonly field: string; readonly label: string }) {
  const value = useDraftText(field);
  const t = useText();
  return (
    <div>
      <CommitInput
        label={label}
        value={value}
        inputMode="numeric"
        onCommit={(text) => {
          if (!/^\d+$/.test(text)) return t('authoring:wholeNumber');
          setField(field, Number(text));
          return undefined;
        }}
      />
      <FieldProblems field={field} />
    </div>
  );
}

interface RemoveProps {
  /** What goes. */
  readonly name: string;
  readonly disabled?: boolean;
  readonly onPress: () => void;
}

export function RemoveButton({ name, disabled, onPress }: RemoveProps) {
  const t = useText();
  return (
    <IconButton
      small
      label={t('authoring:remove', { name })}
      icon={<Trash2 size={14} />}
      {...(disabled !== undefined && { disabled })}
      onPress={onPress}
    />
  );
}

/** A sentence in both languages; one of them may be left empty. */
export function SaidFields({ field, label, multiline = false }: Omit<TextFieldProps, 'mono'>) {
  const t = useText();
  return (
    <fieldset className="author-said">
      <legend className="field-label">{label}</legend>
      <TextField field={`${field}.en`} label={t('authoring:inEnglish')} multiline={multiline} />
      <TextField field={`${field}.zh`} label={t('authoring:inChinese')} multiline={multiline} />
      <FieldProblems field={field} />
    </fieldset>
  );
}
