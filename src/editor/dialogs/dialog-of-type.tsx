import './dialogs.css';
import { DesignsDialog } from '../files/designs-dialog.tsx';
import { later } from '../later.tsx';
import type { PageDialog } from '../page-state.ts';
import { CommandPalette } from '../shell/command-palette.tsx';
import { AddDialog } from './add-dialog.tsx';
import { ConnectDialog } from './connect-dialog.tsx';
import { ConnectToDialog } from './connect-to-dialog.tsx';
import { ConvertDialog } from './convert-dialog.tsx';
import { CreateConnectedDialog } from './create-connected-dialog.tsx';
import { DeleteDialog } from './delete-dialog.tsx';
import { ExportDialog } from './export-dialog.tsx';
import { FilterDialog } from './filter-dialog.tsx';
import { FindDialog } from './find-dialog.tsx';
import { FixDialog } from './fix-dialog.tsx';
import { GhostDialog } from './ghost-dialog.tsx';
import { GroupDialog } from './group-dialog.tsx';
import { KeysDialog } from './keys-dialog.tsx';
import { MoveDialog } from './move-dialog.tsx';
import { RenameDialog } from './rename-dialog.tsx';

const ForeignDialog = later(() => import('../outside/foreign-dialog.tsx'));
const CompareDialog = later(() => import('../canvas/compare/compare-dialog.tsx'));
const ShareDialog = later(() => import('../outside/share-dialog.tsx'));
const SharedDialog = later(() => import('../outside/shared-dialog.tsx'));
const PictureDialog = later(() => import('../files/picture-dialog.tsx'));
const PutIntoDialog = later(() => import('./put-into-dialog.tsx'));
const ExperimentDialog = later(() => import('../experiment/experiment-dialog.tsx'));
const LessonsDialog = later(() => import('../classroom/lessons-dialog.tsx'));
const HandOutDialog = later(() => import('../classroom/handing-out/hand-out-dialog.tsx'));
const ExamDialog = later(() => import('../classroom/exam/exam-dialog.tsx'));
/** Brings 170 cards; who never opens them never waits for them. */
const GlossaryDialog = later(() => import('../classroom/glossary/glossary-dialog.tsx'));
const TemplatesDialog = later(() => import('../files/templates-dialog.tsx'));
/** Brings every lint; who never opens it never loads them. */
const LintsDialog = later(() => import('./lints-dialog.tsx'));

/** A dialog; those that many people never open are parts of their own. */
export default function DialogOfType({ dialog }: { readonly dialog: PageDialog }) {
  switch (dialog.type) {
    case 'add':
      return <AddDialog />;
    case 'delete':
      return <DeleteDialog records={dialog.records} />;
    case 'rename':
      return <RenameDialog id={dialog.record} />;
    case 'group':
      return <GroupDialog records={dialog.records} />;
    case 'move':
      return <MoveDialog records={dialog.records} />;
    case 'connect':
      return <ConnectDialog source={dialog.source} target={dialog.target} />;
    case 'createConnected':
      return <CreateConnectedDialog to={dialog.to} direction={dialog.direction} />;
    case 'filter':
      return <FilterDialog />;
    case 'find':
      return <FindDialog />;
    case 'connectTo':
      return <ConnectToDialog source={dialog.source} />;
    case 'ghost':
      return <GhostDialog identity={dialog.identity} />;
    case 'export':
      return <ExportDialog />;
    case 'fix':
      return <FixDialog problem={dialog.problem} />;
    case 'convert':
      return <ConvertDialog record={dialog.record} />;
    case 'putInto':
      return <PutIntoDialog {...dialog} />;
    case 'foreign':
      return <ForeignDialog files={dialog.files} found={dialog.found} />;
    case 'compare':
      return <CompareDialog pair={dialog.pair} />;
    case 'share':
      return <ShareDialog />;
    case 'shared':
      return <SharedDialog fragment={dialog.fragment} />;
    case 'experiment':
      return <ExperimentDialog />;
    case 'exam':
      return <ExamDialog />;
    case 'lessons':
      return <LessonsDialog />;
    case 'handOut':
      return <HandOutDialog />;
    case 'glossary':
      return <GlossaryDialog at={dialog.at} />;
    case 'lints':
      return <LintsDialog />;
    case 'commands':
      return <CommandPalette />;
    case 'picture':
      return <PictureDialog />;
    case 'templates':
      return <TemplatesDialog />;
    case 'designs':
      return <DesignsDialog />;
    case 'keys':
      return <KeysDialog />;
  }
}
