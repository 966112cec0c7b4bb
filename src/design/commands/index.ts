import { addConnected } from './add-connected.ts';
import { addObjects } from './add-objects.ts';
import { addRecord } from './add-record.ts';
import { applyFix } from './apply-fix.ts';
import { applyFixes } from './apply-fixes.ts';
import { connectRecords } from './connect-records.ts';
import { createMissing } from './create-missing.ts';
import { deleteRecords } from './delete-records.ts';
import { disconnectReference } from './disconnect-reference.ts';
import { disconnectReferences } from './disconnect-references.ts';
import { duplicateRecords } from './duplicate-records.ts';
import { editField } from './edit-field.ts';
import { editFile } from './edit-file.ts';
import { editRecords } from './edit-records.ts';
import { editText } from './edit-text.ts';
import { groupRecords } from './group-records.ts';
import { insertManifest } from './insert-manifest.ts';
import { eraseDrawn } from './erase-drawn.ts';
import { movePlacements } from './move-placements.ts';
import { moveToNamespace } from './move-to-namespace.ts';
import { pasteManifest } from './paste-manifest.ts';
import { pointElsewhere } from './point-elsewhere.ts';
import { putInto } from './put-into.ts';
import { renameRecord } from './rename-record.ts';
import { tidyLayout } from './tidy-layout.ts';

/** Every command, by the name code calls it; ids are unique, and a test holds that. */
export const COMMANDS = {
  addConnected,
  addObjects,
  addRecord,
  applyFix,
  applyFixes,
  connectRecords,
  createMissing,
  deleteRecords,
  disconnectReference,
  disconnectReferences,
  duplicateRecords,
  editField,
  editFile,
  editRecords,
  editText,
  groupRecords,
  insertManifest,
  eraseDrawn,
  movePlacements,
  moveToNamespace,
  pasteManifest,
  pointElsewhere,
  putInto,
  renameRecord,
  tidyLayout,
};
