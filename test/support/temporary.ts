import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Gives all tests of a run one temporary folder, and deletes it when they have ended. */
export default function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'casefile-tests-'));
  process.env.TMPDIR = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}
