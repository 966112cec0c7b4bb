/** What a widget that holds one text needs, as the plain input has it. */
export interface TextControlProps {
  readonly label: string;
  readonly labelHidden: boolean;
  readonly hint: string;
  readonly value: string;
  readonly placeholder: string;
  readonly autoFocus: boolean;
  readonly invalidBy: string | undefined;
  readonly onCommit: (text: string) => string | undefined;
}
